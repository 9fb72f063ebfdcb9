import type { Browser, Page } from 'playwright-core'
import { openWindow } from '../e2e/browser.ts'
import type { Product } from '../e2e/product.ts'
import type { Probe } from './in-page.ts'
import type { Table } from './table.ts'

declare const probe: Probe

const drawing = '[data-testid="far-layer"], [data-testid="canvas"] [data-step-id]'

export async function drawn(page: Page): Promise<void> {
  await page.locator(drawing).first().waitFor({ state: 'attached' })
}

/** From the list to the drawing, inside the page; the code is loaded already. */
export async function visit(page: Page, count: number): Promise<number> {
  return page.evaluate(async (key) => {
    history.pushState(null, '', '/flows')
    dispatchEvent(new PopStateEvent('popstate'))
    await probe.until(() => document.querySelector('[data-testid="canvas"]') === null)
    const start = performance.now()
    history.pushState(null, '', `/flows/${key}`)
    dispatchEvent(new PopStateEvent('popstate'))
    await probe.until(() => document.querySelector('[data-testid="far-layer"], [data-testid="canvas"] [data-step-id]') !== null)
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    return performance.now() - start
  }, `bench-${count}`)
}

/** Visits of each kind; the middle one counts. */
const visits = 3

/**
 * Somebody who has nothing of the editor yet, at a desk and on a slow machine with a slow line. The page itself notes when the frame
 * with the drawing is on the screen and the next task runs. What drives the browser hears of it later, after scripts of its own that a
 * slow machine is long over; until now that was the figure, so it is noted beside.
 */
export async function firstVisit(browser: Browser, product: Product, table: Table): Promise<void> {
  for (const [name, budget, slow] of [
    ['desktop', 700, false],
    ['4x slower, 10 Mbit/s', 1_800, true],
  ] as const) {
    const times: Opened[] = []
    for (let count = 0; count < visits; count++) times.push(await firstOf(browser, product, slow))
    table.row(`interactive, ${name}`, budget, middle(times.map(({ shown }) => shown)), 'ms')
    table.note(`interactive, ${name}, as the driver hears of it`, middle(times.map(({ heard }) => heard)), 'ms')
  }
}

interface Opened {
  readonly shown: number
  readonly heard: number
}

async function firstOf(browser: Browser, product: Product, slow: boolean): Promise<Opened> {
  // Apart: what drives the second window looks into it all the time.
  const shown = await inFreshWindow(browser, product, slow, async (page) => {
    await page.addInitScript(noteDrawn, drawing)
    await page.goto(`${product.url}/flows/consent-withdrawn`, { waitUntil: 'load' })
    for (;;) {
      const at = await page.evaluate(() => (window as { drawnAt?: number }).drawnAt)
      if (at !== undefined) return at
      await page.waitForTimeout(lookMs)
    }
  })
  const heard = await inFreshWindow(browser, product, slow, async (page) => {
    await page.goto(`${product.url}/flows/consent-withdrawn`, { waitUntil: 'commit' })
    await drawn(page)
    return page.evaluate(() => performance.now())
  })
  return { shown, heard }
}

const lookMs = 200

/** Runs in the page: notes the first task after the frame that shows the drawing. */
function noteDrawn(selector: string): void {
  const look = () => {
    if (document.querySelector(selector) === null) requestAnimationFrame(look)
    else
      setTimeout(() => {
        ;(window as { drawnAt?: number }).drawnAt = performance.now()
      })
  }
  requestAnimationFrame(look)
}

async function inFreshWindow<Result>(
  browser: Browser,
  product: Product,
  slow: boolean,
  act: (page: Page) => Promise<Result>,
): Promise<Result> {
  const { page, context } = await openWindow(browser)
  // Not through the form: its page would leave files and a service worker behind.
  const answer = await context.request.post(`${product.url}/api/v1/session`, {
    headers: { origin: product.url },
    data: product.account('admin'),
  })
  if (!answer.ok()) throw new Error(`Nobody came in: ${answer.status()}`)
  if (slow) await slowDown(page)
  const client = await context.newCDPSession(page)
  await client.send('Network.clearBrowserCache')
  const result = await act(page)
  await context.close()
  return result
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

export async function slowDown(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page)
  await client.send('Network.enable')
  await client.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 40,
    downloadThroughput: 10_000_000 / 8,
    uploadThroughput: 10_000_000 / 8,
  })
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 })
}

export async function heap(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page)
  await client.send('HeapProfiler.collectGarbage')
  const { usedSize } = await client.send('Runtime.getHeapUsage')
  await client.detach()
  return usedSize / 1_000_000
}
