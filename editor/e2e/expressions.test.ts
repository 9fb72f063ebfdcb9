import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { openBrowser, openWindow, picture, signIn } from './browser.ts'
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

const flow = {
  format: 'sluice/flow@1',
  key: 'worded',
  name: { en: 'Worded', 'zh-CN': '表达式' },
  nodes: [
    { id: 'start', type: 'consent.changed', config: {}, at: [0, 0] },
    { id: 'shape', type: 'core.transform', config: { value: '{% event.subject & "" %}' }, at: [280, 0] },
    { id: 'tell', type: 'notify.rep', config: { title: 'Hello', text: 'Dear customer' }, at: [560, 0] },
  ],
  edges: [
    { from: 'start.out', to: 'shape.in' },
    { from: 'shape.out', to: 'tell.in' },
  ],
}

async function openStep(page: Page, id: string): Promise<Locator> {
  await signIn(page, product, product.account('admin'))
  await apiOf(page, product).save(flow)
  await page.goto(`${product.url}/flows/${flow.key}`)
  await page.getByTestId('canvas').locator(`[data-step-id="${id}"]`).click()
  const inspector = page.getByTestId('inspector')
  await inspector.getByTestId('config-form').waitFor()
  return inspector
}

async function openEditor(page: Page, inspector: Locator, name: string): Promise<Locator> {
  await inspector.getByRole('button', { name }).first().click()
  const dialog = page.getByTestId('expression-dialog')
  await dialog.locator('.monaco-editor .view-lines').waitFor()
  return dialog
}

async function write(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
  // Closing brackets come by themselves; what is typed over them is the same text.
  await page.keyboard.type(text)
}

test('T30: a field keeps what each of its modes held, from fixed over picked and expression back to fixed', async () => {
  const { page, complaints } = await openWindow(browser)
  const inspector = await openStep(page, 'tell')
  const field = inspector.locator('[data-field=text]')
  const mode = (name: string) => field.locator(`[data-mode-choice=${name}]`).click()
  const held = async () => {
    const { nodes } = await apiOf(page, product).get<{ nodes: readonly { id: string; config: { text?: unknown } }[] }>(`/flows/${flow.key}`)
    return nodes.find(({ id }) => id === 'tell')?.config.text
  }
  await mode('picked')
  await field.getByRole('button').last().click()
  await page.locator('[data-path="event.subject"]').last().click()
  await expect.poll(held).toBe('{% event.subject %}')
  await mode('expression')
  await field.locator('textarea').fill('$uppercase(event.subject)')
  await expect.poll(held).toBe('{% $uppercase(event.subject) %}')
  await mode('picked')
  await expect.poll(held).toBe('{% event.subject %}')
  await mode('fixed')
  await expect.poll(() => field.locator('textarea').inputValue()).toBe('Dear customer')
  await expect.poll(held).toBe('Dear customer')
  await mode('expression')
  await expect.poll(() => field.locator('textarea').inputValue()).toBe('$uppercase(event.subject)')
  expect(complaints).toEqual([])
})

test('T36: the large editor offers the data, explains the call being written, underlines a mistake and shows the result', async () => {
  const { page, complaints } = await openWindow(browser)
  const inspector = await openStep(page, 'shape')
  const dialog = await openEditor(page, inspector, 'Open the large editor')
  await write(page, 'event.')
  await page.locator('.suggest-widget.visible .monaco-list-row').filter({ hasText: 'subject' }).first().waitFor()
  await page.keyboard.press('Escape')

  // The argument the caret is in stands out; a comma goes to the next.
  await write(page, '$substring(event.subject')
  const hint = page.locator('.parameter-hints-widget.visible')
  await hint.locator('.parameter.active', { hasText: 'text' }).waitFor()
  await page.keyboard.type(', ')
  await hint.locator('.parameter.active', { hasText: 'start' }).waitFor()
  await expect.poll(() => hint.textContent()).toContain('Part of a text')
  await picture(page, 'expression-signature')
  await page.keyboard.type('0, 3)')
  await page.keyboard.press('Escape')
  await dialog.getByText('string', { exact: false }).first().waitFor()

  // Resting on the name says what it does, with an example.
  await dialog.locator('.view-line span', { hasText: '$substring' }).last().hover()
  await page.locator('.monaco-hover:not(.hidden)', { hasText: 'Part of a text' }).first().waitFor()
  await picture(page, 'expression-hover')

  await write(page, 'event.subject &&')
  await dialog.locator('.squiggly-error').first().waitFor()
  await dialog.getByTestId('preview').first().waitFor()
  expect(complaints).toEqual([])
})

test('T36: in Chinese and dark the function is explained in Chinese', async () => {
  const { page, complaints } = await openWindow(browser, { locale: 'zh-CN', colorScheme: 'dark' })
  await page.addInitScript(() => localStorage.setItem('sluice.language', 'zh-CN'))
  const inspector = await openStep(page, 'shape')
  await openEditor(page, inspector, '打开大编辑器')
  await write(page, '$substring(event.subject, ')
  const hint = page.locator('.parameter-hints-widget.visible')
  await hint.locator('.parameter.active', { hasText: 'start' }).waitFor()
  await expect.poll(() => hint.textContent()).toContain('截取文本')
  await picture(page, 'expression-signature-zh-dark')
  expect(complaints).toEqual([])
})

test('T37: an endless expression is stopped after 250 ms, the limit is named, and the page goes on', async () => {
  const { page, complaints } = await openWindow(browser)
  const inspector = await openStep(page, 'shape')
  const field = inspector.locator('[data-field=value]')
  await field.locator('textarea').fill('$sum([1..4000].($sum([1..4000].($ * 2))))')
  await field.getByText('250 ms').waitFor()
  // The worker was replaced: the next expression has its result at once, and the page answered meanwhile.
  await field.locator('textarea').fill('1 + 41')
  await field.getByTestId('preview').getByText('42').waitFor()
  await page.keyboard.press('Escape')
  await page.getByTestId('canvas').locator('[data-step-id="tell"]').click()
  await inspector.locator('[data-field=text]').waitFor()
  expect(complaints).toEqual([])
})
