import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
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
  // Beside its place stands why it matters.
  const endless = problems.locator('[data-problem=SLU_FLOW_LOOP_ENDLESS]')
  await endless.getByText('A run could go round for ever and never end.').waitFor()
  await picture(page, 'problems-reasons')
  // The loop gets its way out in one step, and the focus stays in the list.
  await endless.locator('[data-fix=add-exit]').click()
  await endless.waitFor({ state: 'detached' })
  await problems.locator('li > button:focus').waitFor()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await endless.waitFor()
  expect(complaints).toEqual([])
})

test('a gap in a decision table is closed from the list of problems: one row more, its result in hand, one undo', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const when = (cell: string, gives: string) => ({ when: [cell], give: [gives] })
  await apiOf(page, product).put('/flows/gappy', {
    format: 'sluice/flow@1',
    key: 'gappy',
    name: 'gappy',
    nodes: [
      { id: 'start', type: 'core.manual', config: {}, at: [0, 0] },
      {
        id: 'table',
        type: 'core.decision',
        config: {
          hitPolicy: 'first',
          inputs: [{ name: 'amount', value: '{% input.amount %}', type: 'number' }],
          outputs: [{ name: 'level', type: 'text' }],
          rows: [when('< 100', 'low'), when('>= 500', 'high')],
        },
        at: [300, 0],
      },
      { id: 'end', type: 'core.stop', config: {}, at: [600, 0] },
    ],
    edges: [
      { from: 'start.out', to: 'table.in' },
      { from: 'table.out', to: 'end.in' },
    ],
  })
  await page.goto(`${product.url}/flows/gappy`)
  await new CanvasDriver(page).step('table').waitFor()
  await page.keyboard.press('Shift+P')
  const gap = page.getByTestId('problems').locator('[data-problem=SLU_DECISION_GAP]')
  await gap.locator('[data-fix=add-row]').click()
  const grid = page.getByTestId('inspector').getByTestId('table-grid')
  await grid.locator('[data-row="2"] input:focus').waitFor()
  await gap.waitFor({ state: 'detached' })
  await page.keyboard.type('middle')
  await page.keyboard.press('Enter')
  await picture(page, 'problem-add-row')
  const rows = async () =>
    (await apiOf(page, product).get<{ nodes: { id: string; config: { rows?: object[] } }[] }>('/flows/gappy')).nodes.find(
      ({ id }) => id === 'table',
    )?.config.rows
  await expect.poll(rows).toEqual([when('< 100', 'low'), when('>= 500', 'high'), when('[100..500)', 'middle')])
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await grid.locator('[data-row="2"]').waitFor({ state: 'detached' })
  await gap.waitFor()
  expect(complaints).toEqual([])
})
