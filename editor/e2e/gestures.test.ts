import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture, type Window } from './browser.ts'
import { CanvasDriver } from './canvas-driver.ts'
import { type Product, startProduct } from './product.ts'
import { word } from './words/index.ts'

let product: Product
let browser: Browser
let window: Window
let page: Page
let canvas: CanvasDriver

interface File {
  readonly nodes: readonly {
    readonly id: string
    readonly at?: readonly [number, number]
    readonly name?: string
    readonly config?: unknown
  }[]
  readonly edges: readonly { readonly from: string; readonly to: string }[]
  readonly groups?: readonly unknown[]
}

/** start → a → b → c in one row, and d alone below. */
const chain = {
  nodes: [
    { id: 'start', type: 'core.manual', config: {}, at: [0, 8] },
    { id: 'a', type: 'core.transform', name: 'Alpha', config: { value: 1 }, at: [312, 0] },
    { id: 'b', type: 'core.transform', name: 'Beta', config: { value: 2 }, at: [624, 0] },
    { id: 'c', type: 'core.transform', name: 'Gamma', config: { value: 3 }, at: [936, 0] },
    { id: 'd', type: 'core.transform', name: 'Delta', config: { value: 4 }, at: [312, 240] },
  ],
  edges: [
    { from: 'start.out', to: 'a.in' },
    { from: 'a.out', to: 'b.in' },
    { from: 'b.out', to: 'c.in' },
  ],
}

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  window = await openWindow(browser)
  page = window.page
  canvas = new CanvasDriver(page)
  await enter(page, product, product.account('admin'))
})

beforeEach(() => {
  window.complaints.length = 0
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

let made = 0

/** Opens a fresh flow with these steps, seen whole at the same zoom every time. */
async function open(flow: object = chain): Promise<string> {
  made += 1
  const key = `gestures-${made}`
  await apiOf(page, product).put(`/flows/${key}`, { format: 'sluice/flow@1', key, name: key, ...flow })
  await page.goto(`${product.url}/flows/${key}`)
  await canvas.surface.waitFor()
  await page.getByText('Saved', { exact: true }).waitFor()
  await page.keyboard.press('1')
  return key
}

/** What the server has, once everything is sent. */
async function saved(key: string): Promise<File> {
  await page.getByText('Saved', { exact: true }).waitFor()
  return apiOf(page, product).get(`/flows/${key}`)
}

const wires = (file: File) => file.edges.map(({ from, to }) => `${from}>${to}`).sort()
const placeOf = (file: File, id: string) => file.nodes.find((node) => node.id === id)?.at
const undos = () => page.getByRole('button', { name: /^Undo/ })

async function spot(id: string, x = 0.5, y = 0.7): Promise<{ x: number; y: number }> {
  const box = await canvas.step(id).boundingBox()
  if (box === null) throw new Error(`${id} is not on the screen`)
  return { x: box.x + box.width * x, y: box.y + box.height * y }
}

async function port(step: string, side: 'in' | 'out', name = side): Promise<{ x: number; y: number }> {
  const box = await canvas.surface.locator(`[data-port-step="${step}"][data-port="${name}"][data-port-side="${side}"]`).boundingBox()
  if (box === null) throw new Error(`no port ${name} of ${step}`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function drag(
  from: { x: number; y: number },
  to: { x: number; y: number },
  before: () => Promise<void> = async () => {},
): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + Math.sign(to.x - from.x) * 6, from.y + Math.sign(to.y - from.y) * 6, { steps: 2 })
  await page.mouse.move(to.x, to.y, { steps: 10 })
  await before()
  await page.mouse.up()
}

/** How much of the card of a step can be seen. */
const faintest = (id: string) =>
  canvas.step(id).evaluate((step) => {
    const words = document.createTreeWalker(step, NodeFilter.SHOW_TEXT).nextNode()
    let opacity = 1
    for (let up = words?.parentElement ?? null; up !== null && step.contains(up); up = up.parentElement)
      opacity *= Number(getComputedStyle(up).opacity)
    return opacity
  })

const chosen = async () =>
  (
    await canvas.surface
      .locator('[data-step-id][data-selected="true"]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-step-id') ?? ''))
  ).sort()

