import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { largeFlow } from '../bench/large-flow.ts'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture, type Window } from './browser.ts'
import { CanvasDriver } from './canvas-driver.ts'
import { type Product, startProduct } from './product.ts'

let product: Product
let browser: Browser
let window: Window

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})
beforeEach(async () => {
  window = await openWindow(browser)
  await enter(window.page, product, product.account('admin'))
})
// A large flow that nobody looks at any more still takes its part of the machine.
afterEach(async () => {
  await window.context.close()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test.each([100, 1_000])('T14 tidying %d steps leaves no overlaps, and one undo puts every step back', async (count) => {
  const { page, complaints } = window
  await open(page, count)
  const before = await savedPlaces(page, count)
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('l')
  // The page answers while the steps are being laid out beside it.
  await page.keyboard.press('Shift+P')
  await page.getByTestId('drawer').waitFor()
  await page.keyboard.press('Shift+P')
  await page.getByTestId('drawer').waitFor({ state: 'detached' })
  await expect.poll(() => savedPlaces(page, count), { timeout: 20_000 }).not.toEqual(before)
  const boxes = await savedPlaces(page, count)
  const [width, height] = [216, 84]
  const clash = boxes.flatMap(([x, y], index) =>
    boxes.slice(index + 1).filter(([left, top]) => Math.abs(x - left) < width && Math.abs(y - top) < height),
  )
  expect(clash).toEqual([])
  await page.keyboard.press('Control+z')
  await expect.poll(() => savedPlaces(page, count), { timeout: 20_000 }).toEqual(before)
  expect(complaints).toEqual([])
})

test('T14 tidying keeps the order of the ports: what the upper one leads to stands above', async () => {
  const { page, complaints } = window
  const key = 'ports-in-order'
  const targets = ['first', 'second', 'third']
  const config = {
    hitPolicy: 'first',
    inputs: [{ name: 'amount', value: '{% input.amount %}' }],
    outputs: [{ name: 'who' }],
    rows: [{ when: ['-'], give: ['rep'] }],
  }
  const task = { assignee: 'role:director', title: 'Which?', actions: targets, due: 'P1D' }
  await apiOf(page, product).save({
    format: 'sluice/flow@1',
    key,
    name: key,
    nodes: [
      { id: 'start', type: 'core.manual', config: {}, at: [0, 0] },
      { id: 'table', type: 'core.decision', config, at: [300, 0] },
      { id: 'ask', type: 'approvals.task', config: task, at: [600, 0] },
      // Upside down, as somebody left them.
      ...targets.map((id, at) => ({ id, type: 'core.transform', config: { value: at }, at: [900, 600 - at * 300] })),
    ],
    edges: [
      { from: 'start.out', to: 'table.in' },
      { from: 'table.out', to: 'ask.in' },
      ...targets.map((id) => ({ from: `ask.${id}`, to: `${id}.in` })),
    ],
  })
  await page.goto(`${product.url}/flows/${key}`)
  await page.getByTestId('canvas').locator('[data-step-id="third"]').waitFor()
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('l')
  const fromTop = async () => {
    const { nodes } = await apiOf(page, product).get<{ nodes: { id: string; at: [number, number] }[] }>(`/flows/${key}`)
    return nodes
      .filter(({ id }) => targets.includes(id))
      .sort((one, other) => one.at[1] - other.at[1])
      .map(({ id }) => id)
  }
  await expect.poll(fromTop).toEqual(targets)
  expect(complaints).toEqual([])
})

test('T16 two thousand steps seen from far away are a picture: a click hits the step it points at, a drag moves it, a box takes what it holds', async () => {
  const { page, complaints } = window
  await page.addInitScript(() => {
    const seen = globalThis as unknown as { cardsSeen: number; sheetsPainted: number }
    seen.cardsSeen = 0
    seen.sheetsPainted = 0
    const clear = CanvasRenderingContext2D.prototype.clearRect
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
      if (this.canvas.dataset.testid === 'far-layer') seen.sheetsPainted += 1
      clear.apply(this, box)
    }
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const added of addedNodes)
          if (added instanceof Element)
            seen.cardsSeen += added.matches('[data-step-id]') ? 1 : added.querySelectorAll('[data-step-id]').length
    }).observe(document, { childList: true, subtree: true })
  })
  await open(page, 2_000)
  const canvas = new CanvasDriver(page)
  const layer = page.getByTestId('far-layer')
  await page.keyboard.press('1')
  await layer.waitFor()
  const view = await settled(page, 2_000)
  expect(view.zoom).toBeLessThan(0.2)
  await expect.poll(() => inked(page)).toBeGreaterThan(1_000)
  // Cards that were drawn for a moment cost seconds.
  expect(await page.evaluate(() => (globalThis as unknown as { cardsSeen: number }).cardsSeen)).toBe(0)

  // The middle of step 845, on the screen.
  const [column, line] = [845 % 40, Math.floor(845 / 40)]
  const frame = await canvas.surface.boundingBox()
  if (frame === null) throw new Error('The canvas is not on the screen')
  const at = (start: number, shift: number, place: number, half: number) => start + shift + view.zoom * (place + half)
  await page.mouse.click(at(frame.x, view.x, column * 312, 108), at(frame.y, view.y, line * 136, 42))
  await expect.poll(() => canvas.surface.getAttribute('aria-activedescendant')).toBe('step-s845')

  // A drag moves it by what the hand moved, on the grid, and Escape gives one up.
  const x = at(frame.x, view.x, column * 312, 108)
  const y = at(frame.y, view.y, line * 136, 42)
  const placeOf = async () => (await savedPlaces(page, 2_000))[845]
  const drag = async (dx: number, dy: number) => {
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 4 })
    await page.mouse.move(x + dx, y + dy, { steps: 4 })
  }
  const before = await placeOf()
  await drag(30, 12)
  // What stays where it is is not painted for what is in the hand: now and then for another reason, never with each move.
  const painted = () => page.evaluate(() => (globalThis as unknown as { sheetsPainted: number }).sheetsPainted)
  const paintedBefore = await painted()
  for (let move = 0; move < 24; move += 1) {
    await page.mouse.move(x + 30 + move, y + 12)
    await page.evaluate(() => Promise.race([new Promise(requestAnimationFrame), new Promise((done) => setTimeout(done, 500))]))
  }
  expect((await painted()) - paintedBefore).toBeLessThan(6)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await drag(20, -16)
  await page.mouse.up()
  const snapped = (pixels: number) => Math.round(pixels / view.zoom / 8) * 8
  const there = [(before?.[0] ?? 0) + snapped(20), (before?.[1] ?? 0) + snapped(-16)]
  await expect.poll(placeOf, { timeout: 20_000 }).toEqual(there)
  await page.keyboard.press('Control+z')
  await expect.poll(placeOf, { timeout: 20_000 }).toEqual(before)

  // A box from an empty place to the right takes the steps that lie in it: two lines of three.
  const corner = (value: number, shift: number, start: number) => start + shift + view.zoom * value
  await page.mouse.move(corner(column * 312 - 40, view.x, frame.x), corner(line * 136 - 20, view.y, frame.y))
  await page.mouse.down()
  await page.mouse.move(corner((column + 2) * 312 + 240, view.x, frame.x), corner((line + 1) * 136 + 100, view.y, frame.y), { steps: 6 })
  await page.mouse.up()
  await page.keyboard.press('2')
  await expect.poll(() => canvas.surface.locator('[data-selected="true"]').count(), { timeout: 20_000 }).toBe(6)

  // Out to the farthest and back again: in no frame is the window empty, and what was chosen still is.
  await page.keyboard.press('0')
  await expect.poll(async () => (await settled(page, 2_000)).zoom).toBe(1)
  await page.mouse.move(frame.x + frame.width / 2, frame.y + frame.height / 2)
  await page.evaluate(() => {
    const seen = globalThis as unknown as { frames: number; emptyFrames: number }
    Object.assign(seen, { frames: 0, emptyFrames: 0 })
    const small = new OffscreenCanvas(64, 48).getContext('2d', { willReadFrequently: true })
    const isDrawn = (canvas: HTMLCanvasElement) => {
      if (small === null || canvas.width === 0) return false
      small.clearRect(0, 0, 64, 48)
      small.drawImage(canvas, 0, 0, 64, 48)
      return small.getImageData(0, 0, 64, 48).data.some((value) => value > 0)
    }
    const surface = document.querySelector('[data-testid="canvas"]')
    const look = () => {
      seen.frames += 1
      const hasCards = surface?.querySelector('[data-step-id]') !== null
      const picture = surface?.querySelector<HTMLCanvasElement>('canvas[data-testid="far-layer"]') ?? null
      if (!hasCards && (picture === null || !isDrawn(picture))) seen.emptyFrames += 1
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await page.keyboard.down('Control')
  for (const [delta, isThere] of [
    [400, (zoom: number) => zoom === 0.05],
    [-400, (zoom: number) => zoom >= 1],
  ] as const) {
    // The view rests once the wheel does: at the end of its way one turns no further.
    await expect
      .poll(
        async () => {
          const isAtEnd = isThere(await zoomNow(page))
          if (!isAtEnd) await page.mouse.wheel(0, delta)
          return isAtEnd
        },
        { timeout: 60_000 },
      )
      .toBe(true)
    await expect.poll(async () => isThere((await settled(page, 2_000)).zoom)).toBe(true)
  }
  await page.keyboard.up('Control')
  const { frames, emptyFrames } = await page.evaluate(() => {
    const seen = globalThis as unknown as { readonly frames: number; readonly emptyFrames: number }
    return { frames: seen.frames, emptyFrames: seen.emptyFrames }
  })
  expect(frames).toBeGreaterThan(10)
  expect(emptyFrames).toBe(0)
  await page.keyboard.press('2')
  await expect.poll(() => canvas.surface.locator('[data-selected="true"]').count(), { timeout: 20_000 }).toBe(6)
  expect(complaints).toEqual([])
})

test('cards take the place of the picture a dozen per frame, and leave it alone on the way to where it is drawn again', async () => {
  const { page, complaints } = window
  await page.addInitScript(() => {
    const seen = globalThis as unknown as { cardsAtOnce: number[] }
    seen.cardsAtOnce = []
    new MutationObserver((changes) => {
      const added = changes.flatMap(({ addedNodes }) => [...addedNodes].filter((node) => node instanceof Element))
      const cards = added.reduce(
        (sum, node) => sum + (node.matches('[data-step-id]') ? 1 : node.querySelectorAll('[data-step-id]').length),
        0,
      )
      if (cards > 0) seen.cardsAtOnce.push(cards)
    }).observe(document, { childList: true, subtree: true })
  })
  await open(page, 1_000)
  await page.getByTestId('far-layer').waitFor()
  const canvas = page.getByTestId('canvas')
  const cardsAtOnce = () => page.evaluate(() => (globalThis as unknown as { cardsAtOnce: number[] }).cardsAtOnce.splice(0))
  await cardsAtOnce()
  // As near as cards are drawn at all: that is where most of them are in sight.
  await canvas.focus()
  await page.keyboard.press('0')
  await expect.poll(() => page.getByTestId('far-layer').count()).toBe(0)
  for (let turn = 0; turn < 3; turn += 1) await page.keyboard.press('-')
  await expect.poll(async () => (await settled(page, 1_000)).zoom).toBeCloseTo(0.512, 2)
  await page.keyboard.press('-')
  await page.getByTestId('far-layer').waitFor()
  await expect.poll(() => canvas.locator('[data-step-id]').count()).toBe(0)
  await cardsAtOnce()
  await page.keyboard.press('+')
  await expect.poll(() => canvas.locator('[data-step-id]').count()).toBeGreaterThan(40)
  await expect.poll(() => page.getByTestId('far-layer').count()).toBe(0)
  const came = await cardsAtOnce()
  expect(Math.max(...came)).toBeLessThan(25)
  await page.keyboard.press('1')
  await page.getByTestId('far-layer').waitFor()
  await expect.poll(() => canvas.locator('[data-step-id]').count()).toBe(0)
  expect(await cardsAtOnce()).toEqual([])
  // Two keys within one frame: the later one stands.
  await page.keyboard.press('0')
  await expect.poll(() => page.getByTestId('far-layer').count()).toBe(0)
  await canvas.evaluate((element) => {
    for (const key of ['1', '0'])
      element.dispatchEvent(new KeyboardEvent('keydown', { key, code: `Digit${key}`, bubbles: true, cancelable: true }))
  })
  await expect.poll(() => page.getByTestId('far-layer').count()).toBe(0)
  expect((await settled(page, 1_000)).zoom).toBe(1)
  expect(complaints).toEqual([])
})

test('T18 the view is where it was left after a reload, and its address opens the same place for somebody else', async () => {
  const { page, complaints } = window
  await open(page, 100)
  await settled(page, 100)
  await page.keyboard.press('0')
  await expect.poll(async () => (await settled(page, 100)).zoom).toBe(1)
  await page.keyboard.press('-')
  await expect.poll(async () => (await settled(page, 100)).zoom).toBeLessThan(0.95)
  const left = await settled(page, 100)
  const said = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }).format(left.zoom)
  const bar = page.getByRole('toolbar').getByRole('button', { name: /·/ })
  await expect.poll(() => bar.innerText()).toBe(said)
  await page.reload()
  await page.getByTestId('canvas').locator('[data-step-id]').first().waitFor()
  expect(await settled(page, 100)).toEqual(left)
  await expect.poll(() => bar.innerText()).toBe(said)

  // The address says it as well: it opens the same place in a window that has never been there, and nothing else of it is lost.
  await page.goto(`${product.url}/flows/large-100?from=a-link#here`)
  await page.getByTestId('canvas').locator('[data-step-id]').first().waitFor()
  const entries = await page.evaluate(() => history.length)
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('-')
  const named = (url: URL) => url.searchParams.get('view')
  await page.waitForURL((url) => named(url) !== null)
  const first = named(new URL(page.url()))
  await page.keyboard.press('-')
  await page.waitForURL((url) => named(url) !== first)
  const address = new URL(page.url())
  expect(address.searchParams.get('from')).toBe('a-link')
  expect(address.hash).toBe('#here')
  expect(await page.evaluate(() => history.length)).toBe(entries)
  const shared = await openWindow(browser)
  await enter(shared.page, product, product.account('admin'))
  await shared.page.goto(address.href)
  await shared.page.getByTestId('canvas').locator('[data-step-id]').first().waitFor()
  const there = await settled(shared.page, 100)
  const here = await settled(page, 100)
  expect(there.zoom).toBeCloseTo(here.zoom, 4)
  for (const axis of ['x', 'y'] as const) expect(Math.abs(there[axis] - here[axis])).toBeLessThanOrEqual(0.5)
  expect(shared.complaints).toEqual([])
  await shared.context.close()

  // 1 shows all of it again, 2 what is chosen.
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('1')
  await expect.poll(async () => (await settled(page, 100)).zoom).toBeLessThan(left.zoom)
  const whole = await settled(page, 100)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('2')
  await expect.poll(async () => (await settled(page, 100)).zoom).toBeGreaterThan(whole.zoom)
  expect(complaints).toEqual([])
})

