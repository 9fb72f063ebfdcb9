import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'
import { named, said, word } from './words/index.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** Fifty turns of a loop beside three lines that wait, each a little longer. */
const flow = {
  format: 'sluice/flow@1',
  key: 'turns',
  name: { en: 'Turns', 'zh-CN': '循环' },
  nodes: [
    { id: 'start', type: 'core.manual', config: {}, at: [0, 0] },
    { id: 'count', type: 'core.transform', name: 'Count', config: { value: '{% {"n": input.n + 1} %}' }, at: [260, 0] },
    { id: 'more', type: 'core.branch', config: { when: '{% input.n < 50 %}' }, at: [520, 0] },
    { id: 'one', type: 'core.wait', config: { for: 'PT1S' }, at: [260, 120] },
    { id: 'two', type: 'core.wait', config: { for: 'PT2S' }, at: [260, 240] },
    { id: 'three', type: 'core.wait', config: { for: 'PT3S' }, at: [260, 360] },
  ],
  edges: [
    { from: 'start.out', to: 'count.in' },
    { from: 'count.out', to: 'more.in' },
    { from: 'more.true', to: 'count.in' },
    { from: 'start.out', to: 'one.in' },
    { from: 'start.out', to: 'two.in' },
    { from: 'start.out', to: 'three.in' },
  ],
}

async function ended(page: Page, n: number): Promise<string> {
  const api = apiOf(page, product)
  const { run } = await api.post<{ run: string }>('/flows/turns/runs', { trigger: 'start', input: { n } })
  await expect.poll(async () => (await api.get<{ state: string }>(`/runs/${run}`)).state, { timeout: 30_000 }).toBe('succeeded')
  return run
}

test('a run is replayed: turns are picked, lines lie side by side in time, two runs are compared, and a fork leaves the run as it is', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const api = apiOf(page, product)
  await api.publish(flow)
  const [first, second] = [await ended(page, 0), await ended(page, 3)]
  const before = await api.get(`/runs/${first}/journal?limit=500`)

  await page.goto(`${product.url}/runs/${first}`)
  const replay = page.getByTestId('replay')
  await replay.waitFor()
  // Fifty turns: the seventh is picked, and its own data is shown (T47).
  await replay.locator('[data-step-id="count"]').click()
  const picker = replay.getByTestId('visit-picker').getByRole('combobox')
  await expect.poll(() => picker.locator('option').count()).toBe(50)
  await picker.selectOption({ label: word('Time 7 of 50') })
  await replay.getByRole('tab', { name: 'Output' }).click()
  await replay.getByRole('tabpanel', { name: 'Output' }).getByText('7', { exact: true }).waitFor()
  // The list goes along with the moment, in both directions; the address is not written with every move.
  const handle = replay.getByRole('slider')
  await page.evaluate(() => {
    const seen = globalThis as unknown as { written: number }
    seen.written = 0
    const replace = history.replaceState
    history.replaceState = function (...state) {
      seen.written += 1
      replace.apply(this, state)
    }
  })
  const inSight = () =>
    replay.getByRole('tabpanel', { name: 'What happened' }).evaluate((panel) => {
      const [room, moment] = [panel, panel.querySelector('[aria-current="step"]')].map((part) => part?.getBoundingClientRect())
      return room !== undefined && moment !== undefined && moment.top >= room.top - 1 && moment.bottom <= room.bottom + 1
    })
  await handle.focus()
  for (let turn = 0; turn < 20; turn += 1) await page.keyboard.press('PageUp')
  await page.keyboard.press('End')
  await expect.poll(inSight).toBe(true)
  for (let turn = 0; turn < 20; turn += 1) await page.keyboard.press('PageDown')
  await page.keyboard.press('Home')
  await expect.poll(inSight).toBe(true)
  await expect.poll(() => page.url()).toMatch(/step=1$/)
  expect(await page.evaluate(() => (globalThis as unknown as { written: number }).written)).toBeLessThan(20)
  // A chosen wire shows what passed, also where its step was asked why;
  await replay.getByRole('tab', { name: 'Why' }).click()
  // it shows what passed it last, also at a moment at which its step is at work again (T45).
  const wire = await replay.locator('[data-edge="count.out>more.in"] path').first().boundingBox()
  if (wire === null) throw new Error('The wire is not on the screen')
  await page.mouse.click(wire.x + wire.width / 2, wire.y + wire.height / 2)
  await replay.getByRole('heading', { name: said(named('Count'), '→', 'Branch') }).waitFor()
  await replay.getByRole('tabpanel', { name: 'Output' }).waitFor()
  await replay
    .getByRole('list', { name: 'What happened' })
    .getByRole('button', { name: said('Branch', 'done') })
    .nth(2)
    .click()
  await replay.getByRole('tab', { name: 'Output' }).click()
  await replay.getByRole('tabpanel', { name: 'Output' }).getByText('3', { exact: true }).waitFor()
  // Three lines on one axis of time: each longer than the one before, all at once (T47, T50).
  await replay.getByRole('tab', { name: 'Time axis' }).click()
  const widths = await Promise.all(
    ['one', 'two', 'three'].map(async (node) => (await replay.locator(`[data-node="${node}"] button`).boundingBox()) ?? { x: 0, width: 0 }),
  )
  expect(widths[0]?.width).toBeLessThan(widths[1]?.width ?? 0)
  expect(widths[1]?.width).toBeLessThan(widths[2]?.width ?? 0)
  expect(Math.abs((widths[0]?.x ?? 0) - (widths[2]?.x ?? 9))).toBeLessThan(4)
  await picture(page, 'replay-lanes')

  // Two runs: the first difference is looked at, the list is complete (T48).
  await replay.getByRole('button', { name: 'Compare…' }).click()
  await page.getByRole('dialog').getByLabel('Or any run, by its id').fill(second)
  await page.getByRole('dialog').getByRole('button', { name: 'Compare', exact: true }).click()
  const compare = replay.getByTestId('compare')
  await compare.locator('[data-difference]').first().waitFor()
  await expect.poll(() => compare.locator('[data-difference]').first().getAttribute('data-difference')).toBe('start')
  // The start, 46 turns with other numbers besides the last branch, and what only this run did: three turns of two steps.
  await expect.poll(() => compare.locator('[data-difference="count"][data-kind="only-here"]').count()).toBe(3)
  await expect.poll(() => compare.locator('[data-difference="count"][data-kind="data"]').count()).toBe(47)
  await picture(page, 'replay-compare')
  await compare.getByRole('button', { name: 'Stop comparing' }).click()

  // From the fifth turn on with other data, in the sandbox (T49).
  await replay.locator('[data-step-id="count"]').click()
  await picker.selectOption({ label: word('Time 5 of 50') })
  await replay.getByRole('button', { name: 'Fork from here…' }).click()
  await page.getByTestId('fork-dialog').getByLabel('Data that leaves (JSON)').fill('{ "n": 48 }')
  await page.getByRole('dialog').getByRole('button', { name: 'Fork', exact: true }).click()
  const sandbox = page.getByTestId('sandbox')
  await sandbox.locator('[data-testid="simulate-state"][data-run-state="waiting"]').waitFor()
  await sandbox.getByText('Sandbox · fork of run').waitFor()
  // Five turns were real, two more led to fifty.
  await sandbox.locator('[data-step-id="count"]').click()
  await expect.poll(() => sandbox.getByTestId('visit-picker').locator('option').count()).toBe(7)
  await sandbox.getByRole('button', { name: '1 hour' }).click()
  await sandbox.locator('[data-testid="simulate-state"][data-run-state="succeeded"]').waitFor()
  await picture(page, 'replay-fork')
  expect(await api.get(`/runs/${first}/journal?limit=500`)).toEqual(before)
  const { items } = await api.get<{ items: unknown[] }>('/runs?flow=turns')
  expect(items).toHaveLength(2)
  await sandbox.getByRole('button', { name: 'Back to the run' }).click()
  await replay.waitFor()
  expect(complaints).toEqual([])
})

