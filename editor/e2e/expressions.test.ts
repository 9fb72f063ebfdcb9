import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'
import { inBoth, said } from './words/index.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

// A field that one window has open in the large editor is lent to it: the next test would find it so.
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
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
  await enter(page, product, product.account('admin'))
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
  await dialog.locator('.monaco-editor.focused .view-lines').waitFor()
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

test('Enter in the field of an expression opens the large editor, Shift Enter begins a line, and = opens it where nothing is written', async () => {
  const { page, complaints } = await openWindow(browser)
  const inspector = await openStep(page, 'shape')
  const field = inspector.locator('[data-field=value] textarea')
  const dialog = page.getByTestId('expression-dialog')
  await field.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('& "b"')
  await expect.poll(() => field.inputValue()).toBe('event.subject & ""\n& "b"')
  // A field of any length shows all of it.
  expect(await field.evaluate((element) => element.scrollHeight - element.clientHeight)).toBeLessThanOrEqual(0)
  await expect(dialog.count()).resolves.toBe(0)
  await page.keyboard.press('Enter')
  await dialog.locator('.monaco-editor.focused .view-lines').waitFor()
  await page.keyboard.type(' & "c"')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect.poll(() => field.inputValue()).toBe('event.subject & ""\n& "b" & "c"')
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true)
  await field.fill('')
  await page.keyboard.press('=')
  await dialog.locator('.monaco-editor.focused .view-lines').waitFor()
  await page.keyboard.type('1 + 1')
  await dialog.getByTestId('preview').getByText('2').waitFor()
  expect(complaints).toEqual([])
})

test('words written one after the other in the field of an expression stay apart', async () => {
  const { page, complaints } = await openWindow(browser)
  const inspector = await openStep(page, 'shape')
  const field = inspector.locator('[data-field=value] textarea')
  await field.fill('')
  await field.pressSequentially('true and false')
  await expect.poll(() => field.inputValue()).toBe('true and false')
  expect(complaints).toEqual([])
})

test('what is written before the large editor is here stays in it, and writing goes on where it was', async () => {
  const { page, complaints } = await openWindow(browser)
  let release = () => {}
  const released = new Promise<void>((done) => {
    release = done
  })
  await page.route(/\/assets\/MonacoEditor-[^/]*\.js$/, async (route) => {
    await released
    await route.continue()
  })
  const inspector = await openStep(page, 'shape')
  await inspector.getByRole('button', { name: 'Open the large editor' }).first().click()
  const dialog = page.getByTestId('expression-dialog')
  await dialog.locator('textarea#expression-editor:focus').waitFor()
  await page.keyboard.type(' & "b"')
  await page.keyboard.press('Home')
  await page.keyboard.type('"a" & ')
  release()
  await dialog.locator('.monaco-editor.focused .view-lines').waitFor()
  await page.keyboard.type('"c" & ')
  const held = async () => {
    const { nodes } = await apiOf(page, product).get<{ nodes: readonly { id: string; config: { value?: unknown } }[] }>(
      `/flows/${flow.key}`,
    )
    return nodes.find(({ id }) => id === 'shape')?.config.value
  }
  await expect.poll(held).toBe('{% "a" & "c" & event.subject & "" & "b" %}')
  expect(complaints).toEqual([])
})

test('the large editor is fetched while a field stands there that it opens from, but not for those who save data', async () => {
  const fetched: string[] = []
  const visit = async (savesData: boolean) => {
    const { page, complaints } = await openWindow(browser)
    if (savesData) await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }))
    page.on('request', (request) => {
      if (request.url().includes('/assets/MonacoEditor-')) fetched.push(request.url())
    })
    await openStep(page, 'shape')
    return { page, complaints }
  }
  const saving = await visit(true)
  await saving.page.waitForTimeout(2_000)
  expect(fetched).toEqual([])
  // Who saves data gets it with the wish: while the button is still held down, before its dialog is drawn.
  await saving.page.getByTestId('inspector').getByRole('button', { name: 'Open the large editor' }).first().hover()
  expect(fetched).toEqual([])
  await saving.page.mouse.down()
  await expect.poll(() => fetched.length).toBeGreaterThan(0)
  await expect(saving.page.getByTestId('expression-dialog').count()).resolves.toBe(0)
  fetched.length = 0
  const other = await visit(false)
  await expect.poll(() => fetched.some((url) => url.endsWith('.js')), { timeout: 20_000 }).toBe(true)
  expect([...saving.complaints, ...other.complaints]).toEqual([])
})

