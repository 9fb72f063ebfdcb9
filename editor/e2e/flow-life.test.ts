import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'
import { inBoth, named } from './words/index.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const complaints: string[][] = []

async function admin(): Promise<Page> {
  const window = await openWindow(browser)
  complaints.push(window.complaints)
  await enter(window.page, product, product.account('admin'))
  return window.page
}

// What the browser itself writes without a network, and of a save that came second (412), is no complaint of ours.
const ofTheNetwork = /ERR_INTERNET_DISCONNECTED|WebSocket connection|412/
afterEach(() => {
  expect(complaints.flat().filter((each) => !ofTheNetwork.test(each))).toEqual([])
})

/** Opens the menu of the flow whose row begins with this name. */
async function menuOf(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
}

async function rename(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name in English').fill(name)
  await page.keyboard.press('Tab')
}

test('a flow is duplicated, exported, deleted after a question, and comes back from its file', async () => {
  const page = await admin()
  await page.goto(`${product.url}/flows`)
  await menuOf(page, 'Quote with approval')
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  const copy = page.getByRole('link', { name: 'Quote with approval (copy)' })
  await copy.waitFor()

  await menuOf(page, 'Quote with approval (copy)')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export file' }).click()])
  const file = await download.path()
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    format: 'sluice/flow@1',
    name: { en: 'Quote with approval (copy)', 'zh-CN': '报价审批（副本）' },
  })

  await menuOf(page, 'Quote with approval (copy)')
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await menuOf(page, 'Quote with approval (copy)')
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await copy.waitFor({ state: 'detached' })

  // What is no flow file is refused in words; the exported one opens as it was.
  await page.getByRole('button', { name: 'New flow' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Import a file').click()
  const give = async (content: Buffer) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      dialog.getByRole('button', { name: /Choose a file|Another file/ }).click(),
    ])
    await chooser.setFiles({ name: 'some.flow.json', mimeType: 'application/json', buffer: content })
  }
  await give(Buffer.from('{ "format": "sluice/flow@1", '))
  await dialog.getByRole('alert').waitFor()
  await picture(page, 'flow-import-refused')
  await give(readFileSync(file))
  await dialog
    .getByRole('button', { name: /Import|Create flow/ })
    .last()
    .click()
  await page.waitForURL('**/flows/quote-approval-*')
  await page.getByRole('textbox', { name: 'Name in English' }).waitFor()
  await expect.poll(() => page.getByLabel('Name in English').inputValue()).toBe('Quote with approval (copy)')
})

test('a flow begins from what somebody writes, shown as it will be drawn before it is there', async () => {
  const page = await admin()
  await page.goto(`${product.url}/flows?new=1`)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Describe it' }).click()
  const words = dialog.locator('textarea')
  await words.fill(inBoth('something else entirely', '别的什么'))
  const create = dialog.getByRole('button', { name: 'Create flow', exact: true })
  expect(await create.isDisabled()).toBe(true)
  await words.fill(inBoth('When consent changes, mask the fields, alert the rep', '授权变更时，脱敏字段，提醒销售'))
  await dialog.getByTestId('described-flow').waitFor()
  await picture(page, 'flow-described')
  await create.click()
  await page.getByTestId('canvas').locator('[data-step-id]').nth(2).waitFor()
  const types = await page.locator('[data-node-type]').evaluateAll((all) => all.map((each) => each.getAttribute('data-node-type')))
  expect(types).toEqual(expect.arrayContaining(['consent.changed', 'masking.mask-fields', 'notify.rep']))
})

