import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { openBrowser, openWindow, signIn } from '../e2e/browser.ts'
import { startProduct } from '../e2e/product.ts'
import { buildOutput, weigh } from '../tools/weight.ts'
import { installProbe, type Probe } from './in-page.ts'
import { largeFlow } from './large-flow.ts'
import { Table } from './table.ts'

/** `npm run bench:editor [-- --strict] [--quick]`: the budgets of EDITOR.md §13 against the built product in a browser without a GPU. */
const strict = process.argv.includes('--strict')
const sizes = process.argv.includes('--quick') ? [100, 1_000] : [100, 500, 1_000, 2_000]
const editor = join(dirname(fileURLToPath(import.meta.url)), '..')
declare const probe: Probe

// By a name that is only known when it runs: a tool of the server finds what it builds by its own place.
const tools: { buildServer(): Promise<void> } = await import(pathToFileURL(join(editor, '../server/tools/build.mjs')).href)
process.env.NODE_ENV = 'production'
await Promise.all([tools.buildServer(), build({ root: editor, configFile: join(editor, 'vite.config.ts'), logLevel: 'error' })])
const table = new Table()
for (const { screen, bytes, budget } of weigh(await buildOutput(editor)))
  table.row(`first visit, ${screen}`, budget / 1_000, bytes / 1_000, 'kB')

const product = await startProduct()
const browser = await openBrowser()
try {
  const { page } = await openWindow(browser)
  await page.addInitScript(installProbe)
  await signIn(page, product, product.account('admin'))
  for (const count of [...sizes, 10_000]) {
    const answer = await page.request.put(`${product.url}/api/v1/flows/bench-${count}`, {
      headers: { origin: product.url, 'content-type': 'application/json' },
      data: JSON.stringify(largeFlow(`bench-${count}`, count)),
    })
    if (!answer.ok()) throw new Error(`${count} steps: ${answer.status()} ${await answer.text()}`)
  }
  // The code of the canvas is there, as for anybody who works with it.
  await page.goto(`${product.url}/flows/consent-withdrawn`)
  await drawn(page)
  for (const count of sizes) await measure(page, count)
  await visit(page, 10_000)
  await pan(page, '10,000 steps', 55, 18.5)
} finally {
  await browser.close()
  await product.stop()
}
table.print()
process.exit(strict && table.misses > 0 ? 1 : 0)

async function measure(page: Page, count: number): Promise<void> {
  const name = `${count.toLocaleString('en')} steps`
  table.row(`open, ${name}`, count > 1_000 ? 600 : 500, await visit(page, count), 'ms')
  await page.keyboard.press('2')
  await pan(page, `${name}, whole in view`, 58, 17)
  const sweep = await page.evaluate(() => probe.frames((frame) => probe.wheel(0, frame < 90 ? -6 : 6, true), 180))
  table.row(`zoom sweep, ${name}`, 57, sweep.fps, 'fps')
  table.row(`zoom sweep, ${name}, worst frame`, 50, sweep.worst, 'ms')
  await page.keyboard.press('0')
  await pan(page, `${name}, zoom 1`, 58, 17)
  await page.keyboard.press('Escape')
  table.row(`add a step, ${name}`, 50, await press(page, 'Control+d', 'Control+a'), 'ms')
  table.row(`undo, ${name}`, 50, await press(page, 'Control+z'), 'ms')
  table.row(`tidy, ${name}`, count <= 100 ? 150 : count <= 500 ? 600 : 2_000, await tidy(page), 'ms')
  table.row(`heap, ${name}`, 60, await heap(page), 'MB')
}

/** From the list to the drawing, inside the page; the code is loaded already. */
async function visit(page: Page, count: number): Promise<number> {
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

async function drawn(page: Page): Promise<void> {
  await page.locator('[data-testid="far-layer"], [data-testid="canvas"] [data-step-id]').first().waitFor({ state: 'attached' })
}

async function pan(page: Page, name: string, fps: number, p95: number): Promise<void> {
  await page.waitForTimeout(400)
  const frames = await page.evaluate(() => probe.frames((frame) => probe.wheel(frame % 60 < 30 ? 20 : -20, frame % 40 < 20 ? 8 : -8), 120))
  table.row(`pan, ${name}`, fps, frames.fps, 'fps')
  table.row(`pan, ${name}, p95 of a frame`, p95, frames.p95, 'ms')
}

/** One key, from its arrival to the frame that shows what it did. Keys of `before` are not timed. */
async function press(page: Page, keys: string, before?: string): Promise<number> {
  if (before !== undefined) {
    await page.keyboard.press(before)
    await page.keyboard.press('Escape')
    await page.keyboard.press('ArrowRight')
  }
  await page.evaluate(() => {
    const times = window as unknown as { pressed: Promise<number> }
    times.pressed = new Promise((resolve) => {
      addEventListener(
        'keydown',
        (event) => {
          if (event.key === 'Control') return
          const start = performance.now()
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)))
        },
        { capture: true },
      )
    })
  })
  await page.keyboard.press(keys)
  return page.evaluate(() => (window as unknown as { pressed: Promise<number> }).pressed)
}

/** Until the undo button says that there is something to take back. */
async function tidy(page: Page): Promise<number> {
  const start = Date.now()
  const before = await page.getByTestId('save-state').getAttribute('data-state')
  await page.keyboard.press('l')
  await page.waitForFunction((state) => document.querySelector('[data-testid="save-state"]')?.getAttribute('data-state') !== state, before)
  return Date.now() - start
}

async function heap(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page)
  await client.send('HeapProfiler.collectGarbage')
  const { usedSize } = await client.send('Runtime.getHeapUsage')
  await client.detach()
  return usedSize / 1_000_000
}