test('wherever the view goes there is ground under all of it, and at full size the drawing is one picture', async () => {
  const { page, complaints } = window
  await open(page, 60)
  await settled(page, 60)
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('0')
  await expect.poll(async () => (await settled(page, 60)).zoom).toBe(1)
  const bare = await page.evaluate(async () => {
    const [canvas, pane] = ['[data-testid="canvas"]', '.react-flow__pane'].map((selector) => document.querySelector(selector))
    const found: string[] = []
    // A browser that draws no frame for now, as when its window is not in front, must not hold this up for good.
    const nextFrame = () => Promise.race([new Promise(requestAnimationFrame), new Promise((done) => setTimeout(done, 500))])
    for (let frame = 0; frame < 60; frame += 1) {
      // Far to one side and back, then away from it and near again.
      const turn = { ctrlKey: frame >= 30, deltaX: frame < 30 ? (frame < 15 ? 300 : -300) : 0, deltaY: frame % 30 < 15 ? 90 : -90 }
      const { x = 0, y = 0 } = canvas?.getBoundingClientRect() ?? {}
      pane?.dispatchEvent(new WheelEvent('wheel', { ...turn, clientX: x + 200, clientY: y + 150, bubbles: true, cancelable: true }))
      await nextFrame()
      const [room, ground] = [canvas, document.querySelector('[data-testid="ground"]')].map((part) => part?.getBoundingClientRect())
      const isUnder =
        room !== undefined &&
        ground !== undefined &&
        ground.left <= room.left + 1 &&
        ground.top <= room.top + 1 &&
        ground.right >= room.right - 1 &&
        ground.bottom >= room.bottom - 1
      if (!isUnder) found.push(`${frame}: ${JSON.stringify(ground)} under ${JSON.stringify(room)}`)
    }
    return found
  })
  expect(bare).toEqual([])
  const drawing = page.locator('[data-testid="canvas"] .react-flow__viewport')
  const kept = () => drawing.evaluate((element) => getComputedStyle(element).willChange)
  await page.keyboard.press('1')
  await expect.poll(async () => (await settled(page, 60)).zoom).toBeLessThan(1)
  await expect.poll(kept).toBe('auto')
  await page.keyboard.press('0')
  await expect.poll(kept).toBe('transform')
  expect(complaints).toEqual([])
})