test('a long list in the data shows its first rows, says how many are left, and goes on by keys where it was', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await apiOf(page, product).save({
    format: 'sluice/flow@1',
    key: 'long-list',
    name: { en: 'Long list', 'zh-CN': '长列表' },
    nodes: [
      { id: 'start', type: 'core.manual', at: [0, 0] },
      { id: 'shape', type: 'core.transform', config: { value: '{% $count(input.rows) %}' }, at: [312, 0] },
    ],
    edges: [{ from: 'start.out', to: 'shape.in' }],
  })
  await apiOf(page, product).post('/flows/long-list/publish', {})
  await apiOf(page, product).post('/flows/long-list/runs', {
    trigger: 'start',
    input: { rows: Array.from({ length: 130 }, (_, row) => ({ row })) },
  })
  await page.goto(`${product.url}/flows/long-list`)
  await page.getByTestId('canvas').locator('[data-step-id="shape"]').click()
  await page.getByTestId('inspector').getByRole('button', { name: 'Open the large editor' }).first().click()
  const dialog = page.getByTestId('expression-dialog')
  const rows = dialog.locator('[data-path^="input.rows["]')
  await rows.first().waitFor()
  await expect.poll(() => rows.count()).toBe(20)
  await dialog.getByRole('button', { name: '110 more' }).press('Enter')
  await expect.poll(() => rows.count()).toBe(120)
  await dialog.locator('[data-path="input.rows[20]"]:focus').waitFor()
  await dialog.getByRole('button', { name: '10 more' }).press('Enter')
  await expect.poll(() => rows.count()).toBe(130)
  await dialog.locator('[data-path="input.rows[120]"]:focus').waitFor()
  expect(complaints).toEqual([])
})

