import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow } from './browser.ts'
import { CanvasDriver } from './canvas-driver.ts'
import { type Product, startProduct } from './product.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('the list of problems never loses the focus: a fix passes it on, and a field is gone to as often as it is asked for', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await apiOf(page, product).put('/flows/faulty', {
    format: 'sluice/flow@1',
    key: 'faulty',
    name: 'faulty',
    nodes: [
      { id: 'start', type: 'core.manual', config: {}, at: [0, 0] },
      { id: 'a', type: 'core.transform', config: { value: 1 }, at: [300, 0] },
      { id: 'b', type: 'core.transform', config: {}, at: [600, 0] },
    ],
    edges: [
      { from: 'start.out', to: 'a.in' },
      { from: 'a.out', to: 'b.in' },
      { from: 'b.out', to: 'a.in' },
    ],
    groups: [],
    notes: [],
    settings: {},
    parameters: {},
  })
  await page.goto(`${product.url}/flows/faulty`)
  await new CanvasDriver(page).step('a').waitFor()
  await page.keyboard.press('Shift+P')
  const problems = page.getByTestId('problems')
  const empty = problems.locator('[data-problem]', { has: page.locator('[data-fix=jump]') })
  const focused = page.locator('[data-field=value] :focus')
  for (const _time of ['once', 'again']) {
    await empty.first().locator('[data-fix=jump]').click()
    await focused.waitFor()
    await page.keyboard.press('Escape')
    await focused.waitFor({ state: 'detached' })
  }
  // The loop gets its way out in one step, and the focus stays in the list.
  await problems.locator('[data-problem=SLU_FLOW_LOOP_ENDLESS] [data-fix=add-exit]').click()
  await problems.locator('[data-problem=SLU_FLOW_LOOP_ENDLESS]').waitFor({ state: 'detached' })
  await problems.locator('li > button:focus').waitFor()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await problems.locator('[data-problem=SLU_FLOW_LOOP_ENDLESS]').waitFor()
  expect(complaints).toEqual([])
})
