import { nodeTypes } from '@sluice/nodes'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openWindow, picture, signIn } from './browser.ts'
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

interface Node {
  readonly id: string
  readonly type: string
  readonly config: Readonly<Record<string, unknown>>
}

async function put(page: Page, key: string, nodes: readonly Node[], edges: readonly (readonly [string, string])[]): Promise<void> {
  const file = {
    format: 'sluice/flow@1',
    key,
    name: key,
    nodes: nodes.map((node, at) => ({ ...node, at: [(at % 8) * 300, Math.floor(at / 8) * 200] })),
    edges: edges.map(([from, to]) => ({ from: `${from}.out`, to: `${to}.in` })),
    groups: [],
    notes: [],
    settings: {},
    parameters: {},
  }
  const saved = await page.request.put(`${product.url}/api/v1/flows/${key}`, { headers: { origin: product.url }, data: file })
  expect(saved.status(), await saved.text()).toBeLessThan(300)
}

async function saved(page: Page, key: string, id: string): Promise<Readonly<Record<string, unknown>>> {
  const answer = (await (await page.request.get(`${product.url}/api/v1/flows/${key}`)).json()) as { readonly nodes: readonly Node[] }
  return answer.nodes.find((node) => node.id === id)?.config ?? {}
}

test('T28: every built-in step type draws its whole form, and Tab goes from top to bottom', async () => {
  const { page, complaints } = await openWindow(browser)
  await signIn(page, product, product.account('admin'))
  const types = [...nodeTypes.values()]
  const nodes = types.map((type, at) => ({ id: `n${at}`, type: type.type, config: {} }))
  await put(page, 'all-types', nodes, [])
  await page.goto(`${product.url}/flows/all-types`)
  const canvas = new CanvasDriver(page)
  await canvas.surface.waitFor()
  await canvas.step('n0').waitFor()
  const form = page.getByTestId('config-form')
  for (const [at, type] of types.entries()) {
    await canvas.step(`n${at}`).evaluate((element) => element.scrollIntoView())
    await page.getByTestId('canvas').focus()
    await canvas.step(`n${at}`).click({ force: true, position: { x: 20, y: 20 } })
    const properties = Object.entries((type.config as { properties?: Record<string, { 'x-edited-in'?: string }> }).properties ?? {})
    const wanted = properties.filter(([, schema]) => schema['x-edited-in'] === undefined).map(([name]) => name)
    await page.locator('aside code').getByText(type.type, { exact: true }).or(page.getByTestId('step-name')).first().waitFor()
    if (wanted.length === 0) continue
    await form.locator('[data-field]').first().waitFor()
    const more = form.getByRole('button', { name: /more settings?$/ })
    if ((await more.count()) > 0) await more.click()
    const drawn = await form.locator('[data-field]').evaluateAll((fields) => fields.map((field) => field.getAttribute('data-field')))
    expect([...drawn].sort(), type.type).toEqual([...wanted].sort())
    // What takes the focus stands in the order of the eyes: row by row, never back up, and nothing jumps the queue.
    const tops = await form
      .locator('input:not([tabindex="-1"]),textarea:not([tabindex="-1"]),button:not([tabindex="-1"]),select')
      .evaluateAll((all) => {
        const seen = all.filter((each) => each.getClientRects().length > 0)
        return seen.map((each) => ({
          bottom: each.getBoundingClientRect().bottom,
          top: each.getBoundingClientRect().top,
          order: (each as HTMLElement).tabIndex,
        }))
      })
    for (const [index, place] of tops.entries()) {
      expect(place.order, type.type).toBeLessThanOrEqual(0)
      const before = tops[index - 1]
      if (before !== undefined) expect(place.bottom, `${type.type} ${index}`).toBeGreaterThanOrEqual(before.top)
    }
  }
  await picture(page, 'form-last')
  expect(complaints).toEqual([])
})