test('T01 a blank flow: double-click, pinyin initials, Enter puts the step at the pointer, selected, its settings open', async () => {
  await open({ nodes: [], edges: [] })
  const frame = await canvas.surface.boundingBox()
  if (frame === null) throw new Error('no canvas')
  const at = { x: Math.round(frame.x + frame.width * 0.3), y: Math.round(frame.y + frame.height * 0.25) }
  await page.mouse.dblclick(at.x, at.y)
  await page.getByTestId('quick-add').locator('input:focus').waitFor()
  await page.keyboard.type('sqbg')
  await page.getByTestId('quick-add').locator('[data-node-type="consent.changed"]').waitFor()
  await page.keyboard.press('Enter')
  const step = canvas.stepOfType('consent.changed')
  await step.waitFor()
  const box = await step.boundingBox()
  expect(Math.abs((box?.x ?? 0) - at.x)).toBeLessThanOrEqual(8)
  expect(Math.abs((box?.y ?? 0) + (box?.height ?? 0) / 2 - at.y)).toBeLessThanOrEqual(14)
  await expect.poll(() => step.getAttribute('data-selected')).toBe('true')
  await page.getByTestId('inspector').getByText('When consent is').first().waitFor()
  expect(window.complaints).toEqual([])
})

test('T02 a step from the palette dropped on a wire goes into it, the chain stays straight, one undo', async () => {
  const key = await open()
  const item = page.getByTestId('palette').locator('[data-node-type="core.wait"]')
  await item.scrollIntoViewIfNeeded()
  const from = await item.boundingBox()
  const [left, right] = [await port('a', 'out'), await port('b', 'in')]
  if (from === null) throw new Error('no palette')
  await drag({ x: from.x + 40, y: from.y + 12 }, { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 })
  await canvas.stepOfType('core.wait').waitFor()
  const file = await saved(key)
  expect(wires(file)).toEqual(['a.out>wait.in', 'b.out>c.in', 'start.out>a.in', 'wait.out>b.in'])
  expect(new Set(['a', 'wait', 'b'].map((id) => placeOf(file, id)?.[1])).size).toBe(1)
  await page.keyboard.press('Control+z')
  await expect.poll(() => undos().isDisabled()).toBe(true)
  const back = await saved(key)
  expect([back.nodes, back.edges]).toEqual([chain.nodes, chain.edges])
  expect(window.complaints).toEqual([])
})

test('T03 T04 a wire into the empty opens quick add with what fits first and wires the choice; onto a trigger it is refused with the reason', async () => {
  const key = await open({
    nodes: [...chain.nodes, { id: 'other', type: 'core.manual', config: {}, at: [624, 240] }],
    edges: chain.edges,
  })
  const empty = await spot('c', 0.5, 2.2)
  await drag(await port('d', 'out'), { x: empty.x, y: empty.y })
  const box = page.getByTestId('quick-add')
  await box.waitFor()
  const refused = await box
    .locator('[role="option"]')
    .evaluateAll((all) => all.map((each) => each.getAttribute('aria-disabled') === 'true'))
  expect(refused.length).toBeGreaterThan(10)
  expect(refused).toContain(true)
  expect(refused.lastIndexOf(false)).toBeLessThan(refused.indexOf(true))
  await page.keyboard.type('wait')
  await box.locator('[data-node-type="core.wait"]').waitFor()
  await page.keyboard.press('Enter')
  await canvas.stepOfType('core.wait').waitFor()
  expect(wires(await saved(key))).toContain('d.out>wait.in')

  // A step that starts a flow takes no wire: it fades, others' ports grow, and the reason stands beside the pointer.
  const before = wires(await saved(key))
  await drag(await port('d', 'out'), await spot('other'), async () => {
    await page.getByText('starts a flow, so nothing can lead into it').first().waitFor()
    await expect.poll(() => canvas.step('c').getAttribute('data-takes')).toBe('in')
    await expect.poll(() => canvas.step('other').getAttribute('data-takes')).toBeNull()
    // Faded, or a part of it is: seen beside one that takes the wire.
    await expect.poll(async () => [await faintest('c'), await faintest('other')].map((each) => each < 1)).toEqual([false, true])
    await picture(page, 'gesture-refused')
  })
  expect(wires(await saved(key))).toEqual(before)

  // On the body of a step: its best port.
  await drag(await port('d', 'out'), await spot('c'))
  await expect.poll(async () => wires(await saved(key))).toContain('d.out>c.in')
  expect(window.complaints).toEqual([])
})

