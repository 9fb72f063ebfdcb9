import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'
import { inBoth, said, word } from './words/index.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

async function as(name: string): Promise<Page> {
  const { page } = await openWindow(browser)
  await enter(page, product, product.account(name))
  return page
}

async function firstRun(page: Page, state: string): Promise<string> {
  const { items } = await apiOf(page, product).get<{ items: { id: string }[] }>(`/runs?state=${state}&limit=1`)
  return items[0]?.id ?? ''
}

test('the runs list says what a run waits for; cancelling asks first and only then stops it', async () => {
  const page = await as('operator')
  await page.goto(`${product.url}/runs?state=waiting`)
  await page
    .getByText(/Waits for a person/)
    .first()
    .waitFor()
  await page
    .getByText(/Waits for a time/)
    .first()
    .waitFor()
  const id = await firstRun(page, 'waiting')
  const state = async () => (await apiOf(page, product).get<{ state: string }>(`/runs/${id}`)).state
  const menu = page.getByRole('button', { name: new RegExp(`· ${id.slice(-6)}`) })
  await menu.click()
  await page.getByRole('menuitem', { name: 'Cancel run' }).click()
  const question = page.getByRole('alertdialog', { name: 'Cancel this run?' })
  await question.getByRole('button', { name: 'Keep it running' }).click()
  await expect.poll(() => state()).toBe('waiting')
  await menu.click()
  await page.getByRole('menuitem', { name: 'Cancel run' }).click()
  await question.getByRole('button', { name: 'Cancel run' }).click()
  await page.getByText('Run cancelled.').waitFor()
  await expect.poll(() => state()).toBe('cancelled')
})

