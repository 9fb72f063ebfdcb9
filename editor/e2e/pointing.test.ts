import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture, type Window } from './browser.ts'
import { CanvasDriver } from './canvas-driver.ts'
import { type Product, startProduct } from './product.ts'

let product: Product
let browser: Browser
let made = 0

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** The same window twice: once small, light and English, once on a 2× screen, dark and Chinese. */
const windows = [
  {
    name: 'en',
    commandCount: 200,
    options: { locale: 'en-GB' },
    words: {
      saved: 'Saved',
      pinned: 'What it gave is pinned',
      none: /Nothing to pin yet/,
      table: /A decision table with 2 rows/,
      refused: /neither a flow nor a table/,
    },
  },
  {
    name: 'zh-dark-2x',
    commandCount: 40,
    options: { locale: 'zh-CN', colorScheme: 'dark', deviceScaleFactor: 2, hasTouch: true },
    words: {
      saved: '已保存',
      pinned: '输出已固定',
      none: /还没有可固定的输出/,
      table: /已生成 2 行的决策表/,
      refused: /内容既不是流程，也不是表格/,
    },
  },
] as const

interface Spot {
  readonly x: number
  readonly y: number
}
interface File {
  readonly nodes: readonly {
    readonly id: string
    readonly type: string
    readonly at?: readonly number[]
    readonly config?: Record<string, unknown>
  }[]
  readonly edges: readonly { readonly from: string; readonly to: string }[]
}

const step = (id: string, x: number, y: number) => ({
  id,
  type: 'core.transform',
  name: id.toUpperCase(),
  config: { value: { from: id } },
  at: [x, y],
})
const chain = {
  nodes: [{ id: 'start', type: 'core.manual', config: {}, at: [0, 8] }, step('a', 312, 0), step('b', 624, 0), step('c', 936, 0)],
  edges: [
    { from: 'start.out', to: 'a.in' },
    { from: 'a.out', to: 'b.in' },
    { from: 'b.out', to: 'c.in' },
  ],
}