test('T05 a box to the right takes what it encloses, to the left what it touches; Shift adds, Alt removes, Escape gives it up', async () => {
  await open()
  const [a, b, d] = [await spot('a', 0, 0), await spot('b', 1, 1), await spot('d', 0.5, 0.5)]
  const leftTop = { x: a.x - 12, y: a.y - 14 }
  const middleOfB = { x: b.x - 60, y: b.y + 14 }
  await drag(leftTop, middleOfB)
  await expect.poll(() => chosen()).toEqual(['a'])
  await drag(middleOfB, leftTop, async () => {
    await expect.poll(() => page.getByTestId('selection-box').getAttribute('data-touching')).toBe('true')
    await picture(page, 'gesture-box')
  })
  await expect.poll(() => chosen()).toEqual(['a', 'b'])
  await page.keyboard.down('Shift')
  await drag({ x: d.x - 140, y: d.y - 60 }, { x: d.x + 140, y: d.y + 60 })
  await page.keyboard.up('Shift')
  await expect.poll(() => chosen()).toEqual(['a', 'b', 'd'])
  await page.keyboard.down('Alt')
  await drag(leftTop, { x: b.x + 10, y: b.y + 14 })
  await page.keyboard.up('Alt')
  await expect.poll(() => chosen()).toEqual(['d'])
  await drag(leftTop, middleOfB, async () => {
    await expect.poll(() => chosen()).toEqual(['a'])
    await page.keyboard.press('Escape')
    // A hand does not let go at once.
    await page.waitForTimeout(120)
  })
  await expect.poll(() => chosen()).toEqual(['d'])
  expect(window.complaints).toEqual([])
})

test('T06 thirty steps moved together stay on the grid with guides and distances shown; one undo; Escape puts all back; Ctrl leaves the grid', async () => {
  const many = Array.from({ length: 30 }, (_, index) => ({
    id: `s${index}`,
    type: 'core.transform',
    config: { value: index },
    at: [(index % 6) * 240, Math.floor(index / 6) * 120] as [number, number],
  }))
  const key = await open({ nodes: [...many, { id: 'still', type: 'core.transform', config: { value: 1 }, at: [1_680, 0] }], edges: [] })
  await page.keyboard.press('Control+a')
  await page.keyboard.down('Shift')
  await canvas.step('still').click()
  await page.keyboard.up('Shift')
  await expect.poll(() => chosen()).toHaveLength(30)
  const at = await spot('s7')
  await drag(at, { x: at.x + 37, y: at.y + 19 }, async () => {
    await expect.poll(() => page.getByTestId('guide').or(page.getByTestId('gap')).count()).toBeGreaterThan(0)
  })
  const moved = await saved(key)
  for (const node of moved.nodes) for (const value of node.at ?? []) expect(Math.abs(value % 8), node.id).toBe(0)
  // All by as much, and what was not chosen by nothing.
  const [dx, dy] = placeOf(moved, 's0') ?? [0, 0]
  expect([dx, dy]).not.toEqual([0, 0])
  expect(moved.nodes.map(({ at }) => at)).toEqual([...many.map(({ at: [x, y] }) => [x + dx, y + dy]), [1_680, 0]])
  const asBefore = [...many.map(({ at }) => at), [1_680, 0]]
  const places = async () => (await saved(key)).nodes.map(({ at }) => at)
  await page.keyboard.press('Control+z')
  await expect.poll(() => undos().isDisabled()).toBe(true)
  await expect.poll(places).toEqual(asBefore)

  const from = await spot('s7')
  await drag(from, { x: from.x + 60, y: from.y + 60 }, async () => page.keyboard.press('Escape'))
  await expect.poll(() => undos().isDisabled()).toBe(true)
  expect(await places()).toEqual(asBefore)
  await canvas.step('still').click()
  const still = await spot('still')
  await drag(still, { x: still.x + 21, y: still.y + 33 }, async () => {
    await page.keyboard.down('Control')
    await page.mouse.move(still.x + 23, still.y + 35, { steps: 2 })
  })
  await page.keyboard.up('Control')
  const free = placeOf(await saved(key), 'still') ?? [0, 0]
  expect(free.some((value) => value % 8 !== 0)).toBe(true)
  expect(window.complaints).toEqual([])
})

