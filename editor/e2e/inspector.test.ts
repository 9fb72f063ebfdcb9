import { nodeTypes } from '@sluice/nodes'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { CanvasDriver } from './canvas-driver.ts'
import { type Product, startProduct } from './product.ts'
import { word } from './words/index.ts'

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

/** A change of consent, a value made of it, an alert, and a question about the value. */
function putTelling(page: Page, key: string): Promise<void> {
  return put(
    page,
    key,
    [
      { id: 'start', type: 'consent.changed', config: {} },
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
}

async function put(page: Page, key: string, nodes: readonly Node[], edges: readonly (readonly [string, string])[]): Promise<void> {
  const file = {
    format: 'sluice/flow@1',
    key,
    name: key,
    nodes: nodes.map((node, at) => ({ ...node, at: [(at % 3) * 300, Math.floor(at / 3) * 150] })),
    edges: edges.map(([from, to]) => ({ from: `${from}.out`, to: `${to}.in` })),
    groups: [],
    notes: [],
    settings: {},
    parameters: {},
  }
  await apiOf(page, product).put(`/flows/${key}`, file)
}

async function saved(page: Page, key: string, id: string): Promise<Readonly<Record<string, unknown>>> {
  const { nodes } = await apiOf(page, product).get<{ readonly nodes: readonly Node[] }>(`/flows/${key}`)
  return nodes.find((node) => node.id === id)?.config ?? {}
}

test('T28: every built-in step type draws its whole form, and Tab goes from top to bottom', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const types = [...nodeTypes.values()]
  const canvas = new CanvasDriver(page)
  const form = page.getByTestId('config-form')
  // A few at a time, so that each step is in sight.
  for (let from = 0; from < types.length; from += 8) {
    const some = types.slice(from, from + 8)
    const key = `types-${from}`
    await put(
      page,
      key,
      some.map((type, at) => ({ id: `n${at}`, type: type.type, config: {} })),
      [],
    )
    await page.goto(`${product.url}/flows/${key}`)
    for (const [at, type] of some.entries()) {
      await canvas.step(`n${at}`).click()
      const properties = Object.entries((type.config as { properties?: Record<string, { 'x-edited-in'?: string }> }).properties ?? {})
      const wanted = properties.filter(([, schema]) => schema['x-edited-in'] === undefined).map(([name]) => name)
      if (wanted.length === 0) continue
      const drawn = () =>
        form.locator('[data-field]').evaluateAll((fields) => fields.map((field) => field.getAttribute('data-field') ?? '').sort())
      const more = form.getByRole('button', { name: /more settings?$/ })
      await form.locator(`[data-field="${wanted[0]}"]`).or(more).first().waitFor()
      if ((await more.count()) > 0 && (await more.getAttribute('aria-expanded')) === 'false') await more.click()
      await expect.poll(drawn, { message: type.type }).toEqual([...wanted].sort())
      // What a fresh step begins with is right, and nobody is blamed for what they have not filled in yet.
      expect(await form.locator('[aria-invalid="true"]').count(), type.type).toBe(0)
      // What takes the focus stands in the order of the eyes: never back up, and nothing jumps the queue.
      const places = await form
        .locator('input:not([tabindex="-1"]),textarea:not([tabindex="-1"]),button:not([tabindex="-1"])')
        .evaluateAll((all) =>
          all
            .filter((each) => each.getClientRects().length > 0 && each.closest('[aria-hidden=true]') === null)
            .map((each) => ({ ...each.getBoundingClientRect().toJSON(), order: (each as HTMLElement).tabIndex })),
        )
      for (const [index, place] of places.entries()) {
        expect(place.order, type.type).toBeLessThanOrEqual(0)
        const before = places[index - 1]
        if (before !== undefined) expect(place.bottom, `${type.type} ${index}`).toBeGreaterThanOrEqual(before.top)
      }
    }
  }
  await picture(page, 'form-last')
  expect(complaints).toEqual([])
})

test('T29: a place in the data dragged into a text is saved as a reference and shown with the sample', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const key = 'inspected'
  const nodes = [
    { id: 'start', type: 'consent.changed', config: { change: 'withdrawn' } },
    { id: 'tell', type: 'notify.rep', config: { title: 'Hello', text: 'Dear customer' } },
  ]
  await put(page, key, nodes, [['start', 'tell']])
  const api = apiOf(page, product)
  await api.post(`/flows/${key}/publish`)
  await api.post('/consents/withdraw', { customer: 'd-1004', all: true, channel: 'preference_page' })
  await expect.poll(async () => (await api.get<{ items: unknown[] }>(`/runs?flow=${key}`)).items.length).toBeGreaterThan(0)
  await page.goto(`${product.url}/flows/${key}`)
  const canvas = new CanvasDriver(page)
  const inspector = page.getByTestId('inspector')

  // T29: a place in the data is dragged into a text.
  await canvas.step('tell').click()
  const field = inspector.locator('[data-field=text]')
  await inspector.getByTestId('data-drawer').locator('summary').click()
  const place = inspector.getByTestId('data-drawer').locator('[data-path="event.subject"]').first()
  // The rows move until the form and the sample are there.
  const where = async () => JSON.stringify(await place.boundingBox())
  await expect
    .poll(async () => {
      const before = await where()
      await page.waitForTimeout(200)
      return before === (await where())
    })
    .toBe(true)
  await place.dragTo(field.locator('textarea'))
  await expect.poll(async () => (await saved(page, key, 'tell')).text).toContain('{{ event.subject }}')
  // It stands out of the text around it, and what a customer would read has the sample in its place.
  const colours = await field.locator('textarea').evaluate((area) => {
    const spans = [...(area.parentElement?.querySelectorAll('span') ?? [])]
    return ['event', 'Dear']
      .map((word) => spans.find((span) => span.textContent?.includes(word)))
      .map((span) => span && getComputedStyle(span).color)
  })
  expect(colours).toEqual([expect.stringMatching(/^\w/), expect.stringMatching(/^\w/)])
  expect(colours[0]).not.toBe(colours[1])
  await field.getByTestId('preview').getByText('d-1004', { exact: false }).waitFor()
  await picture(page, 'inspect-dragged')
  expect(complaints).toEqual([])
})

