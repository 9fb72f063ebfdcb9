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

/** Somebody who has nothing of the editor yet, at a desk and on a slow machine with a slow line. */
export async function firstVisit(browser: Browser, product: Product, table: Table): Promise<void> {
  for (const [name, budget, slow] of [
    ['desktop', 700, false],
    ['4x slower, 10 Mbit/s', 1_800, true],
  ] as const) {
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
    await page.goto(`${product.url}/flows/consent-withdrawn`, { waitUntil: 'commit' })
    await drawn(page)
    table.row(`interactive, ${name}`, budget, await page.evaluate(() => performance.now()), 'ms')
    await context.close()
  }
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