test('T07 Alt-drag duplicates with inner wires and not outer ones, and the originals stay', async () => {
  const key = await open()
  await canvas.step('a').click()
  await page.keyboard.down('Shift')
  await canvas.step('b').click()
  await page.keyboard.up('Shift')
  const at = await spot('a')
  await page.keyboard.down('Alt')
  await drag(at, { x: at.x, y: at.y + 230 }, async () => {
    await page.getByText('Copies', { exact: true }).waitFor()
    await picture(page, 'gesture-copy')
  })
  await page.keyboard.up('Alt')
  await expect.poll(() => canvas.steps().count()).toBe(7)
  const file = await saved(key)
  expect(wires(file)).toEqual(['a.out>b.in', 'a2.out>b2.in', 'b.out>c.in', 'start.out>a.in'])
  expect(placeOf(file, 'a')).toEqual([312, 0])
  await page.keyboard.press('Control+z')
  await expect.poll(() => undos().isDisabled()).toBe(true)
  const back = await saved(key)
  expect([back.nodes, back.edges]).toEqual([chain.nodes, chain.edges])
  expect(window.complaints).toEqual([])
})

test('T08 deleting a middle step joins its neighbours, with Shift it leaves the gap; the focus stays on the canvas, undo is exact', async () => {
  const key = await open()
  for (const [keys, left] of [
    ['Delete', ['a.out>c.in', 'start.out>a.in']],
    ['Shift+Delete', ['start.out>a.in']],
  ] as const) {
    await canvas.step('b').click()
    await page.keyboard.press(keys)
    await canvas.step('b').waitFor({ state: 'detached' })
    expect(wires(await saved(key))).toEqual(left)
    await expect.poll(() => canvas.surface.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Control+z')
    const back = await saved(key)
    expect([back.nodes, back.edges]).toEqual([chain.nodes, chain.edges])
  }
  expect(window.complaints).toEqual([])
})

test('T09 the end of a wire moves to another step, or off into the empty; each is one undo, and nothing else opens', async () => {
  const key = await open()
  const end = await port('c', 'in')
  await drag({ x: end.x - 9, y: end.y }, await spot('d'))
  await expect.poll(async () => wires(await saved(key))).toEqual(['a.out>b.in', 'b.out>d.in', 'start.out>a.in'])
  await page.keyboard.press('Control+z')
  await expect.poll(() => undos().isDisabled()).toBe(true)
  await drag({ x: end.x - 9, y: end.y }, await spot('c', -0.2, 2.5))
  await expect.poll(async () => wires(await saved(key))).toEqual(['a.out>b.in', 'start.out>a.in'])
  await expect.poll(() => page.getByTestId('quick-add').count()).toBe(0)
  await page.keyboard.press('Control+z')
  await expect.poll(() => undos().isDisabled()).toBe(true)
  expect((await saved(key)).edges).toEqual(chain.edges)
  // The other end, which the wire leaves from, in the same way.
  const begin = await port('b', 'out')
  await drag({ x: begin.x + 9, y: begin.y }, await spot('d'))
  await expect.poll(async () => wires(await saved(key))).toEqual(['a.out>b.in', 'd.out>c.in', 'start.out>a.in'])
  await page.keyboard.press('Control+z')
  await expect.poll(() => undos().isDisabled()).toBe(true)
  expect(window.complaints).toEqual([])
})

test('the chosen wire is taken at the very ports it ends in; a port of no chosen wire draws a new one', async () => {
  const key = await open()
  const [begin, end] = [await port('b', 'out'), await port('c', 'in')]
  await page.mouse.click(begin.x + (end.x - begin.x) * 0.3, begin.y)
  await drag(end, await spot('d'))
  await expect.poll(async () => wires(await saved(key))).toEqual(['a.out>b.in', 'b.out>d.in', 'start.out>a.in'])
  await page.keyboard.press('Control+z')
  await expect.poll(() => undos().isDisabled()).toBe(true)
  await page.mouse.click(begin.x + (end.x - begin.x) * 0.3, begin.y)
  await drag(begin, await spot('d'))
  await expect.poll(async () => wires(await saved(key))).toEqual(['a.out>b.in', 'd.out>c.in', 'start.out>a.in'])
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Escape')
  await expect.poll(() => undos().isDisabled()).toBe(true)
  await drag(begin, await spot('d'))
  await expect.poll(async () => wires(await saved(key))).toEqual(['a.out>b.in', 'b.out>c.in', 'b.out>d.in', 'start.out>a.in'])
  expect(window.complaints).toEqual([])
})

test('Escape lets go of a wire in the hand, a new one or the end of one, and nothing is changed or opened', async () => {
  const key = await open()
  const letGo = async () => page.keyboard.press('Escape')
  await drag(await port('c', 'out'), await port('d', 'in'), letGo)
  await drag(await port('c', 'out'), await spot('d'), letGo)
  await drag(await port('c', 'out'), await spot('c', 0.5, 3), letGo)
  const end = await port('c', 'in')
  await drag({ x: end.x - 9, y: end.y }, await spot('d'), letGo)
  await drag({ x: end.x - 9, y: end.y }, await spot('c', -0.2, 2.5), letGo)
  await expect.poll(() => page.getByTestId('quick-add').count()).toBe(0)
  expect(await undos().isDisabled()).toBe(true)
  expect((await saved(key)).edges).toEqual(chain.edges)
  await drag(await port('c', 'out'), await port('d', 'in'))
  await expect.poll(async () => wires(await saved(key))).toContain('c.out>d.in')
  expect(window.complaints).toEqual([])
})

test('off the grid a step still stands on whole points, and the zoom is told in whole hundredths', async () => {
  const key = await open()
  await page.keyboard.down('Control')
  await drag(await spot('d'), await spot('d', 0.63, 0.9))
  await page.keyboard.up('Control')
  await expect.poll(() => undos().isDisabled()).toBe(false)
  const at = placeOf(await saved(key), 'd') ?? []
  expect(at.map((each) => Number.isInteger(each))).toEqual([true, true])
  expect(at).not.toEqual([312, 240])
  expect(await page.getByRole('toolbar').getByText('%').innerText()).toMatch(/^\d+%$/)
  expect(window.complaints).toEqual([])
})

test('what is described is drawn as steps in a row, kept or thrown away as one step of undo, also into a wire and in Chinese', async () => {
  const key = await open()
  await canvas.surface.focus()
  await canvas.step('c').click()
  await page.keyboard.press('a')
  const box = page.getByTestId('quick-add')
  await box.locator('input:focus').waitFor()
  await page.keyboard.type('wait two days, then alert the rep')
  await box.getByText('Describe what you want', { exact: true }).waitFor()
  await page.keyboard.press('Enter')
  const drawn = page.getByTestId('described')
  await expect
    .poll(async () => wires(await saved(key)))
    .toEqual(['a.out>b.in', 'b.out>c.in', 'c.out>wait.in', 'start.out>a.in', 'wait.out>rep.in'])
  await expect.poll(chosen).toEqual(['rep', 'wait'])
  await drawn.getByRole('button', { name: 'Discard' }).click()
  await expect.poll(async () => (await saved(key)).edges).toEqual(chain.edges)
  await expect.poll(() => undos().isDisabled()).toBe(true)
  await page.keyboard.press('1')
  const [begin, end] = [await port('a', 'out'), await port('b', 'in')]
  await page.mouse.dblclick(begin.x + (end.x - begin.x) * 0.3, begin.y)
  await box.locator('input:focus').waitFor()
  await page.keyboard.insertText('脱敏字段，然后等待')
  await box.locator('[data-pick="describe"]').waitFor()
  await page.keyboard.press('Enter')
  await drawn.getByRole('button', { name: 'Keep' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => drawn.count()).toBe(0)
  const kept = ['a.out>maskFields.in', 'b.out>c.in', 'maskFields.out>wait.in', 'start.out>a.in', 'wait.out>b.in']
  await expect.poll(async () => wires(await saved(key))).toEqual(kept)
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await saved(key)).edges).toEqual(chain.edges)
  await expect.poll(() => undos().isDisabled()).toBe(true)
  expect(window.complaints).toEqual([])
})