test('T50: a customer who says that the price is too high starts three branches at once, and the replay shows them overlapping in time', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const quote = { amount: 31_900_000, currency: 'CNY' }
  const run = await apiOf(page, product).send({ type: 'message.received', subject: 'd-1001', data: { text: '价格太高了', quote } })
  await page.goto(`${product.url}/runs/${run}`)
  const replay = page.getByTestId('replay')
  for (const node of ['legal', 'director']) await replay.locator(`[data-step-id="${node}"][data-state="waiting-person"]`).waitFor()
  await replay.locator('[data-step-id="plan"][data-state="done"]').waitFor()
  await replay.getByRole('tab', { name: 'Time axis' }).click()
  // Two of them still wait: the axis reaches to this moment and goes on with it, though nothing else happens.
  for (const node of ['legal', 'director']) await replay.locator(`[data-node="${node}"] button[data-open="true"]`).waitFor()
  const waited = () => replay.locator('[data-node="legal"] button').getAttribute('aria-label')
  const before = await waited()
  await expect.poll(waited, { timeout: 15_000 }).not.toBe(before)
  const bars = () =>
    Promise.all(['plan', 'legal', 'director'].map((node) => replay.locator(`[data-node="${node}"] button`).first().boundingBox()))
  await expect.poll(async () => (await bars()).every((box) => box !== null)).toBe(true)
  const ends = (box: { readonly x: number; readonly width: number } | undefined) => (box?.x ?? 0) + (box?.width ?? 0)
  const [plan, legal, director] = (await bars()).map((box) => box ?? { x: Number.NaN, width: 0 })
  // The two that wait for people lie beside each other for as long as they wait; the third began and ended while they did.
  expect(Math.abs((legal?.x ?? 0) - (director?.x ?? Number.NaN))).toBeLessThan(6)
  expect(Math.min(ends(legal), ends(director)) - Math.max(legal?.x ?? 0, director?.x ?? 0)).toBeGreaterThan(20)
  expect(plan?.x).toBeGreaterThanOrEqual((legal?.x ?? 0) - 6)
  expect(plan?.x).toBeLessThan(ends(legal))
  await picture(page, 'replay-three-branches')
  expect(complaints).toEqual([])
})

test('a long run opens near enough to be read, at the step it stands on; the keys of the canvas show all of it and come back', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const quote = { amount: 31_900_000, currency: 'CNY' }
  const run = await apiOf(page, product).send({ type: 'message.received', subject: 'd-1007', data: { text: 'too expensive', quote } })
  await page.goto(`${product.url}/runs/${run}`)
  const bar = page.getByTestId('picture-bar')
  await bar.waitFor()
  const percent = async () => Number.parseFloat(await bar.getByText('%').innerText())
  expect(await percent()).toBeGreaterThanOrEqual(45)
  const drawing = page.getByTestId('canvas')
  const step = page.locator('[data-step-id="director"], [data-step-id="legal"]').first()
  const isInside = async () => {
    const [room, box] = await Promise.all([drawing.boundingBox(), step.boundingBox()])
    return room !== null && box !== null && box.x >= room.x && box.x + box.width <= room.x + room.width
  }
  await expect.poll(isInside).toBe(true)
  await drawing.focus()
  await page.keyboard.press('1')
  await expect.poll(percent).toBeLessThan(45)
  await page.keyboard.press('0')
  await expect.poll(percent).toBe(100)
  expect(complaints).toEqual([])
})