test('an incident says why in the list, and a retry writes the next try into the same run', async () => {
  const page = await as('operator')
  await page.goto(`${product.url}/runs?state=incident`)
  await page
    .getByText(/is empty/)
    .first()
    .waitFor()
  const id = await firstRun(page, 'incident')
  const entries = async () => (await apiOf(page, product).get<{ entries: number }>(`/runs/${id}`)).entries
  const before = await entries()
  await page.getByRole('button', { name: new RegExp(`· ${id.slice(-6)}`) }).click()
  await page.getByRole('menuitem', { name: 'Retry failed step' }).click()
  await page.getByText('The failed step is tried again.').waitFor()
  await expect.poll(entries).toBeGreaterThan(before)
  await picture(page, 'runs-after-retry')

  // What has failed for good has ended: nothing is offered that the server would refuse.
  await page.goto(`${product.url}/runs?state=failed`)
  await page
    .getByRole('button', { name: /^Actions for/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Open replay' }).waitFor()
  await expect.poll(() => page.getByRole('menuitem', { name: 'Retry failed step' }).count()).toBe(0)
})

test('a rep may look at runs of theirs but is offered no act that the server would refuse', async () => {
  const page = await as('rep')
  await page.goto(`${product.url}/audit`)
  await page.getByText('No access').waitFor()
  await page.goto(`${product.url}/settings/tokens`)
  await page.getByText('No access').waitFor()
  const answer = await page.request.post(`${product.url}/api/v1/runs/${'0'.repeat(26)}/cancel`, { headers: { origin: product.url } })
  expect(answer.status()).toBe(403)
})

test('a task is passed on and stands in the other role’s list', async () => {
  const page = await as('legal')
  await page.goto(`${product.url}/tasks`)
  // The template has its title in both languages, and each reader sees their own.
  const title = inBoth('Clause review', '条款审查')
  await page.getByRole('link', { name: title }).or(page.getByText(title)).first().click()
  await page.getByRole('button', { name: 'Delegate' }).click()
  const dialog = page.getByRole('dialog')
  await expect.poll(() => dialog.getByRole('button', { name: 'Delegate', exact: true }).isDisabled()).toBe(true)
  await dialog.getByRole('combobox').fill(word('Director').slice(0, -1))
  await page.getByRole('option', { name: 'Director', exact: true }).click()
  await dialog.getByRole('button', { name: 'Delegate', exact: true }).click()
  await page
    .getByText(/Director/)
    .first()
    .waitFor()
  const hers = await as('director')
  await hers.goto(`${product.url}/tasks`)
  await hers.getByText(title).first().waitFor()
})

test('a customer file with mistakes says each by its line and writes nothing; a right one is imported', async () => {
  const page = await as('admin')
  await page.goto(`${product.url}/customers`)
  await page.getByRole('button', { name: 'Import CSV' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Import customers' })
  const give = async (text: string) => {
    const another = dialog.getByRole('button', { name: 'Another file' })
    if ((await another.count()) > 0) await another.click()
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), dialog.getByRole('button', { name: 'Choose a file' }).click()])
    await chooser.setFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  }
  const start = dialog.getByRole('button', { name: /^Import \d+ lines?$/ })
  await give('id,name,owner,shoe size\nx-1,Anna Bolt,d-r-1,38\n')
  await dialog.getByRole('alert').getByText('is not a column we know').waitFor()
  await dialog.getByRole('alert').getByText('shoe size').waitFor()
  await expect.poll(() => start.isDisabled()).toBe(true)
  await give('id,name\nx-1,"Anna')
  await dialog.getByRole('alert').getByText('A quotation mark opens here and never closes').waitFor()
  await picture(page, 'import-refused')

  await give('id,name,owner,email\nx-1,Anna Bolt,d-r-1,anna@example.com\nx-2,,d-r-1,\nx-3,Ben Ost,d-r-1,not an address\n')
  await dialog.getByText('is missing').waitFor()
  await dialog.getByText('is not an e-mail address').waitFor()
  await picture(page, 'import-checked')
  const known = async () => (await page.request.get(`${product.url}/api/v1/customers/x-1`)).status()
  await expect.poll(() => known()).toBe(404)
  await start.click()
  await dialog.getByText('Import finished').waitFor()
  await expect.poll(() => known()).toBe(200)
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await page.getByText('Anna Bolt').first().waitFor()
})

test('a grant is recorded with how it was said; withdrawing one session says so and is not offered twice', async () => {
  const page = await as('consent')
  const api = apiOf(page, product)
  await api.post('/consents', {
    customer: 'd-1001',
    purpose: 'recommendation',
    scene: 'finance_plan',
    scope: 'session',
    session: 'chat-77',
    act: 'button',
    language: 'zh-CN',
  })
  await page.goto(`${product.url}/customers/d-1001`)
  const [purpose, scene] = [said('Risk modelling').source, said('Test drive').source]
  await page.getByRole('button', { name: new RegExp(`${purpose}.*${scene}|${scene}.*${purpose}`) }).click()
  await page.getByRole('button', { name: 'Record a grant' }).click()
  const dialog = page.getByRole('dialog', { name: 'Record a grant' })
  await expect.poll(() => dialog.getByRole('button', { name: 'Record a grant' }).isDisabled()).toBe(true)
  await dialog.getByText('By a button').click()
  await dialog.getByRole('button', { name: 'Record a grant' }).click()
  await page.getByText('Grant recorded.').waitFor()

  await page.getByRole('button', { name: 'Withdraw this session' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw', exact: true }).click()
  await page.getByText('Withdrawn. The fence is up.').waitFor()
  await page.getByRole('button', { name: 'Withdraw this session' }).waitFor({ state: 'detached' })
  await picture(page, 'session-withdrawn')
  // The standing grants are untouched.
  const standing = { customer: 'd-1001', purpose: 'risk_modelling', scene: 'test_drive' }
  expect(await api.post('/consents/check', standing)).toMatchObject({ allowed: true })
})

test('the audit chain is verified at one press', async () => {
  const page = await as('admin')
  await page.goto(`${product.url}/audit`)
  await page.getByRole('button', { name: 'Verify the chain' }).click()
  await page.getByText(/The chain of [\d,]+ entries is unbroken/).waitFor()
})

test('the keys of the frame: N begins a flow, Ctrl and the backslash fold the rail and keep it so, a question mark lists them all', async () => {
  const page = await as('admin')
  await page.goto(`${product.url}/flows`)
  await page.locator('#main h1').waitFor()
  await page.keyboard.press('n')
  await page.getByRole('dialog').locator('input:focus').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const width = async () => (await page.locator('#rail').boundingBox())?.width ?? 0
  const wide = await width()
  await page.keyboard.press('Control+\\')
  await expect.poll(width).toBeLessThan(wide)
  const narrow = await width()
  await page.reload()
  await page.locator('#main h1').waitFor()
  await expect.poll(width).toBe(narrow)
  await page.keyboard.press('Control+\\')
  await expect.poll(width).toBe(wide)
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('Ctrl').first().waitFor()
})