test('T10 one stroke with Ctrl and Shift cuts every wire it crosses, and one undo mends them', async () => {
  const key = await open({
    nodes: [
      { id: 'start', type: 'core.manual', config: {}, at: [0, 150] },
      ...[0, 1, 2].map((index) => ({ id: `s${index}`, type: 'core.transform', config: { value: index }, at: [400, index * 140] })),
    ],
    edges: [0, 1, 2].map((index) => ({ from: 'start.out', to: `s${index}.in` })),
  })
  const [top, bottom] = [await spot('s0', -0.15, -0.3), await spot('s2', -0.15, 1.3)]
  await page.keyboard.down('Control')
  await page.keyboard.down('Shift')
  await drag(top, bottom, async () => picture(page, 'gesture-cut'))
  await page.keyboard.up('Shift')
  await page.keyboard.up('Control')
  await expect.poll(async () => wires(await saved(key))).toEqual([])
  await page.keyboard.press('Control+z')
  await expect.poll(async () => wires(await saved(key))).toHaveLength(3)
  await expect.poll(() => undos().isDisabled()).toBe(true)
  expect(window.complaints).toEqual([])
})

test('a click on one of several selected steps selects it alone; Escape while naming a step gives it its old name back', async () => {
  const key = await open()
  await canvas.step('a').click()
  await page.keyboard.down('Shift')
  await canvas.step('b').click()
  await page.keyboard.up('Shift')
  await expect.poll(chosen).toEqual(['a', 'b'])
  await canvas.step('b').click()
  await expect.poll(chosen).toEqual(['b'])
  await page.keyboard.press('F2')
  const field = page.getByTestId('step-rename')
  await field.waitFor()
  await field.fill('')
  await field.fill('Never mind')
  await page.keyboard.press('Escape')
  await canvas.step('b').getByText('Beta', { exact: true }).waitFor()
  expect((await saved(key)).nodes).toEqual(chain.nodes)
  await page.keyboard.press('F2')
  await field.waitFor()
  await field.fill('Kept')
  await page.keyboard.press('Enter')
  await canvas.step('b').getByText('Kept', { exact: true }).waitFor()
  await page.keyboard.press('Control+z')
  await canvas.step('b').getByText('Beta', { exact: true }).waitFor()
  expect(window.complaints).toEqual([])
})