test('an older version is made live again, and its drawing copied back to the draft', async () => {
  const page = await admin()
  await page.goto(`${product.url}/flows/complaint-escalation`)
  await rename(page, 'Complaint handling')
  await page.getByText('Saved', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'What changed?' }).fill('Another name')
  // A run of the demo is under way; publishing asks what becomes of it.
  await dialog.getByText('They finish on their version', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Publish' }).click()
  await dialog.getByText('Version 2 is live').waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: /^v2/ }).click()
  const version = (number: number) => page.locator(`tr[data-version="${number}"]`)
  await version(2).getByText('Live', { exact: true }).waitFor()
  await version(2).getByText(named('Another name')).waitFor()
  await version(1).getByRole('button', { name: 'Roll back' }).click()
  await dialog.getByRole('button', { name: 'Roll back' }).click()
  await version(1).getByText('Live', { exact: true }).waitFor()
  const status = () => apiOf(page, product).get('/flows/complaint-escalation/status')
  await expect.poll(status).toMatchObject({ active: 1 })

  await version(1).getByRole('button', { name: 'View' }).click()
  await dialog.getByRole('button', { name: 'Copy to the draft' }).click()
  await expect.poll(() => page.getByLabel('Name in English').inputValue()).toBe('Complaint escalation')
})

test('two windows where sockets cannot be had: the second is asked, and both answers do what they say', async () => {
  const first = await admin()
  const second = await admin()
  for (const page of [first, second]) await page.addInitScript(() => Reflect.deleteProperty(window, 'WebSocket'))
  const url = `${product.url}/flows/price-too-high`
  for (const answer of ['Keep mine', 'Take theirs'] as const) {
    await Promise.all([first.goto(url), second.goto(url)])
    await second.getByLabel('Name in English').waitFor()
    await rename(first, `First window, ${answer}`)
    await first.getByText('Saved', { exact: true }).waitFor()
    await rename(second, `Second window, ${answer}`)
    await second.getByRole('button', { name: 'Changed elsewhere' }).click()
    const dialog = second.getByRole('dialog', { name: 'Someone else saved this flow' })
    await picture(second, 'conflict')
    await dialog.getByRole('button', { name: answer }).click()
    const kept = `${answer === 'Keep mine' ? 'Second' : 'First'} window, ${answer}`
    const stored = async () => (await apiOf(second, product).get<{ name: { en: string } }>('/flows/price-too-high')).name.en
    await expect.poll(stored).toBe(kept)
    await expect.poll(() => second.getByLabel('Name in English').inputValue()).toBe(kept)
  }
})

test('T21: what was typed without a network survives the killed tab and is offered to be restored, compared or thrown away, never forced', async () => {
  const page = await admin()
  const context = page.context()
  const url = `${product.url}/flows/quote-approval`
  await page.goto(url)
  await page.getByLabel('Name in English').waitFor()
  await context.setOffline(true)
  await rename(page, 'Typed without a network')
  await page.getByText(/kept here/).waitFor()
  await page.waitForTimeout(500)
  await page.close({ runBeforeUnload: false })
  await context.setOffline(false)

  const again = await context.newPage()
  await again.goto(url)
  const banner = again.getByTestId('recover')
  await banner.getByText('wires or the flow’s own settings').waitFor()
  await expect.poll(() => again.getByLabel('Name in English').inputValue()).toBe('Quote with approval')
  await banner.getByRole('button', { name: 'Restore it' }).click()
  await expect.poll(() => again.getByLabel('Name in English').inputValue()).toBe('Typed without a network')
  await again.getByText('Saved', { exact: true }).waitFor()
  await again.reload()
  await expect.poll(() => again.getByLabel('Name in English').inputValue()).toBe('Typed without a network')
  await expect.poll(() => banner.count()).toBe(0)
  // The same again, compared and thrown away: what the server has stays.
  await context.setOffline(true)
  await rename(again, 'Thrown away')
  await again.getByText(/kept here/).waitFor()
  await again.waitForTimeout(500)
  await again.close({ runBeforeUnload: false })
  await context.setOffline(false)
  const third = await context.newPage()
  await third.goto(url)
  const offer = third.getByTestId('recover')
  await offer.getByRole('button', { name: 'Compare' }).click()
  const dialog = third.getByRole('dialog', { name: 'Unsaved work and the saved draft' })
  await dialog.getByText('Thrown away').first().waitFor()
  await dialog.getByRole('button', { name: 'Discard' }).click()
  await offer.waitFor({ state: 'detached' })
  await third.reload()
  await expect.poll(() => third.getByLabel('Name in English').inputValue()).toBe('Typed without a network')
  await expect.poll(() => offer.count()).toBe(0)
})
