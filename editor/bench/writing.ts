import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { openWindow, signIn } from '../e2e/browser.ts'
import type { Product } from '../e2e/product.ts'
import { timed, worst } from './editing.ts'
import { installProbe } from './in-page.ts'
import { heap, slowDown } from './opening.ts'
import type { Table } from './table.ts'

const flow = {
  format: 'sluice/flow@1',
  key: 'bench-written',
  name: { en: 'Written', 'zh-CN': '书写' },
  nodes: [
    { id: 'start', type: 'core.manual', at: [0, 0] },
    { id: 'shape', type: 'core.transform', config: { value: '{% $count(input.rows) %}' }, at: [312, 0] },
  ],
  edges: [{ from: 'start.out', to: 'shape.in' }],
}
const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist')
const letter = 'abcdefghij'

/** Somebody reads a step before they write in it; meanwhile the large editor is fetched. */
const readingMs = 3_000

/**
 * The large editor of expressions as it comes for the first time, and the preview of what is being written on a large sample. Whoever
 * saves data gets nothing ahead: so it is measured without any warming, as it was before there was one, and then as others have it.
 */
export async function writing(browser: Browser, product: Product, table: Table): Promise<void> {
  for (const isWarm of [false, true]) {
    for (const slow of [false, true]) {
      const { page, context } = await openWindow(browser)
      await page.addInitScript(installProbe)
      if (!isWarm) await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }))
      await signIn(page, product, product.account('admin'))
      await sample(page, product)
      await page.goto(`${product.url}/flows/${flow.key}`)
      const step = page.locator('[data-step-id="shape"]')
      await step.waitFor()
      if (slow && isWarm) await slowDown(page)
      await step.click()
      await page.getByTestId('config-form').waitFor()
      if (isWarm) await page.waitForTimeout(readingMs)
      else if (slow) await slowDown(page)
      else await previewing(page, table)
      await monaco(page, table, slow, isWarm)
      await context.close()
    }
  }
}

/** A run whose data weighs 100 kB: what the flow's expressions are shown on. */
async function sample(page: Page, product: Product): Promise<void> {
  const headers = { origin: product.url }
  const rows = Array.from({ length: 1_000 }, (_, index) => ({ index, name: letter.repeat(7), score: index % 100 }))
  for (const [method, path, data] of [
    ['put', `/flows/${flow.key}`, flow],
    ['post', `/flows/${flow.key}/publish`, {}],
    ['post', `/flows/${flow.key}/runs`, { trigger: 'start', input: { rows } }],
  ] as const) {
    const answer = await page.request[method](`${product.url}/api/v1${path}`, { headers, data })
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  }
}

async function previewing(page: Page, table: Table): Promise<void> {
  const inspector = page.getByTestId('inspector')
  const field = inspector.locator('textarea').first()
  await inspector.getByTestId('preview').first().waitFor()
  await field.click()
  await page.keyboard.press('Control+End')
  const times: number[] = []
  for (const key of '+123') times.push(await timed(page, () => page.keyboard.type(key), '[data-testid="preview"]', 'changes'))
  table.row('expression preview, 100 kB sample', 150, worst(times), 'ms')
}

async function monaco(page: Page, table: Table, slow: boolean, isWarm: boolean): Promise<void> {
  const before = await heap(page)
  await page.evaluate(() => performance.clearResourceTimings())
  const button = page.getByTestId('inspector').getByRole('button', { name: 'Open the large editor' }).first()
  const opened = await timed(page, () => button.click(), '.monaco-editor .view-lines .view-line', 'appears')
  const name = `Monaco, first open, ${slow ? 'slow profile' : 'desktop'}`
  table.row(isWarm ? `${name}, ${readingMs / 1_000} s into the step` : `${name}, without any warming`, slow ? 2_500 : 600, opened, 'ms')
  if (slow || isWarm) return
  const files = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname))
  table.row('Monaco, download', 850, sent(files) / 1_000, 'kB')
  table.row('Monaco, heap', 15, (await heap(page)) - before, 'MB')
}

/** What a browser takes of the build. It does not tell of answers that came through the page's own worker. */
function sent(paths: readonly string[]): number {
  return [...new Set(paths)].reduce((sum, path) => {
    const small = statSync(join(dist, `${path}.br`), { throwIfNoEntry: false })
    return sum + (small?.size ?? statSync(join(dist, path), { throwIfNoEntry: false })?.size ?? 0)
  }, 0)
}