test('a wired step leaves its chain when shaken or dragged away with Alt, goes into another wire, and each is one undo', async () => {
  const key = await open()
  const at = await spot('b')
  await page.mouse.move(at.x, at.y)
  await page.mouse.down()
  for (let turn = 0; turn < 8; turn++) await page.mouse.move(at.x + (turn % 2 === 0 ? 50 : -10), at.y + 10 + turn, { steps: 2 })
  await page.mouse.move(at.x + 20, at.y + 180, { steps: 4 })
  await page.getByText('Leaves its chain').waitFor()
  await page.mouse.up()
  await expect.poll(async () => wires(await saved(key))).toEqual(['a.out>c.in', 'start.out>a.in'])
  await page.keyboard.press('Control+z')
  await expect.poll(() => undos().isDisabled()).toBe(true)

  await drag(await spot('b'), { x: at.x, y: at.y + 180 }, async () => {
    await page.keyboard.down('Alt')
    await page.mouse.move(at.x + 4, at.y + 184)
  })
  await page.keyboard.up('Alt')
  await expect.poll(async () => wires(await saved(key))).toEqual(['a.out>c.in', 'start.out>a.in'])
  await page.keyboard.press('Control+z')

  const [left, right] = [await port('a', 'out'), await port('b', 'in')]
  const d = await spot('d', 0.5, 0.5)
  await drag(d, { x: (left.x + right.x) / 2, y: left.y })
  await expect.poll(async () => wires(await saved(key))).toEqual(['a.out>d.in', 'b.out>c.in', 'd.out>b.in', 'start.out>a.in'])
  await page.keyboard.press('Control+z')
  await expect.poll(() => undos().isDisabled()).toBe(true)
  expect(window.complaints).toEqual([])
})