test('T18 the small map of a large flow shows it and the part in view; a press moves the view there, a drag takes it along', async () => {
  const { page, complaints } = window
  await open(page, 1_000)
  await page.getByTestId('far-layer').waitFor()
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('Shift+M')
  const map = page.getByTestId('far-map')
  await map.waitFor()
  await expect.poll(() => inked(page, map.locator('canvas'))).toBeGreaterThan(100)
  await picture(page, 'e2e-far-map')
  const before = await settled(page, 1_000)
  await map.click({ position: { x: 150, y: 75 } })
  await expect.poll(async () => (await settled(page, 1_000)).x).toBeLessThan(before.x - 100)
  const box = await map.boundingBox()
  if (box === null) throw new Error('The map has no place')
  await page.mouse.move(box.x + 150, box.y + 75)
  await page.mouse.down()
  await page.mouse.move(box.x + 50, box.y + 75, { steps: 5 })
  await page.mouse.up()
  await expect.poll(async () => (await settled(page, 1_000)).x).toBeGreaterThan(before.x + 100)
  expect((await settled(page, 1_000)).zoom).toBe(before.zoom)
  expect(complaints).toEqual([])
})

test('the runs of a day tint the picture of a large flow as they tint cards, with numbers where they can be read', async () => {
  const { page, complaints } = window
  await open(page, 1_000)
  const call = async (path: string, data: object) => {
    const answer = await page.request.post(`${product.url}/api/v1/flows/large-1000/${path}`, { headers: { origin: product.url }, data })
    expect(answer.ok(), await answer.text()).toBe(true)
  }
  await call('publish', {})
  for (let index = 0; index < 3; index += 1) await call('runs', { input: { amount: 5 } })
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('1')
  await page.getByTestId('far-layer').waitFor()
  // The branch at step 10 leads on to step 50: step 11 is never passed.
  const [passed, idle] = [() => inkAt(page, 3), () => inkAt(page, 11)]
  // All have ended: nothing stands anywhere, and no single run is drawn beneath.
  await page.keyboard.press('Shift+A')
  await page.locator('[data-testid="live-runs"][data-runs="0"]').waitFor({ timeout: 30_000 })
  await expect.poll(async () => (await passed()) === (await idle()), { timeout: 20_000 }).toBe(true)
  const plain = await idle()
  await page.keyboard.press('Shift+T')
  await page.locator('[data-testid="live-runs"][data-runs="3"]').waitFor({ timeout: 30_000 })
  await expect.poll(passed, { timeout: 20_000 }).not.toBe(plain)
  expect(await idle()).toBe(plain)
  await picture(page, 'e2e-far-heat')
  expect(complaints).toEqual([])
})

