import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectOpenToAll, still } from './access.ts'
import { apiOf } from './api.ts'
import { openBrowser, openWindow, picture, signIn } from './browser.ts'
import { type Account, type Product, startProduct } from './product.ts'
import { word } from './words/index.ts'
import { serverLocale } from './words/language.ts'

let product: Product
let browser: Browser
const admin: Account = { email: 'first@example.com', password: 'four random words here' }
const legal: Account = { email: 'legal@example.com', password: 'five other random words' }

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(serverLocale, false), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const path = (page: Page) => new URL(page.url()).pathname
const tour = (page: Page) => page.getByTestId('tour')
const asked = (page: Page, task: string) => page.locator(`[data-testid="tour"][data-task="${task}"]`).waitFor()

/** The card must never lie over the steps that are worked on. */
async function expectClear(page: Page, id: string): Promise<void> {
  await page.waitForTimeout(100)
  const [card, step] = await Promise.all([tour(page).boundingBox(), page.locator(`[data-step-id="${id}"]`).boundingBox()])
  if (card === null || step === null) throw new Error('The card or the step is not on the screen')
  const apart =
    card.x >= step.x + step.width || step.x >= card.x + card.width || card.y >= step.y + step.height || step.y >= card.y + card.height
  expect(apart).toBe(true)
}

test('the first admin answers three questions, sees a flow run on sample data, and does the five tasks of the tour on it', async () => {
  const { page, complaints } = await openWindow(browser)
  await page.goto(product.url)
  await page.getByLabel('Your name').waitFor()
  await expectOpenToAll(page, 'e2e-setup')
  await page.getByLabel('Your name').fill('Chen Ying')
  await page.locator('input[type="email"]').fill(admin.email)
  await page.locator('input[type="password"]').fill(admin.password)
  await page.keyboard.press('Enter')
  await page.waitForURL(`${product.url}/welcome`)
  const result = page.locator('[data-template]')
  await expect.poll(() => result.getAttribute('data-template')).toBe('consent-withdrawn')
  await expectOpenToAll(page, 'e2e-welcome')
  await page.getByLabel('I lead a sales team').check()
  await expect.poll(() => result.getAttribute('data-template')).toBe('price-too-high')
  await page.getByLabel('Nobody follows up after a test drive').check()
  await expect.poll(() => result.getAttribute('data-template')).toBe('test-drive-followup')
  await result.getByText('Test drive follow-up').waitFor()
  await picture(page, 'e2e-welcome-en')
  await page.getByRole('button', { name: 'Show me this flow' }).click()

  await page.getByTestId('simulate-state').waitFor()
  expect(path(page)).toBe('/flows/test-drive-followup')
  await page.locator('[data-step-id="later"]').waitFor()
  await page.getByTestId('tour-offer').waitFor()
  await picture(page, 'e2e-tour-offer')
  await page.getByTestId('tour-offer').getByRole('button', { name: 'Start' }).click()
  await asked(page, 'text')
  await picture(page, 'e2e-tour-text')

  // A flow of seven columns opens where it begins, near enough to be read.
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('1')
  await page.locator('[data-step-id="quiet"]').click()
  await expectClear(page, 'quiet')
  await page.keyboard.press('F2')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('Nobody answered')
  await page.keyboard.press('Enter')
  await asked(page, 'step')
  await page.reload()
  await asked(page, 'step')
  await page.getByRole('status').first().waitFor({ state: 'attached' })

  await tour(page).getByRole('button', { name: 'Show me' }).click()
  await page.getByTestId('quick-add').waitFor()
  await page.getByTestId('quick-add').locator('[data-node-type="core.stop"]').click()
  await asked(page, 'test')
  await tour(page).getByRole('button', { name: 'Show me' }).click()
  await page.getByTestId('simulate').getByRole('button', { name: 'Play' }).click()
  await asked(page, 'data')
  await page.getByTestId('simulate-state').waitFor()
  await picture(page, 'e2e-tour-data')
  await tour(page).getByRole('button', { name: 'Show me' }).click()
  await asked(page, 'publish')
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByTestId('published').waitFor()
  // Enter goes on to a test event.
  await dialog.getByRole('button', { name: 'Send a test event' }).and(page.locator(':focus')).waitFor()
  await dialog.getByRole('button', { name: 'Close' }).first().click()
  await asked(page, 'none')
  await expect.poll(() => tour(page).locator('li[data-state="done"]').count()).toBe(5)
  await picture(page, 'e2e-tour-over')
  await tour(page).getByRole('button', { name: 'Close' }).click()
  await tour(page).waitFor({ state: 'detached' })

  // Never asked twice, and the tour comes back only when it is called.
  await page.goto(product.url)
  await page.waitForURL(`${product.url}/flows`)
  await page.getByRole('banner').waitFor()
  await page.keyboard.press('Control+K')
  await page.getByRole('dialog').locator('input:focus').waitFor()
  await page.keyboard.type(word('Start the tour of the canvas'))
  await page.keyboard.press('Enter')
  await asked(page, 'text')
  await tour(page).getByRole('button', { name: 'Skip this one' }).click()
  await asked(page, 'step')
  await tour(page).getByRole('button', { name: 'End the tour' }).click()
  await tour(page).waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
  await page.context().close()
})