test('T36: the large editor offers the data, explains the call being written, underlines a mistake and shows the result', async () => {
  const { page, complaints } = await openWindow(browser)
  const inspector = await openStep(page, 'shape')
  const dialog = await openEditor(page, inspector, 'Open the large editor')
  await write(page, 'event.')
  await page.locator('.suggest-widget.visible .monaco-list-row:has-text("subject")').first().waitFor()
  await page.keyboard.press('Escape')

  // The argument the caret is in stands out; a comma goes to the next.
  await write(page, '$substring(event.subject')
  const hint = page.locator('.parameter-hints-widget.visible')
  await hint.locator('.parameter.active:has-text("text")').waitFor()
  await page.keyboard.type(', ')
  await hint.locator('.parameter.active:has-text("start")').waitFor()
  await expect.poll(() => hint.textContent()).toMatch(said('Part of a text'))
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
  // In words, without the codes of the language.
  const plain = () => dialog.locator('[data-testid="preview"][data-ok="false"]').first().innerText()
  await expect.poll(plain).toMatch(/\S/)
  expect(await plain()).not.toMatch(/[STD]\d{4}/)
  await write(page, '$substring("Sluice", 0, 3) & "ng"')
  await dialog.getByTestId('preview').getByText('Slung').waitFor()
  await dialog.locator('.squiggly-error').first().waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

test('T36: in Chinese and dark the function is explained in Chinese', async () => {
  const { page, complaints } = await openWindow(browser, { locale: 'zh-CN', colorScheme: 'dark' })
  await page.addInitScript(() => localStorage.setItem('sluice.language', 'zh-CN'))
  const inspector = await openStep(page, 'shape')
  await openEditor(page, inspector, '打开大编辑器')
  await write(page, '$substring(event.subject')
  const hint = page.locator('.parameter-hints-widget.visible')
  await hint.locator('.parameter.active:has-text("text")').waitFor()
  await page.keyboard.type(', ')
  await hint.locator('.parameter.active:has-text("start")').waitFor()
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

const typed = {
  ...flow,
  key: 'typed',
  nodes: [
    { id: 'start', type: 'consent.changed', config: {}, at: [0, 0] },
    {
      id: 'order',
      type: 'core.transform',
      config: { value: { total: 12, who: { city: 'Beijing' }, lines: '{% [{"price": 3, "count": 1}] %}' } },
      at: [280, 0],
    },
    { id: 'shape', type: 'core.transform', config: { value: '{% event.subject & "" %}' }, at: [560, 0] },
  ],
  edges: [
    { from: 'start.out', to: 'order.in' },
    { from: 'order.out', to: 'shape.in' },
  ],
}

/** Each offered name, the same in every language, with the kind that stands beside it. */
async function offers(page: Page, name: string, beside: string): Promise<void> {
  await page.locator(`.suggest-widget.visible .monaco-list-row:has-text("${name}")`, { hasText: beside }).first().waitFor()
}

async function openTyped(page: Page, button: string): Promise<Locator> {
  await enter(page, product, product.account('admin'))
  await apiOf(page, product).save(typed)
  await page.goto(`${product.url}/flows/${typed.key}`)
  await page.getByTestId('canvas').locator('[data-step-id="shape"]').click()
  const inspector = page.getByTestId('inspector')
  await inspector.getByTestId('config-form').waitFor()
  return openEditor(page, inspector, button)
}

test('T36: before any run the large editor offers what the steps before will give, with types, and underlines what is not there', async () => {
  const { page, complaints } = await openWindow(browser)
  const dialog = await openTyped(page, 'Open the large editor')
  await write(page, 'nodes.order.')
  await offers(page, 'total', 'number')
  await offers(page, 'who', 'object')
  await offers(page, 'lines', 'list')
  await picture(page, 'expression-types')
  await page.keyboard.press('Escape')
  await write(page, 'nodes.order.who.')
  await offers(page, 'city', 'text')
  await page.keyboard.press('Escape')
  // The items of a list, by its path and inside a filter.
  await write(page, 'nodes.order.lines.')
  await offers(page, 'price', 'number')
  await page.keyboard.press('Escape')
  await write(page, 'nodes.order.lines[co')
  await offers(page, 'count', 'number')
  await page.keyboard.press('Escape')

  // A blank behind a name closes the list of names; Escape would then close the dialog.
  await write(page, 'nodes.order.totl + 1')
  await dialog.locator('.squiggly-warning').first().waitFor()
  const meant = inBoth('Did you mean nodes.order.total?', '是否想写 nodes.order.total？')
  const unknown = inBoth(`nodes.order.totl does not exist. ${meant}`, `nodes.order.totl 不存在。${meant}`)
  await dialog.getByTestId('expression-found').getByText(unknown).waitFor()
  const word = dialog.locator('.view-line span', { hasText: 'totl' }).last()
  await word.hover()
  await page.locator('.monaco-hover:not(.hidden)', { hasText: meant }).first().waitFor()
  await picture(page, 'expression-unknown-member')

  await write(page, 'nodes.order.who.city * 2')
  await dialog.locator('.squiggly-error').first().waitFor()
  await dialog.getByTestId('expression-found').getByText('Needs a number, gets text').waitFor()
  // What is mended is underlined no longer.
  await write(page, 'nodes.order.total * 2')
  await dialog.getByTestId('expression-found').locator('li').first().waitFor({ state: 'detached' })
  await dialog.locator('.squiggly-error').first().waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

test('T36: in Chinese and dark the types and the underlined mistake are Chinese', async () => {
  const { page, complaints } = await openWindow(browser, { locale: 'zh-CN', colorScheme: 'dark' })
  await page.addInitScript(() => localStorage.setItem('sluice.language', 'zh-CN'))
  const dialog = await openTyped(page, '打开大编辑器')
  await write(page, 'nodes.order.')
  await offers(page, 'total', '数字')
  await page.keyboard.press('Escape')
  await write(page, 'nodes.order.totl + 1')
  await dialog.locator('.squiggly-warning').first().waitFor()
  await dialog.getByTestId('expression-found').getByText('nodes.order.totl 不存在。是否想写 nodes.order.total？').waitFor()
  // The card of the mistake says that and nothing else: no words of another language, no fixes that do not exist.
  await dialog.locator('.view-line span', { hasText: 'totl' }).last().hover()
  const card = page.locator('.monaco-hover:not(.hidden)')
  await card.first().waitFor()
  await expect.poll(async () => (await card.first().innerText()).trim()).toBe('nodes.order.totl 不存在。是否想写 nodes.order.total？')
  await picture(page, 'expression-unknown-member-zh-dark')
  expect(complaints).toEqual([])
})
