import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
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

const branch = (id: string, x: number, y: number) => ({
  id,
  type: 'core.switch',
  config: { rules: ['left', 'middle'].map((port) => ({ when: '{% true %}', port })) },
  at: [x, y],
})
const task = (id: string, x: number, y: number) => ({ id, type: 'core.transform', config: { value: 1 }, at: [x, y] })

/** A branch with several outputs, and a step so close to another that their ports lie over each other. */
const nodes = [branch('branch', 0, 0), task('a', 260, 0), task('b', 492, 0)]

async function open(page: Page): Promise<string> {
  made += 1
  const key = `reach-${made}`
  await apiOf(page, product).put(`/flows/${key}`, { format: 'sluice/flow@1', key, name: key, nodes, edges: [] })
  await page.goto(`${product.url}/flows/${key}`)
  await page.getByText('Saved', { exact: true }).waitFor()
  return key
}

/** Every port of a card, and what a pointer finds around it: its own card's port, another's, or none. */
const around = (page: Page, px: number) =>
  page.locator('[data-port-step]:not([data-port="error"], [data-port="undo"])').evaluateAll(
    (ports, reach) =>
      ports.flatMap((port) => {
        const { left, top, width, height } = port.getBoundingClientRect()
        const [x, y] = [left + width / 2, top + height / 2]
        const isCrowded = port.closest('[data-step-id="a"], [data-step-id="b"]') !== null
        return (isCrowded ? [0] : [-reach, 0, reach]).map((dx) => {
          const found = document.elementFromPoint(x + dx, y)?.closest<HTMLElement>('[data-port-step]')?.dataset
          const { portStep, port: name } = (port as HTMLElement).dataset
          return `${portStep}.${name} ${dx}: ${found === undefined ? 'nothing' : found.portStep === portStep && found.port !== name ? found.port : 'found'}`
        })
      }),
    px,
  )

test.each([
  { pointer: 'a mouse', reach: 11.5, options: {} },
  { pointer: 'a finger', reach: 21.5, options: { hasTouch: true, isMobile: true } },
])('$pointer finds a port as far on the screen at every zoom, and of two the nearer', async ({ reach, options }) => {
  const { page, complaints } = await openWindow(browser, options)
  await enter(page, product, product.account('admin'))
  const key = await open(page)
  for (const zoom of [1, 0.87, 0.75, 0.65, 0.5, 0.46]) {
    await page.goto(`${product.url}/flows/${key}?view=30,300,${zoom}`)
    await page.locator('[data-step-id="b"]').waitFor()
    await expect
      .poll(() => page.locator('.react-flow__viewport').evaluate((e) => new DOMMatrix(getComputedStyle(e).transform).a))
      .toBe(zoom)
    await expect
      .poll(() => around(page, reach).then((all) => all.filter((each) => !each.endsWith('found'))), { message: `${zoom}` })
      .toEqual([])
    await picture(page, `port-reach-${reach > 12 ? 'touch' : 'mouse'}-${zoom}`)
  }
  if (reach > 12) return
  // Seen from here the way in of B lies over the way out of A.
  const middle = (which: string) =>
    page.locator(which).evaluate((port) => {
      const { left, top, width, height } = port.getBoundingClientRect()
      return { x: left + width / 2, y: top + height / 2 }
    })
  const from = await middle('[data-port-step="a"][data-port="out"]')
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 20, from.y + 60, { steps: 4 })
  await page.mouse.move(from.x + 40, from.y + 160, { steps: 4 })
  await page.mouse.up()
  await page.getByTestId('quick-add').locator('input:focus').waitFor()
  await page.keyboard.press('Enter')
  await expect
    .poll(async () => (await apiOf(page, product).get<{ edges: { from: string }[] }>(`/flows/${key}`)).edges.map((edge) => edge.from))
    .toEqual(['a.out'])
  expect(complaints).toEqual([])
})