test('T13 a frame folds to one card and opens again, outside wires keep their ends, and ungrouping leaves the steps', async () => {
  const key = await open()
  await canvas.step('a').click()
  await page.keyboard.down('Shift')
  await canvas.step('b').click()
  await page.keyboard.up('Shift')
  await page.keyboard.press('Control+g')
  await page.keyboard.press('g')
  await canvas.step('a').waitFor({ state: 'detached' })
  await canvas.step('c').waitFor()
  await expect.poll(() => page.locator('[data-edge]').count()).toBe(2)
  await picture(page, 'gesture-folded')
  expect(wires(await saved(key))).toEqual(['a.out>b.in', 'b.out>c.in', 'start.out>a.in'])
  await page.keyboard.press('g')
  await canvas.step('a').waitFor()
  await expect.poll(() => page.locator('[data-edge]').count()).toBe(3)
  await page.keyboard.press('Control+Shift+g')
  const file = await saved(key)
  expect([file.nodes, file.edges, file.groups ?? []]).toEqual([chain.nodes, chain.edges, []])
  expect(window.complaints).toEqual([])
})

test('right-drag, middle-drag and Space-drag move the view, also from a step; a right-click without movement opens the menu', async () => {
  await open()
  const before = await spot('a')
  for (const button of ['right', 'middle'] as const) {
    const at = await spot('b')
    await page.mouse.move(at.x, at.y)
    await page.mouse.down({ button })
    await page.mouse.move(at.x + 20, at.y + 12, { steps: 3 })
    await page.mouse.move(at.x + 40, at.y + 24, { steps: 3 })
    await page.mouse.up({ button })
    await expect.poll(() => page.getByRole('menu').count()).toBe(0)
  }
  await page.keyboard.down('Space')
  const at = await spot('b')
  await drag(at, { x: at.x + 40, y: at.y + 24 })
  await page.keyboard.up('Space')
  const after = await spot('a')
  expect(Math.round(after.x - before.x)).toBeGreaterThan(100)
  await expect.poll(() => undos().isDisabled()).toBe(true)
  await canvas.step('a').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /Duplicate/ }).waitFor()
  await picture(page, 'gesture-menu')
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  await expect.poll(() => canvas.surface.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(window.complaints).toEqual([])
})

test('a pointer that rests on a wire or a step is told what passed there last', async () => {
  await open()
  const [left, right] = [await port('a', 'out'), await port('b', 'in')]
  await page.mouse.move((left.x + right.x) / 2, left.y)
  await page.getByTestId('hover-card').getByText('Last data').waitFor()
  await picture(page, 'gesture-hover')
  const b = await spot('b')
  await page.mouse.move(b.x, b.y, { steps: 4 })
  await page.getByTestId('hover-card').getByText('Last run').waitFor()
  await page.mouse.move(b.x, b.y + 300, { steps: 4 })
  await page.getByTestId('hover-card').waitFor({ state: 'detached' })
  expect(window.complaints).toEqual([])
})

