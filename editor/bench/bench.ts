import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { launchBrowser, openWindow, signIn } from '../e2e/browser.ts'
import { startProduct } from '../e2e/product.ts'
import { buildOutput, weigh } from '../tools/weight.ts'
import { casesWithTimes } from './cases.ts'
import { editing, tidying } from './editing.ts'
import { installProbe } from './in-page.ts'
import { largeFlow } from './large-flow.ts'
import { live } from './live.ts'
import { dragging, panning, sweeping, zoomTo } from './moving.ts'
import { drawn, firstVisit, heap, visit } from './opening.ts'
import { replaying } from './replay.ts'
import { bySections, Table } from './table.ts'
import { writing } from './writing.ts'

/**
 * `npm run bench:editor [-- --strict] [--quick] [--sizes=100,1000] [--only=visits,expressions]`: the budgets of EDITOR.md §13 against the
 * built product in a browser without a GPU. A part that cannot be measured is a miss, and the others go on. `--only` takes words of the
 * names of the parts: download, first visits, 500 steps, settings and expressions, replay, cases.
 */
const strict = process.argv.includes('--strict')
const listed = (name: string) =>
  process.argv
    .find((word) => word.startsWith(`--${name}=`))
    ?.split('=')[1]
    ?.split(',')
const only = listed('only')
const isWanted = (part: string) => only === undefined || only.some((word) => part.includes(word))
const sizes = listed('sizes')?.map(Number) ?? (process.argv.includes('--quick') ? [100, 1_000] : [100, 500, 1_000, 2_000, 10_000])
const editor = join(dirname(fileURLToPath(import.meta.url)), '..')

// By a name that is only known when it runs: a tool of the server finds what it builds by its own place.
const tools: { buildServer(): Promise<void> } = await import(pathToFileURL(join(editor, '../server/tools/build.mjs')).href)
process.env.NODE_ENV = 'production'
const [output] = await Promise.all([buildOutput(), tools.buildServer()])
const table = new Table()
for (const { screen, bytes, budget } of isWanted('download') ? weigh(output) : [])
  table.row(`first visit, ${screen}`, budget / 1_000, bytes / 1_000, 'kB')

const product = await startProduct()
const browser = await launchBrowser()
const inSection = bySections(table)
const section = async (what: string, part: () => Promise<void>) => (isWanted(what) ? inSection(what, part) : undefined)
try {
  await section('first visits', () => firstVisit(browser, product, table))
  const { page } = await openWindow(browser)
  await page.addInitScript(installProbe)
  await signIn(page, product, product.account('admin'))
  for (const count of sizes) await put(page, count)
  // The code of the canvas is there, as for anybody who works with it.
  await page.goto(`${product.url}/flows/consent-withdrawn`)
  await drawn(page)
  for (const count of sizes) await section(`${count} steps`, () => measure(page, count))
  await section('settings and expressions', () => writing(browser, product, table))
  await section('a replay', () => replaying(page, product, table))
  await section('cases', () => casesWithTimes(browser, product, table))
} finally {
  await browser.close()
  await product.stop()
}
table.print()
process.exit(strict && table.misses > 0 ? 1 : 0)

async function put(page: Page, count: number): Promise<void> {
  const answer = await page.request.put(`${product.url}/api/v1/flows/bench-${count}`, {
    headers: { origin: product.url, 'content-type': 'application/json' },
    data: JSON.stringify(largeFlow(`bench-${count}`, count)),
  })
  if (!answer.ok()) throw new Error(`${count} steps: ${answer.status()} ${await answer.text()}`)
}

async function measure(page: Page, count: number): Promise<void> {
  const name = `${count.toLocaleString('en')} steps`
  const isHuge = count > 2_000
  const moves = { fps: isHuge ? 55 : 58, p95: isHuge ? 18.5 : 17 }
  const opened = await visit(page, count)
  if (!isHuge) table.row(`open, ${name}`, count > 1_000 ? 600 : 500, opened, 'ms')
  await inSection(`${name}, seen whole`, async () => {
    await page.keyboard.press('1')
    await panning(page, table, `${name}, whole in view`, moves)
    await dragging(page, table, count, `${name}, whole in view`, moves)
    if (!isHuge) await sweeping(page, table, name)
  })
  await inSection(`${name}, zoom 0.25`, async () => {
    await page.keyboard.press('1')
    await zoomTo(page, 0.25)
    await panning(page, table, `${name}, zoom 0.25`, moves)
    await dragging(page, table, count, `${name}, zoom 0.25`, moves)
  })
  await inSection(`${name}, zoom 1`, async () => {
    await page.keyboard.press('1')
    await page.keyboard.press('0')
    await panning(page, table, `${name}, zoom 1`, moves)
    await page.keyboard.press('1')
    await page.keyboard.press('0')
    await dragging(page, table, count, `${name}, zoom 1`, moves)
  })
  if (count === 1_000) await inSection('live states', () => live(page, table, count))
  if (!isHuge) {
    await inSection(`${name}, editing`, () => editing(page, table, count, name))
    await inSection(`${name}, tidying`, () => tidying(page, table, name, count <= 100 ? 150 : count <= 500 ? 600 : 2_000))
  }
  table.row(`heap, ${name}`, isHuge ? 120 : 60, await heap(page), 'MB')
}