/** Colour of the picture inside a step, right of its middle. */
async function inkAt(page: Page, step: number): Promise<string> {
  const view = await settled(page, 1_000)
  const place = { x: view.x + view.zoom * ((step % 40) * 312 + 160), y: view.y + view.zoom * (Math.floor(step / 40) * 136 + 42) }
  return page.getByTestId('far-layer').evaluate((layer, { x, y }) => {
    const canvas = layer as HTMLCanvasElement
    const [drawing, frame] = [canvas.getBoundingClientRect(), document.querySelector('[data-testid="canvas"]')?.getBoundingClientRect()]
    const part = canvas.width / drawing.width
    const at = [x + (frame?.x ?? 0) - drawing.x, y + (frame?.y ?? 0) - drawing.y].map((each) => Math.round(each * part))
    return [...(canvas.getContext('2d')?.getImageData(at[0] ?? 0, at[1] ?? 0, 1, 1).data ?? [])].join()
  }, place)
}

async function open(page: Page, count: number): Promise<void> {
  const key = `large-${count}`
  await apiOf(page, product).put(`/flows/${key}`, largeFlow(key, count))
  await page.bringToFront()
  await page.goto(`${product.url}/flows/${key}`)
  await page.getByTestId('canvas').locator('[data-step-id], [data-testid="far-layer"]').first().waitFor({ state: 'attached' })
}

