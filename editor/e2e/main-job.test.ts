import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture, signIn } from './browser.ts'
import { CanvasDriver } from './canvas-driver.ts'
import { type Product, startProduct } from './product.ts'
import { said } from './words/index.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('an analyst drags the withdrawal flow together, publishes it, and a real withdrawal lights it up, is replayed, and reaches the rep', async () => {
  const { page, complaints } = await openWindow(browser, { serviceWorkers: 'allow' })
  await signIn(page, product, product.account('admin'))

  // An empty canvas.
  await page.goto(`${product.url}/flows`)
  await page.getByRole('button', { name: 'New flow' }).click()
  await page.getByRole('dialog').locator('input:focus').waitFor()
  await page.keyboard.type('Withdrawal by hand')
  await page.getByRole('button', { name: 'Create flow' }).click()
  await page.waitForURL('**/flows/withdrawal-by-hand')

  // Four steps dragged out of the palette, three wires drawn from port to port.
  const canvas = new CanvasDriver(page)
  const consent = await canvas.dragStep('consent.changed', 0.22, 0.15)
  const mask = await canvas.dragStep('masking.mask-fields', 0.72, 0.32)
  const alert = await canvas.dragStep('notify.rep', 0.22, 0.52)
  const strategy = await canvas.dragStep('ai.strategy', 0.7, 0.72)
  await canvas.wire(consent, 'out', mask)
  await canvas.wire(mask, 'out', alert)
  await canvas.wire(alert, 'out', strategy)
  await expect.poll(() => page.locator('[data-edge]').count()).toBe(3)

  // Each step is configured in the form that its schema makes.
  await canvas.step(consent).click()
  await choose(page, /When consent is/, 'withdrawn')
  await canvas.step(mask).click()
  const fields = page.getByTestId('inspector').getByRole('combobox').first()
  for (const field of ['mobile', 'income', 'name']) {
    await fields.fill(field)
    await page.keyboard.press('Enter')
  }
  await canvas.step(alert).click()
  await page.getByTestId('inspector').getByRole('textbox', { name: /^Text/ }).fill('A customer withdrew consent. Leave the quote alone.')
  await page.getByRole('button', { name: 'No problems' }).waitFor()
  await picture(page, 'e2e-canvas-configured')

  // Published, with the proofs shown.
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await picture(page, 'e2e-publish')
  await dialog.getByRole('button', { name: 'Publish' }).click()
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  // A customer really withdraws; the open canvas lights up without a reload.
  const withdrawn = { customer: 'd-1001', purposes: ['recommendation'], scenes: ['quote_push'], channel: 'preference_page' }
  await apiOf(page, product).post('/consents/withdraw', withdrawn)
  for (const id of [consent, mask, alert, strategy]) await canvas.surface.locator(`[data-step-id="${id}"][data-state="done"]`).waitFor()
  await picture(page, 'e2e-live')

  // The run is opened and stepped through: what was masked is masked, and the strategy says who wrote it.
  await page
    .getByRole('button', { name: /Runs of this flow|^Runs$/ })
    .first()
    .click()
  await page
    .getByTestId('drawer')
    .getByRole('button', { name: /replay|Open/i })
    .first()
    .click()
  await page.waitForURL('**/runs/*')
  const story = page.getByRole('list', { name: 'What happened' })
  await story.getByRole('button').first().waitFor()
  const moments = await story.getByRole('button').allInnerTexts()
  expect(moments.map((text) => text.replace(/\s+/g, ' '))).toEqual([
    expect.stringMatching(said('Consent changed', 'started the run')),
    expect.stringMatching(said('Mask fields', 'done')),
    expect.stringMatching(said('Alert rep', 'done')),
    expect.stringMatching(said('Regenerate strategy', 'done')),
    expect.stringMatching(said('succeeded')),
  ])
  await story.getByRole('button').nth(1).click()
  await expect.poll(() => page.url()).toMatch(/step=2/)
  const detail = page.getByRole('region', { name: 'Step in detail' })
  await detail.getByRole('tab', { name: 'Output' }).click()
  await detail
    .getByText('policy', { exact: false })
    .or(detail.getByText(/hidden|sealed|masked/i))
    .first()
    .waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Step forward' }).click()
  await expect.poll(() => page.url()).toMatch(/step=3/)
  await picture(page, 'e2e-replay')
  await story.getByRole('button').nth(3).click()
  await detail.getByRole('tab', { name: 'Why' }).click()
  await detail.getByText('rules, no model').waitFor()

  // The rep who owns this customer finds the alert and answers it.
  const rep = await openWindow(browser)
  await enter(rep.page, product, product.account('rep'))
  await rep.page.goto(`${product.url}/alerts`)
  await rep.page.getByText('A customer withdrew consent. Leave the quote alone.').first().click()
  await picture(rep.page, 'e2e-rep-alert')
  await rep.page.getByRole('button', { name: 'I have read this' }).click()
  const read = async () => (await rep.page.request.get(`${product.url}/api/v1/alerts?state=acknowledged`)).text()
  await expect.poll(read).toContain('A customer withdrew consent. Leave the quote alone.')

  expect(complaints).toEqual([])
  expect(rep.complaints).toEqual([])
})

/** Picks an option of a select in the inspector by the words people read. */
async function choose(page: import('playwright-core').Page, label: RegExp, option: string): Promise<void> {
  await page.getByTestId('inspector').getByRole('button', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