test('the type of an event is found by what it means, not by its code alone', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await put(page, 'meant', [{ id: 'start', type: 'core.event', config: { type: 'order.paid' } }], [])
  await page.goto(`${product.url}/flows/meant`)
  await new CanvasDriver(page).step('start').click()
  const type = page.getByTestId('inspector').locator('[data-field=type]').getByRole('combobox')
  await type.fill(word('A test drive is over'))
  await page.getByRole('option').first().waitFor()
  expect(await page.getByRole('option').allInnerTexts()).toEqual([expect.stringContaining('test_drive.completed')])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await saved(page, 'meant', 'start')).type).toBe('test_drive.completed')
  expect(complaints).toEqual([])
})

test('T31: a new name changes no reference, and a step that is gone is told with a way to pick again', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const key = 'renamed'
  await putTelling(page, key)
  await page.goto(`${product.url}/flows/${key}`)
  const canvas = new CanvasDriver(page)
  const inspector = page.getByTestId('inspector')

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

test('a frame says what it does with the lines inside, and a step in a loop how many rounds it allows', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const key = 'framed'
  const file = {
    format: 'sluice/flow@1',
    key,
    name: key,
    nodes: [
      { id: 'start', type: 'core.manual', at: [0, 0] },
      { id: 'ask', type: 'core.transform', config: { value: 1 }, at: [300, 80] },
      { id: 'more', type: 'core.branch', config: { when: 'input = 1' }, at: [560, 80] },
    ],
    edges: [
      { from: 'start.out', to: 'ask.in' },
      { from: 'ask.out', to: 'more.in' },
      { from: 'more.true', to: 'ask.in' },
    ],
    groups: [{ id: 'frame', name: 'Asking', nodes: ['ask', 'more'], at: [260, 20], size: [600, 200] }],
  }
  await apiOf(page, product).put(`/flows/${key}`, file)
  interface Stored {
    readonly nodes: readonly { readonly id: string; readonly loopLimit?: number }[]
    readonly groups: readonly Readonly<Record<string, unknown>>[]
  }
  const stored = () => apiOf(page, product).get<Stored>(`/flows/${key}`)
  await page.goto(`${product.url}/flows/${key}`)
  const canvas = new CanvasDriver(page)
  await canvas.step('ask').waitFor()
  await page.locator('[data-group-id=frame]').click({ position: { x: 12, y: 8 } })
  const options = page.getByTestId('group-options')
  await options.getByText('Undo completed steps when the frame ends early').click()
  await options.getByText('The first line that leaves ends the others inside').click()
  await expect.poll(async () => (await stored()).groups[0]).toMatchObject({ undo: true, cancel: true })
  await picture(page, 'inspect-frame')
  await canvas.step('ask').click()
  await page
    .getByRole('tab', { name: 'Failure and time' })
    .or(page.getByText('Options', { exact: true }))
    .first()
    .click()
  await page.getByRole('textbox', { name: 'Rounds at most' }).fill('20')
  await page.getByRole('textbox', { name: 'Rounds at most' }).press('Enter')
  await expect.poll(async () => (await stored()).nodes.find(({ id }) => id === 'ask')?.loopLimit).toBe(20)
  await picture(page, 'inspect-rounds')
  expect(complaints).toEqual([])
})

test('a limit on runs whose key is taken away counts all starts together, instead of keeping an empty expression', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await putTelling(page, 'limited')
  await page.goto(`${product.url}/flows/limited`)
  await page.getByText('When runs start and how they end').click()
  await page.getByText('Runs at a time for the same').click()
  const concurrency = async () => {
    const { settings } = await apiOf(page, product).get<{ readonly settings: { readonly concurrency?: unknown } }>('/flows/limited')
    return settings.concurrency
  }
  await expect.poll(concurrency).toEqual({ key: '{% event.subject %}', limit: 1, whenFull: 'queue' })
  await page.locator('#flow-concurrency').fill('')
  await expect.poll(concurrency).toEqual({ limit: 1, whenFull: 'queue' })
  expect(complaints).toEqual([])
})
