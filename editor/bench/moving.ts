import type { Page } from 'playwright-core'
import type { Frames, Probe } from './in-page.ts'
import type { Table } from './table.ts'

declare const probe: Probe

interface Bar {
  readonly fps: number
  readonly p95: number
}

function say(table: Table, what: string, name: string, frames: Frames, { fps, p95 }: Bar): void {
  table.row(`${what}, ${name}`, fps, frames.fps, 'fps')
  table.row(`${what}, ${name}, p95 of a frame`, p95, frames.p95, 'ms')
}

export async function panning(page: Page, table: Table, name: string, bar: Bar): Promise<void> {
  await page.waitForTimeout(400)
  const start = await viewOf(page)
  const frames = await page.evaluate(() => probe.frames((frame) => probe.wheel(frame % 60 < 30 ? 20 : -20, frame % 70 < 40 ? 8 : -8), 120))
  if ((await viewOf(page)) === start) throw new Error('The view did not move')
  say(table, 'pan', name, frames, bar)
}

/** How near a sweep comes: beyond the border where cards take the place of the picture. */
const nearest = 0.7
/** Of the wheel, for twice or half the size. */
const octave = 500

export async function sweeping(page: Page, table: Table, name: string): Promise<void> {
  const start = await viewOf(page)
  const turn = (octave * Math.log2(nearest / zoomOf(start))) / 90
  const sweep = await page.evaluate((by) => probe.frames((frame) => probe.wheel(0, frame < 90 ? -by : by * 0.9, true), 180), turn)
  if ((await viewOf(page)) === start) throw new Error('The view did not zoom')
  table.row(`zoom sweep, ${name}`, 57, sweep.fps, 'fps')
  table.row(`zoom sweep, ${name}, worst frame`, 50, sweep.worst, 'ms')
}

/** Around the middle of the view, by the wheel, as somebody would. */
export async function zoomTo(page: Page, zoom: number): Promise<void> {
  const frames = 12
  for (let turn = 0; turn < 5; turn += 1) {
    const now = zoomOf(await viewOf(page))
    if (Math.abs(now / zoom - 1) < 0.01) return
    const by = (octave * Math.log2(zoom / now)) / frames
    await page.evaluate(({ dy, count }) => probe.frames(() => probe.wheel(0, dy, true), count), { dy: -by, count: frames })
    await page.waitForTimeout(300)
  }
  throw new Error(`The view did not come to ${zoom}`)
}

function zoomOf(view: string | null): number {
  return Number(/scale\(([\d.]+)\)/.exec(view ?? '')?.[1])
}

/** What is measured must have happened. */
function viewOf(page: Page): Promise<string | null> {
  return page.locator('[data-testid="canvas"] .react-flow__viewport').getAttribute('style')
}

/** A step follows the hand, and goes back where it was. */
export async function dragging(page: Page, table: Table, count: number, name: string, bar: Bar): Promise<void> {
  const at = await handOn(page, count)
  await page.mouse.move(at.x, at.y)
  await page.mouse.down()
  await page.mouse.move(at.x + 12, at.y + 6, { steps: 3 })
  let isOver = false
  const [frames] = await Promise.all([
    page
      .evaluate(() => probe.frames(() => {}, 120))
      .finally(() => {
        isOver = true
      }),
    (async () => {
      for (let move = 0; !isOver; move += 1) {
        await page.mouse.move(at.x + 60 + 40 * Math.sin(move / 9), at.y + 30 * Math.cos(move / 9))
        await page.waitForTimeout(8)
      }
    })(),
  ])
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await page.keyboard.press('Escape')
  say(table, 'drag', name, frames, bar)
}

/** A place on the screen with a step under it: of the card nearest to the middle, or of the picture. */
async function handOn(page: Page, count: number): Promise<{ readonly x: number; readonly y: number }> {
  await page.waitForTimeout(300)
  const place = await page.evaluate((key) => {
    const canvas = document.querySelector<HTMLElement>('[data-testid="canvas"]')?.getBoundingClientRect()
    if (canvas === undefined) return null
    const middle = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 }
    const far = ({ x, y }: { x: number; y: number }) => Math.hypot(x - middle.x, y - middle.y)
    if (document.querySelector('[data-testid="far-layer"]') === null) {
      const cards = [...document.querySelectorAll('[data-testid="canvas"] [data-step-id]')].map((card) => {
        const box = card.getBoundingClientRect()
        return { x: box.x + box.width * 0.4, y: box.y + box.height / 2 }
      })
      return cards.sort((a, b) => far(a) - far(b))[0] ?? null
    }
    // The picture has no elements: where it was left says where the steps are (see large-flow.ts).
    const view = JSON.parse(sessionStorage.getItem(`sluice.view.${key}`) ?? 'null') as { x: number; y: number; zoom: number } | null
    if (view === null) return null
    const column = Math.round(((canvas.width / 2 - view.x) / view.zoom - 108) / 312)
    const row = Math.round(((canvas.height / 2 - view.y) / view.zoom - 42) / 136)
    return { x: canvas.x + view.x + view.zoom * (column * 312 + 108), y: canvas.y + view.y + view.zoom * (row * 136 + 42) }
  }, `bench-${count}`)
  if (place === null) throw new Error('There is no step to drag')
  return place
}