test('the analyst of the demo, whom the README signs in, is asked too: their flow runs on sample data, and playing it again is its test', async () => {
  const demo = await startProduct()
  const { page, complaints } = await openWindow(browser)
  await signIn(page, demo, demo.account('analyst'))
  await page.getByLabel('I lead a sales team').check()
  await expect.poll(() => page.locator('[data-template]').getAttribute('data-template')).toBe('price-too-high')
  await page.getByRole('button', { name: 'Show me this flow' }).click()
  await page.getByTestId('tour-offer').getByRole('button', { name: 'Start' }).click()
  await asked(page, 'text')
  await tour(page).getByRole('button', { name: 'Show me' }).click()
  await page.locator('[data-step-id] input:focus').waitFor()
  await page.keyboard.type('Too expensive')
  await page.keyboard.press('Enter')
  await asked(page, 'step')
  await tour(page).getByRole('button', { name: 'Show me' }).click()
  await page.getByTestId('quick-add').locator('[data-node-type="notify.rep"]').click()
  await asked(page, 'test')
  // It plays since it was opened, and waits for people now; the new step is set up beside it, with its text to write.
  const text = page.getByTestId('inspector').getByRole('textbox', { name: /^Text/ })
  await text.waitFor()
  await page.getByRole('button', { name: '1 problem' }).waitFor()
  await tour(page).getByRole('button', { name: 'Show me' }).click()
  await text.and(page.locator(':focus')).waitFor()
  await page.keyboard.type('Call them back')
  await page.getByRole('button', { name: 'No problems' }).waitFor()
  await page.getByRole('button', { name: 'Simulate' }).click()
  await page.locator('[data-testid="simulate-state"][data-run-state="waiting"]').waitFor()
  await tour(page).getByRole('button', { name: 'Show me' }).click()
  await page.locator('[data-plays] button:focus').waitFor()
  await page.keyboard.press('Enter')
  await asked(page, 'data')
  expect(complaints).toEqual([])
  await page.context().close()
  await demo.stop()
})

test('an invited person without flows is asked for the language alone, in their own, and goes where they wanted to', async () => {
  const { page, complaints } = await openWindow(browser)
  await signIn(page, product, admin)
  await apiOf(page, product).post('/users', { ...legal, name: '孙钰', roles: ['legal'], language: 'zh-CN' })
  await page.context().close()

  const phone = await openWindow(browser, { viewport: { width: 390, height: 844 } })
  await phone.page.goto(`${product.url}/customers`)
  await phone.page.waitForURL(/sign-in/)
  await phone.page.locator('input[type="email"]').fill(legal.email)
  await phone.page.locator('input[type="password"]').fill(legal.password)
  await phone.page.keyboard.press('Enter')
  await phone.page.waitForURL(/\/welcome/)
  await phone.page.getByRole('button', { name: '开始工作' }).waitFor()
  await expect.poll(() => phone.page.locator('input[type="radio"], [data-template]').count()).toBe(0)
  await picture(phone.page, 'e2e-welcome-phone-zh')
  await phone.page.getByRole('button', { name: '开始工作' }).click()
  await phone.page.waitForURL(`${product.url}/customers`)
  await phone.page.goto(product.url)
  await phone.page.waitForURL(`${product.url}/tasks`)
  expect([...complaints, ...phone.complaints]).toEqual([])
  await phone.page.context().close()
})

test('whoever skips the questions lands on the flows, is offered no tour, and is asked on no other device', async () => {
  const analyst: Account = { email: 'analyst@example.com', password: 'some more random words' }
  const first = await openWindow(browser)
  await signIn(first.page, product, admin)
  await apiOf(first.page, product).post('/users', { ...analyst, name: '安娜', roles: ['analyst'], language: 'zh-CN' })
  await first.page.context().close()

  const { page, complaints } = await openWindow(browser, { colorScheme: 'dark' })
  await signIn(page, product, analyst)
  await page.waitForURL(`${product.url}/welcome`)
  await page.getByLabel('负责销售流程与运营').waitFor()
  await expect.poll(() => page.getByLabel('负责销售流程与运营').isChecked()).toBe(true)
  await page.locator('[data-template="test-drive-followup"]').getByText('试驾跟进').waitFor()
  await picture(page, 'e2e-welcome-dark-zh')
  await page.getByRole('button', { name: '跳过' }).click()
  await page.waitForURL(`${product.url}/flows`)
  await page.goto(`${product.url}/flows/test-drive-followup`)
  await page.locator('[data-step-id="later"]').waitFor()
  await page.waitForTimeout(2_500)
  await expect.poll(() => page.locator('[data-testid="tour"], [data-testid="tour-offer"]').count()).toBe(0)
  await page.context().close()

  const other = await openWindow(browser)
  await signIn(other.page, product, analyst)
  await other.page.waitForURL(`${product.url}/flows`)
  expect([...complaints, ...first.complaints, ...other.complaints]).toEqual([])
  await other.page.context().close()
})

test('a hint comes once, after 8 seconds without an act on an empty canvas', async () => {
  const { page, complaints } = await openWindow(browser)
  await signIn(page, product, admin)
  const flow = { format: 'sluice/flow@1', key: 'empty-one', name: 'Empty', nodes: [], edges: [] }
  await apiOf(page, product).save(flow)
  const hint = page.getByTestId('hint')
  /** The page lives through so many seconds without anybody waiting for it; what one of them begins is there for the next. */
  const pass = async (seconds: number) => {
    await page.getByTestId('canvas').waitFor()
    for (let second = 0; second < seconds; second++) {
      await still(page)
      await page.clock.runFor(1_000)
    }
  }
  await page.clock.install()
  await page.goto(`${product.url}/flows/empty-one`)
  await pass(8)
  await hint.waitFor()
  await hint.getByRole('button', { name: 'See the templates' }).waitFor()
  await picture(page, 'e2e-hint')
  await hint.getByRole('button', { name: 'Close the hint' }).click()
  await hint.waitFor({ state: 'detached' })
  await page.reload()
  await pass(11)
  await still(page)
  await expect.poll(() => hint.count()).toBe(0)
  expect(complaints).toEqual([])
  await page.context().close()
})