/** Where the steps stand in the draft as it is saved. */
async function savedPlaces(page: Page, count: number): Promise<readonly (readonly [number, number])[]> {
  const { nodes } = await apiOf(page, product).get<{ nodes: { at: [number, number] }[] }>(`/flows/large-${count}`)
  return nodes.map((node) => node.at)
}

/** The view that the canvas remembers, once it rests. */
async function settled(page: Page, count: number): Promise<{ readonly x: number; readonly y: number; readonly zoom: number }> {
  const read = () => page.evaluate((key) => sessionStorage.getItem(key) ?? '', `sluice.view.large-${count}`)
  let before = ''
  await expect
    .poll(async () => {
      const now = await read()
      const rests = now !== '' && now === before
      before = now
      return rests
    })
    .toBe(true)
  const { x, y, zoom } = JSON.parse(before) as { x: number; y: number; zoom: number }
  return { x, y, zoom }
}

/** As it is drawn at this moment. */
function zoomNow(page: Page): Promise<number> {
  return page
    .locator('[data-testid="canvas"] .react-flow__viewport')
    .evaluate((drawing) => new DOMMatrix(getComputedStyle(drawing).transform).a)
}

/** How many points of the picture are painted. */
function inked(page: Page, canvas = page.getByTestId('far-layer')): Promise<number> {
  return canvas.evaluate((layer) => {
    const canvas = layer as HTMLCanvasElement
    const points = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    let count = 0
    for (let at = 3; at < points.length; at += 4) if ((points[at] ?? 0) > 0) count += 1
    return count
  })
}
