import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { CanvasDriver } from './canvas-driver.ts'
import { type Product, startProduct } from './product.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

type Config = Readonly<Record<string, unknown>>

async function openTask(page: Page, key: string, config: Config): Promise<() => Promise<Config>> {
  const api = apiOf(page, product)
  await api.put(`/flows/${key}`, {
    format: 'sluice/flow@1',
    key,
    name: key,
    nodes: [
      { id: 'start', type: 'core.manual', config: {}, at: [0, 0] },
      { id: 'ask', type: 'approvals.task', config: { title: 'Discount', assignee: 'role:director', ...config }, at: [300, 0] },
    ],
    edges: [{ from: 'start.out', to: 'ask.in' }],
    groups: [],
    notes: [],
    settings: {},
    parameters: {},
  })
  await page.goto(`${product.url}/flows/${key}`)
  await new CanvasDriver(page).step('ask').click()
  return async () => {
    const { nodes } = await api.get<{ readonly nodes: readonly { readonly id: string; readonly config: Config }[] }>(`/flows/${key}`)
    return nodes.find(({ id }) => id === 'ask')?.config ?? {}
  }
}

test('a setting that was folded away keeps the focus while it is filled in, and its letters reach nothing else', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const saved = await openTask(page, 'folded', {})
  const form = page.getByTestId('config-form')
  const fold = form.getByRole('button', { name: /more settings?$/ })
  await fold.click()
  await form.locator('[data-field=show] textarea').click()
  await page.keyboard.type('Hello world')
  await expect.poll(async () => (await saved()).show).toBe('Hello world')
  // Folded again, what was filled in stays in sight.
  await fold.click()
  await form.locator('[data-field=show] textarea').waitFor()
  expect(await form.locator('[data-field=due]').count()).toBe(0)
  expect(complaints).toEqual([])
})

test('a form for people is built of questions by keyboard, in both languages, seen as they will see it, and kept in its order', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const saved = await openTask(page, 'asked', {})
  const form = page.getByTestId('config-form')
  await form.getByRole('button', { name: /more settings?$/ }).click()
  await form.locator('[data-field=form]').getByRole('button', { name: 'Build a form' }).click()
  const dialog = page.getByTestId('form-dialog').locator('xpath=ancestor::*[@role="dialog"]')
  const preview = page.getByTestId('form-preview')
  const kinds = page.getByRole('menuitem')
  const add = async (place: number) => {
    await dialog.getByRole('button', { name: 'Add a question' }).focus()
    await page.keyboard.press('Enter')
    await kinds.first().waitFor()
    for (let at = 0; at < place; at += 1) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await kinds.first().waitFor({ state: 'detached' })
    await dialog.locator('[data-part=label] [data-language=en] input:focus, [data-part=label] [data-language=zh] input:focus').waitFor()
  }
  await add(3)
  await dialog.locator('[data-part=label] [data-language=en] input').pressSequentially('Discount agreed')
  await dialog.locator('[data-part=label] [data-language=zh] input').fill('同意的折扣')
  await dialog.getByText('Must be filled in').click()
  await add(5)
  await dialog.locator('[data-part=label] [data-language=en] input').pressSequentially('Reason')
  await dialog.locator('[data-choice="0"] [data-language=en] input').fill('Price too high')
  await dialog.locator('[data-choice="0"] [data-language=zh] input').fill('价格太高')
  // What was added last goes first, from wherever the focus is in it.
  await page.keyboard.press('Alt+ArrowUp')
  await expect
    .poll(async () => (await saved()).form)
    .toMatchObject({
      type: 'object',
      required: ['discountAgreed'],
      'x-order': ['reason', 'discountAgreed'],
      properties: {
        discountAgreed: { type: 'integer', 'x-ui': 'money', 'x-title': { en: 'Discount agreed', 'zh-CN': '同意的折扣' } },
        reason: { enum: ['priceTooHigh', 'option2'], 'x-options': { priceTooHigh: { en: 'Price too high', 'zh-CN': '价格太高' } } },
      },
    })
  // Tried in the reader's other language.
  await preview.getByRole('radio', { name: '中文', exact: true }).click()
  await preview.getByText('价格太高', { exact: true }).click()
  await preview.getByRole('textbox', { name: /^同意的折扣/ }).fill('1.5万')
  expect(await preview.locator('[data-invalid]').count()).toBe(0)
  await picture(page, 'form-designer')
  // The question that is taken away gives the focus to its neighbour; undo brings it back to its place.
  await dialog
    .locator('[data-question=reason]')
    .getByRole('button', { name: /^(Remove Reason|移除.*Reason)/ })
    .click()
  await dialog.locator('[data-question=discountAgreed] [aria-expanded]').and(page.locator(':focus')).waitFor()
  await dialog.getByRole('button', { name: 'Done' }).click()
  const asked = form.locator('[data-field=form] li')
  await expect.poll(() => asked.allInnerTexts()).toHaveLength(1)
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect
    .poll(async () => await asked.allInnerTexts())
    .toEqual([expect.stringMatching(/^Reason\n/), expect.stringMatching(/^(Discount agreed|同意的折扣)\*/)])
  expect(complaints).toEqual([])
})

test('what questions cannot say stays as it is, and is edited as JSON', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const address = { type: 'object', properties: { city: { type: 'string' } }, 'x-mine': 1 }
  const rules = { allOf: [{ if: { required: ['note'] } }], additionalProperties: false }
  const form = { type: 'object', properties: { note: { type: 'string', title: 'Note', pattern: '^a' }, address }, ...rules }
  const saved = await openTask(page, 'odd', { form })
  await page.locator('[data-field=form]').locator('li button').first().click()
  const dialog = page.getByTestId('form-dialog').locator('xpath=ancestor::*[@role="dialog"]')
  await dialog.getByText('It also has rules that only JSON shows.', { exact: false }).waitFor()
  await dialog.locator('[data-part=label] [data-language=en] input').fill('Remark')
  const after = {
    ...form,
    properties: { note: { type: 'string', title: 'Remark', pattern: '^a' }, address },
    'x-order': ['note', 'address'],
  }
  await expect.poll(async () => (await saved()).form).toEqual(after)
  await dialog.getByRole('radio', { name: 'JSON' }).click()
  const text = dialog.locator('textarea').first()
  expect(JSON.parse(await text.inputValue())).toEqual(after)
  // A form that is no list of questions is shown as it is, and nothing is lost.
  await text.fill('{"type":"object","properties":{"7":{}}}')
  await dialog.getByText('This form says things that only JSON shows.').first().waitFor()
  await expect.poll(async () => (await saved()).form).toEqual({ type: 'object', properties: { 7: {} } })
  expect(complaints).toEqual([])
})