describe.each(windows)('pointing in $name', ({ name, options, words, commandCount }) => {
  let window: Window
  let page: Page
  let canvas: CanvasDriver
  beforeAll(async () => {
    window = await openWindow(browser, options)
    page = window.page
    await page.addInitScript((language) => localStorage.setItem('sluice.language', language), name === 'en' ? 'en' : 'zh-CN')
    canvas = new CanvasDriver(page)
    await enter(page, product, product.account('admin'))
  })
  afterAll(() => window.context.close())

  async function open(flow: object = chain): Promise<string> {
    made += 1
    const key = `pointing-${made}`
    await apiOf(page, product).save({ format: 'sluice/flow@1', key, name: key, ...flow })
    await page.goto(`${product.url}/flows/${key}`)
    await page.getByText(words.saved, { exact: true }).waitFor()
    await page.keyboard.press('1')
    return key
  }
  const text = async (key: string) => {
    await page.getByText(words.saved, { exact: true }).waitFor()
    return (await page.request.get(`${product.url}/api/v1/flows/${key}`)).text()
  }
  const file = async (key: string) => JSON.parse(await text(key)) as File
  const frame = async () => {
    const box = await canvas.surface.boundingBox()
    if (box === null) throw new Error('The canvas is not on the screen')
    return box
  }
  /** Where the drawing lies in its window. */
  const view = () =>
    page.locator('.react-flow__viewport').evaluate((element) => {
      const { e, f, a } = new DOMMatrix(getComputedStyle(element).transform)
      return { x: e, y: f, zoom: a }
    })
  const settled = async () => {
    let before = await view()
    await expect
      .poll(
        async () => {
          const now = await view()
          const rests = now.x === before.x && now.y === before.y && now.zoom === before.zoom
          before = now
          return rests
        },
        { interval: 120 },
      )
      .toBe(true)
    return before
  }
  const onScreen = async (at: Spot): Promise<Spot> => {
    const [box, { x, y, zoom }] = [await frame(), await settled()]
    return { x: box.x + x + zoom * at.x, y: box.y + y + zoom * at.y }
  }
  const wire = (id: string) => page.locator(`[data-edge="${id}"]`)

  test('T15 wheel, Shift and wheel, Space and middle button pan; Ctrl and wheel and two fingers zoom around their place, from 5 % to 200 %', async () => {
    await open()
    const box = await frame()
    const middle = { x: box.x + box.width * 0.4, y: box.y + box.height * 0.6 }
    await page.mouse.move(middle.x, middle.y)
    const first = await settled()
    await page.mouse.wheel(0, 60)
    await expect.poll(async () => (await view()).y - first.y).toBeLessThan(-5)
    const second = await settled()
    expect([second.x, second.zoom]).toEqual([first.x, first.zoom])
    await page.keyboard.down('Shift')
    await page.mouse.wheel(0, 60)
    await page.keyboard.up('Shift')
    await expect.poll(async () => (await view()).x - second.x).toBeLessThan(-5)
    const third = await settled()
    expect([third.y, third.zoom]).toEqual([second.y, second.zoom])

    for (const press of ['Space', 'middle'] as const) {
      const before = await settled()
      if (press === 'Space') await page.keyboard.down('Space')
      await page.mouse.down({ button: press === 'Space' ? 'left' : 'middle' })
      await page.mouse.move(middle.x + 30, middle.y + 20, { steps: 4 })
      await page.mouse.up({ button: press === 'Space' ? 'left' : 'middle' })
      if (press === 'Space') await page.keyboard.up('Space')
      await page.mouse.move(middle.x, middle.y)
      const after = await settled()
      expect([Math.round(after.x - before.x), Math.round(after.y - before.y)], press).toEqual([30, 20])
    }

    // What lies under the pointer stays there.
    const under = ({ x, y, zoom }: { x: number; y: number; zoom: number }) => ({
      x: (middle.x - box.x - x) / zoom,
      y: (middle.y - box.y - y) / zoom,
    })
    const held = under(await settled())
    const zoomTo = async (delta: number, isThere: (zoom: number) => boolean) => {
      await page.keyboard.down('Control')
      await expect
        .poll(
          async () => {
            await page.mouse.wheel(0, delta)
            return isThere((await settled()).zoom)
          },
          { timeout: 30_000 },
        )
        .toBe(true)
      await page.keyboard.up('Control')
    }
    await zoomTo(-120, (zoom) => zoom === 2)
    const close = under(await settled())
    expect(Math.hypot(close.x - held.x, close.y - held.y)).toBeLessThan(2)
    await zoomTo(400, (zoom) => zoom === 0.05)

    if ('hasTouch' in options) {
      await page.keyboard.press('1')
      const before = await settled()
      const session = await window.context.newCDPSession(page)
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) =>
        session.send('Input.dispatchTouchEvent', {
          type,
          touchPoints:
            type === 'touchEnd'
              ? []
              : [
                  { x: middle.x - apart, y: middle.y, id: 1 },
                  { x: middle.x + apart, y: middle.y, id: 2 },
                ],
        })
      const pinch = async () => {
        await touch('touchStart', 40)
        for (const apart of [50, 60, 70, 80]) await touch('touchMove', apart)
        await touch('touchEnd', 0)
        return (await settled()).zoom
      }
      await expect.poll(pinch).toBeGreaterThan(before.zoom * 1.3)
      expect(await page.getByRole('menu').count()).toBe(0)
      // Also with both fingers on a card, which stays where it is.
      await page.keyboard.press('0')
      await page.keyboard.press('1')
      const whole = (await settled()).zoom
      const card = await page.getByTestId('canvas').locator('[data-step-id]').first().boundingBox()
      const on = { x: (card?.x ?? 0) + (card?.width ?? 0) / 2, y: (card?.y ?? 0) + (card?.height ?? 0) / 2 }
      const fingers = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number | null) =>
        session.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: apart === null ? [] : [-1, 1].map((side, id) => ({ x: on.x + side * apart, y: on.y, id })),
        })
      const saved = await page.getByTestId('canvas').locator('.react-flow__node').first().getAttribute('style')
      await fingers('touchStart', 10)
      for (const apart of [15, 20, 25, 30]) await fingers('touchMove', apart)
      await fingers('touchEnd', null)
      await expect.poll(async () => (await settled()).zoom).toBeGreaterThan(whole * 1.3)
      expect(await page.getByTestId('canvas').locator('.react-flow__node').first().getAttribute('style')).toBe(saved)
    }
    expect(window.complaints).toEqual([])
  })

  test('T17 of two wires that cross the nearest is pointed at and clicked, and so it is in the picture of a large flow', async () => {
    const crossing = await open({
      nodes: [step('a', 0, 0), step('b', 600, 400), step('c', 0, 400), step('d', 600, 0)],
      edges: [
        { from: 'a.out', to: 'b.in' },
        { from: 'c.out', to: 'd.in' },
      ],
    })
    // Nothing in a card is shifted or see-through: each such part is a piece of its own, gone through in every frame of a moving view.
    const pieces = () =>
      page.locator('[data-step-id], [data-step-id] *').evaluateAll((parts) =>
        parts.flatMap((part) => {
          const { opacity, transform, translate } = getComputedStyle(part)
          return opacity === '1' && transform === 'none' && translate === 'none' ? [] : [part.outerHTML]
        }),
      )
    await expect.poll(pieces).toEqual([])
    // A little before the middle both wires are in reach, whichever is drawn on top.
    const [from, to] = [
      { x: 216, y: 40 },
      { x: 600, y: 440 },
    ]
    const along = (t: number): Spot => {
      const bend = (to.x - from.x) / 2
      const s = 1 - t
      return {
        x: s ** 3 * from.x + 3 * s * s * t * (from.x + bend) + 3 * s * t * t * (to.x - bend) + t ** 3 * to.x,
        y: s ** 3 * from.y + 3 * s * s * t * from.y + 3 * s * t * t * to.y + t ** 3 * to.y,
      }
    }
    const down = along(0.485)
    for (const [id, at] of [
      ['a.out>b.in', down],
      ['c.out>d.in', { x: down.x, y: 440 + 40 - down.y }],
    ] as const) {
      const there = await onScreen(at)
      await page.mouse.move(there.x - 3, there.y)
      await page.mouse.move(there.x, there.y)
      await page.locator(`[data-edge="${id}"][data-pointed="true"]`).waitFor()
      await expect.poll(() => page.locator('[data-edge][data-pointed="true"]').count()).toBe(1)
      await page.locator(`[data-testid="hover-card"][data-hover="${id}"]`).waitFor()
      await page.mouse.click(there.x, there.y)
      await page.keyboard.press('Delete')
      await wire(id).waitFor({ state: 'detached' })
      expect((await file(crossing)).edges).toHaveLength(1)
      await page.keyboard.press('Control+z')
      await wire(id).waitFor()
    }

    // Ten lines of twenty steps: far enough away to be one picture.
    const places = Array.from({ length: 200 }, (_, index) => ({ column: index % 20, line: Math.floor(index / 20) }))
    const large = await open({
      nodes: places.map(({ column, line }, index) => step(`s${index}`, column * 312, line * 136)),
      edges: places.flatMap(({ column }, index) => (column === 19 ? [] : [{ from: `s${index}.out`, to: `s${index + 1}.in` }])),
    })
    await page.getByTestId('far-layer').waitFor()
    // The wire from the fifth to the sixth step of the third line, in the picture only.
    const picked = await onScreen({ x: 5 * 312 - 48, y: 2 * 136 + 40 })
    expect(await page.locator('[data-edge]').count()).toBe(0)
    await page.mouse.move(picked.x - 2, picked.y)
    await page.mouse.move(picked.x, picked.y)
    await page.locator('[data-testid="hover-card"][data-hover="s44.out>s45.in"]').waitFor()
    await picture(page, `pointing-far-${name}`)
    await page.mouse.click(picked.x, picked.y)
    await page.keyboard.press('Delete')
    await expect.poll(async () => (await file(large)).edges.some(({ from }) => from === 's44.out')).toBe(false)
    expect((await file(large)).nodes).toHaveLength(200)
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await file(large)).edges.some(({ from }) => from === 's44.out')).toBe(true)
    expect(window.complaints).toEqual([])
  })

  test('P pins what a step gave, by a test or by a run, tells it on the step, and lets it go again', async () => {
    const key = await open()
    await canvas.step('b').click()
    await page.keyboard.press('p')
    await page.getByText(words.none).first().waitFor()

    await apiOf(page, product).post(`/flows/${key}/publish`)
    await apiOf(page, product).post(`/flows/${key}/runs`, { trigger: 'start', input: {} })
    await page.locator('[data-step-id="c"][data-state="done"]').waitFor()
    await canvas.step('a').click()
    await page.keyboard.press('Shift+Enter')
    await page.locator('[data-testid="step-result"][data-outcome="done"]').waitFor()
    await canvas.surface.focus()
    await page.keyboard.press('p')
    const pinned = page.locator('[data-step-id="a"][data-pinned="true"]')
    await pinned.waitFor()
    await expect.poll(() => pinned.getAttribute('aria-label')).toContain(words.pinned)
    await picture(page, `pinned-${name}`)

    await canvas.step('b').click()
    await page.keyboard.press('p')
    await page.locator('[data-step-id="b"][data-pinned="true"]').waitFor()
    await canvas.step('c').click()
    await page.getByRole('tab').nth(1).click()
    await page.getByTestId('kept-outputs').getByRole('listitem').nth(1).waitFor()
    await canvas.step('a').click()
    await page.keyboard.press('p')
    await pinned.waitFor({ state: 'detached' })
    expect(await text(key)).not.toContain('pinned')
    expect(window.complaints).toEqual([])
  })

  test('a block of a spreadsheet and a CSV file become decision tables, each one undo; a sentence is refused in words', async () => {
    const key = await open()
    const paste = (data: string) =>
      canvas.surface.evaluate((element, words) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', words)
        element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      }, data)
    await paste('Dear team, the table follows tomorrow.\nYours')
    await page.getByText(words.refused).first().waitFor()
    await paste('amount\tregion\tapprover\n> 10,000\tEU\tdirector\n*\t\tmanager\n')
    await page.getByText(words.table).first().waitFor()
    await expect
      .poll(async () => (await file(key)).nodes.filter(({ type }) => type === 'core.decision').map(({ config }) => config?.rows))
      .toEqual([
        [
          { when: ['> 10000', 'EU'], give: ['director'] },
          { when: ['-', '-'], give: ['manager'] },
        ],
      ])
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['tier,level\ngold,1\nsilver,2\n'], 'levels.csv', { type: 'text/csv' }))
      const target = document.querySelector('.react-flow__pane')
      target?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true, clientX: 700, clientY: 600 }))
    })
    await expect.poll(() => canvas.stepOfType('core.decision').count()).toBe(2)
    await picture(page, `table-${name}`)
    await canvas.surface.focus()
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(() => canvas.stepOfType('core.decision').count()).toBe(0)
    expect((await file(key)).nodes).toHaveLength(4)
    expect(window.complaints).toEqual([])
  })

  test('T19 after commands at random, as many undos give the very same document, and redos what it was', async () => {
    const key = await open()
    const before = await text(key)
    let seed = 7
    const chance = (count: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % count
    }
    const commands = [
      'd',
      'd',
      'Control+d',
      'Delete',
      'Alt+ArrowRight',
      'Alt+Shift+ArrowDown',
      'n',
      'Control+g',
      'Shift+Delete',
      'Shift+d',
      'Control+x',
      'g',
    ]
    const walks = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']
    await canvas.surface.focus()
    await page.keyboard.press('ArrowRight')
    for (let index = 0; index < commandCount; index++) {
      await page.keyboard.press(walks[chance(walks.length)] ?? '')
      await page.keyboard.press(commands[chance(commands.length)] ?? 'd')
    }
    const after = await text(key)
    expect(after).not.toBe(before)
    for (let index = 0; index < commandCount; index++) await page.keyboard.press('Control+z')
    await expect.poll(() => text(key), { timeout: 30_000 }).toBe(before)
    await expect.poll(() => page.getByRole('button', { name: /^(Undo|撤销)/ }).isDisabled()).toBe(true)
    for (let index = 0; index < commandCount; index++) await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => text(key), { timeout: 30_000 }).toBe(after)
    expect(window.complaints).toEqual([])
  })
})