test('what was placed last stands first in the palette: folded until it is wanted, kept for this person', async () => {
  await open({ nodes: [], edges: [] })
  await page.evaluate(() => Object.keys(localStorage).map((key) => key.startsWith('sluice.recent.') && localStorage.removeItem(key)))
  await page.reload()
  const palette = page.getByTestId('palette')
  const group = palette.getByRole('button', { name: 'Recent' })
  await palette.getByRole('button', { name: 'Triggers' }).waitFor()
  expect(await group.count()).toBe(0)
  for (const name of ['Start by hand', 'Wait', 'Start by hand', 'Branch']) await palette.getByRole('button', { name, exact: true }).click()
  expect(await group.getAttribute('aria-expanded')).toBe('false')
  const places = await Promise.all([group, palette.getByRole('button', { name: 'Triggers' })].map((each) => each.boundingBox()))
  expect(places[0]?.y).toBeLessThan(places[1]?.y ?? 0)
  await group.click()
  const list = palette.getByRole('list', { name: 'Recent' })
  await page.reload()
  await list.waitFor()
  const types = () => list.locator('[data-node-type]').evaluateAll((all) => all.map((each) => each.getAttribute('data-node-type')))
  expect(await types()).toEqual(['core.branch', 'core.manual', 'core.wait'])
  await picture(page, 'palette-recent')
  // What is pressed stays under the pointer.
  await list.locator('[data-node-type="core.wait"]').click()
  await expect.poll(() => canvas.stepOfType('core.wait').count()).toBe(2)
  expect(await types()).toEqual(['core.branch', 'core.manual', 'core.wait'])
  await group.click()
  await list.waitFor({ state: 'detached' })
  expect(window.complaints).toEqual([])
})

test('a step that is switched off says so on its card, in the outline and aloud; one that an ended run passed by was skipped', async () => {
  const key = await open({
    nodes: [
      { id: 'start', type: 'core.manual', config: {}, at: [0, 8] },
      { id: 'branch', type: 'core.branch', config: { when: '{% true %}' }, at: [312, 0] },
      { id: 'yes', type: 'core.transform', name: 'Taken', config: { value: 1 }, at: [624, -80] },
      { id: 'no', type: 'core.transform', name: 'Passed by', config: { value: 2 }, at: [624, 80] },
    ],
    edges: [
      { from: 'start.out', to: 'branch.in' },
      { from: 'branch.true', to: 'yes.in' },
      { from: 'branch.false', to: 'no.in' },
    ],
  })
  await canvas.step('yes').click()
  await page.keyboard.press('d')
  const off = canvas.step('yes')
  await off.getByText('Disabled', { exact: true }).waitFor()
  await expect.poll(() => off.getAttribute('aria-label')).toContain(word('Disabled'))
  await picture(page, 'step-disabled')
  await page.keyboard.press('o')
  await page.locator('[data-outline="yes"]').getByText('Disabled', { exact: true }).waitFor()
  await page.keyboard.press('Control+z')
  await saved(key)
  await apiOf(page, product).post(`/flows/${key}/publish`)
  const { run } = await apiOf(page, product).post<{ run: string }>(`/flows/${key}/runs`, { trigger: 'start', input: {} })
  await page.goto(`${product.url}/runs/${run}`)
  await page.locator('[data-step-id="yes"][data-state="done"]').waitFor()
  const passedBy = page.locator('[data-step-id="no"]')
  await passedBy.getByText('Skipped', { exact: true }).waitFor()
  await expect.poll(() => passedBy.getAttribute('aria-label')).toContain(word('Skipped'))
  await picture(page, 'step-skipped')
  expect(window.complaints).toEqual([])
})