test('T29–T31, T36, T37: data is dragged in, modes keep their values, a lost step is told, mistakes are mended, an endless expression is stopped', async () => {
  const { page, complaints } = await openWindow(browser)
  await signIn(page, product, product.account('admin'))
  const key = 'inspected'
  await put(
    page,
    key,
    [
      { id: 'start', type: 'core.event', config: { type: 'lead.created' } },
      { id: 'shape', type: 'core.transform', config: { value: { a: 1 } } },
      { id: 'tell', type: 'notify.rep', config: { title: 'Hello', text: 'Dear customer' } },
      { id: 'ask', type: 'core.branch', config: { when: 'nodes.shape.a = 1' } },
    ],
    [
      ['start', 'shape'],
      ['shape', 'tell'],
      ['tell', 'ask'],
    ],
  )
  await page.goto(`${product.url}/flows/${key}`)
  const canvas = new CanvasDriver(page)
  const inspector = page.getByTestId('inspector')

  // T29: a place in the data is dragged into a text.
  await canvas.step('tell').click()
  const field = inspector.locator('[data-field=text]')
  await inspector.getByTestId('data-drawer').locator('summary').click()
  const place = inspector.getByTestId('data-drawer').locator('[data-path^="event."]').first()
  const path = await place.getAttribute('data-path')
  await place.dragTo(field.locator('textarea'))
  await expect.poll(async () => (await saved(page, key, 'tell')).text).toContain(`{{ ${path} }}`)
  await field.getByTestId('preview').waitFor()
  await picture(page, 'inspect-dragged')

  // T30: fixed, picked, ƒ and back.
  const title = inspector.locator('[data-field=title]')
  const mode = (name: string) => title.locator(`[data-mode-choice=${name}]`).click()
  const fixed = (await saved(page, key, 'tell')).title
  await mode('picked')
  await title.getByTestId('picked').click()
  await page.locator('[data-path="event.id"]').last().click()
  await mode('expression')
  await title.locator('textarea').fill('"Hi " & event.id')
  await mode('fixed')
  await expect.poll(async () => (await saved(page, key, 'tell')).title).toBe(fixed)
  await mode('picked')
  await expect.poll(async () => (await saved(page, key, 'tell')).title).toBe('{% event.id %}')
  await mode('expression')
  await expect.poll(async () => (await saved(page, key, 'tell')).title).toBe('{% "Hi " & event.id %}')

  // T36: completion, a plain error with a way out, and the result.
  const expression = title.locator('textarea')
  await expression.fill('ev')
  await inspector.getByTestId('completions').getByText('event', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await expression.fill('event.id == "x"')
  await title.getByTestId('expression-fix').getByText('Replace == by =').waitFor()
  await title.getByTestId('expression-fix').click()
  await expect.poll(() => expression.inputValue()).toBe('event.id = "x"')
  await title.locator('[data-testid=preview][data-ok=true]').waitFor()

  // T37: an endless expression is stopped, and says so; the next one is answered.
  await expression.fill('($f := function($n) { $n < 0 ? 0 : $f($n + 1) }; $f(1))')
  await title.locator('[data-testid=preview][data-ok=false]').waitFor()
  await expression.fill('1 + 1')
  await title.locator('[data-testid=preview][data-ok=true]').getByText('2', { exact: true }).waitFor()

  // The large editor: several ways to see it, the same text.
  await title.getByRole('button', { name: 'Open the large editor' }).click({ force: true })
  await page.getByTestId('expression-dialog').getByRole('button', { name: 'Format' }).waitFor()
  await page.getByTestId('monaco').locator('.view-line').first().waitFor()
  await picture(page, 'inspect-expression')
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()

  // T31: a new name changes no reference; a step that is gone is told, with a way to pick again.
  await canvas.step('shape').click()
  await inspector.getByTestId('step-name').fill('Renamed')
  await page.getByTestId('canvas').focus()
  await expect.poll(async () => (await saved(page, key, 'ask')).when).toBe('nodes.shape.a = 1')
  await canvas.step('shape').click()
  await page.keyboard.press('Delete')
  await canvas.step('shape').waitFor({ state: 'detached' })
  await page.keyboard.press('Shift+P')
  const problem = page.getByTestId('problems').locator('[data-problem=SLU_FLOW_REFERENCE]')
  await problem.first().waitFor()
  await problem.getByRole('button', { name: 'Pick again' }).first().click()
  await inspector.getByTestId('rule-builder').waitFor()
  expect(complaints).toEqual([])
})