test('the very first touch of a visit may be two fingers on a card: they zoom, and the card stays where it is', async () => {
  const { page, complaints, context } = await openWindow(browser, { hasTouch: true })
  await enter(page, product, product.account('admin'))
  await apiOf(page, product).save({
    format: 'sluice/flow@1',
    key: 'fingers',
    name: { en: 'Fingers', 'zh-CN': '手指' },
    nodes: [
      { id: 'start', type: 'core.manual', config: {}, at: [0, 0] },
      { id: 'shape', type: 'core.transform', config: { value: 1 }, at: [400, 160] },
    ],
    edges: [{ from: 'start.out', to: 'shape.in' }],
  })
  await page.goto(`${product.url}/flows/fingers`)
  const card = page.getByTestId('canvas').locator('[data-step-id="shape"]')
  await card.waitFor()
  await expect
    .poll(() => page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/pinch-'))))
    .toBe(true)
  const zoom = () =>
    page.locator('[data-testid="canvas"] .react-flow__viewport').evaluate((drawing) => new DOMMatrix(getComputedStyle(drawing).transform).a)
  const placeOf = () =>
    page.locator('.react-flow__node[data-id="shape"]').evaluate((node) => (node instanceof HTMLElement ? node.style.transform : ''))
  const [before, place] = [await zoom(), await placeOf()]
  const box = await card.boundingBox()
  const session = await context.newCDPSession(page)
  const fingers = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number | null) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        apart === null || box === null
          ? []
          : [-1, 1].map((side, id) => ({ x: box.x + box.width / 2 + side * apart, y: box.y + box.height / 2, id })),
    })
  await fingers('touchStart', 10)
  for (const apart of [15, 20, 25, 30]) await fingers('touchMove', apart)
  await fingers('touchEnd', null)
  await expect.poll(zoom).toBeGreaterThan(before * 1.3)
  expect(await placeOf()).toBe(place)
  expect(complaints).toEqual([])
})
