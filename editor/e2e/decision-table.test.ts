import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { CanvasDriver } from './canvas-driver.ts'
import { type Product, startProduct } from './product.ts'
import { word } from './words/index.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const flow = (key: string) => ({
  format: 'sluice/flow@1',
  key,
  name: { en: 'Approvals', 'zh-CN': '审批' },
  nodes: [
    { id: 'start', type: 'core.manual', config: {}, at: [0, 0] },
    { id: 'table', type: 'core.decision', config: { hitPolicy: 'first', inputs: [], outputs: [], rows: [] }, at: [300, 0] },
  ],
  edges: [{ from: 'start.out', to: 'table.in' }],
  groups: [],
  notes: [],
  settings: {},
  parameters: {},
})

interface Saved {
  readonly nodes: readonly { readonly id: string; readonly config: Readonly<Record<string, unknown>> }[]
}

async function open(page: Page, key: string, file: object): Promise<Locator> {
  await apiOf(page, product).put(`/flows/${key}`, file)
  await page.goto(`${product.url}/flows/${key}`)
  await new CanvasDriver(page).step('table').click()
  return page.getByTestId('inspector')
}

async function config(page: Page, key: string): Promise<Readonly<Record<string, unknown>>> {
  const { nodes } = await apiOf(page, product).get<Saved>(`/flows/${key}`)
  return nodes.find(({ id }) => id === 'table')?.config ?? {}
}

/** As a spreadsheet would put it on the clipboard. */
async function paste(target: Locator, text: string): Promise<void> {
  await target.evaluate((element, words) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', words)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

test('T34: 200 rows pasted from a spreadsheet have their types, and gap, overlap and hidden row are marked with an example', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const inspector = await open(page, 'pasted-table', flow('pasted-table'))
  const lines = Array.from({ length: 198 }, (_, row) => `${row * 1000}–${row * 1000 + 999}\tgold、silver\t${row % 50}%`)
  const sheet = ['amount\ttier\t→ discount', ...lines, '5,500\tgold\t7%', '≥ 198000\t*\t50%'].join('\n')
  await paste(inspector.getByTestId('table-empty'), sheet)

  const grid = inspector.getByTestId('table-grid')
  await expect.poll(() => grid.locator('[data-row]').count()).toBe(200)
  await inspector.getByRole('button', { name: 'Input column amount' }).getByText('number').waitFor()
  await inspector.getByRole('button', { name: 'Input column tier' }).getByText('text').waitFor()
  await inspector.getByRole('button', { name: 'Output column discount' }).getByText('number').waitFor()

  // Two whole thousands leave their fractions open; row 199 stands behind the row that holds it.
  const findings = inspector.getByTestId('table-findings')
  await findings
    .locator('[data-finding=gap]')
    .getByText(`No row fits amount = -1, tier = ${word('anything else')}`)
    .waitFor()
  await findings.locator('[data-finding=hidden]').getByText('Row 199 is never reached: row 6 comes first').waitFor()
  await expect.poll(() => grid.locator('[data-row="198"]').getAttribute('data-flaw')).toBe('hidden')
  await inspector.locator('[data-field=hitPolicy]').getByRole('button').click()
  await page.getByRole('option', { name: 'Exactly one row' }).click()
  await findings.locator('[data-finding=overlap]').getByText('Rows 6 and 199 both fit amount = 5500, tier = "gold"').waitFor()
  await picture(page, 'table-inline')

  await inspector.getByRole('button', { name: 'Open as a large table' }).click()
  const large = page.getByTestId('table-large')
  await large.getByText('Rows 6 and 199 both fit').waitFor()
  await large.getByTestId('table-findings').getByRole('button', { name: 'Show' }).last().click()
  await picture(page, 'table-large')
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()

  // It is one undo step, and the server has the rows with numbers as numbers.
  await expect.poll(async () => ((await config(page, 'pasted-table')).rows as readonly unknown[])?.length).toBe(200)
  expect((await config(page, 'pasted-table')).rows).toEqual(
    expect.arrayContaining([
      { when: ['[5000..5999]', 'gold, silver'], give: [0.05] },
      { when: ['5500', 'gold'], give: [0.07] },
    ]),
  )
  // The policy back, then the whole sheet at once.
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await config(page, 'pasted-table')).hitPolicy).toBe('first')
  expect((await config(page, 'pasted-table')).rows).toHaveLength(200)
  await page.keyboard.press('Control+z')
  await expect.poll(() => config(page, 'pasted-table')).toEqual({ hitPolicy: 'first', inputs: [], outputs: [], rows: [] })
  expect(complaints).toEqual([])
})

test('T35: the keyboard works as in a spreadsheet, and each act is one undo step', async () => {
  const { page, context, complaints } = await openWindow(browser)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await enter(page, product, product.account('admin'))
  const file = flow('keyed-table')
  const filled = {
    hitPolicy: 'first',
    inputs: [
      { name: 'amount', type: 'number', value: '{% input.amount %}' },
      { name: 'tier', value: '{% input.tier %}' },
    ],
    outputs: [{ name: 'approver' }],
    rows: [
      { when: ['> 1万', '-'], give: ['director'] },
      { when: ['<= 1万', 'gold'], give: ['rep'] },
      { when: ['-', '-'], give: ['manager'] },
    ],
  }
  const inspector = await open(page, 'keyed-table', {
    ...file,
    nodes: file.nodes.map((node) => (node.id === 'table' ? { ...node, config: filled } : node)),
  })
  const { keyboard } = page
  const cells = async () =>
    (await inspector.locator('[data-row]').all()).length === 0
      ? []
      : await inspector
          .locator('[data-row]')
          .evaluateAll((rows) =>
            rows.map((row) => [...row.querySelectorAll('[role=gridcell] span:first-child')].map((cell) => cell.textContent)),
          )
  const first = [
    ['> 1万', '-', 'director'],
    ['<= 1万', 'gold', 'rep'],
    ['-', '-', 'manager'],
  ]
  await inspector.locator('[data-row="0"] [role=gridcell]').first().click()
  await inspector.getByTestId('table-input').and(page.locator(':focus')).waitFor()
  await expect.poll(() => cells()).toEqual(first)

  // Typing replaces, F2 keeps, Enter goes down, Escape gives up.
  await keyboard.type('> 2万')
  await keyboard.press('Enter')
  await keyboard.press('F2')
  await keyboard.press('End')
  await keyboard.type('5')
  await keyboard.press('Escape')
  await expect.poll(() => cells()).toEqual([['> 2万', '-', 'director'], ...first.slice(1)])
  await keyboard.press('F2')
  await keyboard.press('Home')
  await keyboard.type('not ')
  await keyboard.press('Tab')
  expect((await cells())[1]).toEqual(['not <= 1万', 'gold', 'rep'])
  // Arrows, then filling down over a range chosen with Shift.
  await keyboard.press('ArrowRight')
  await keyboard.press('Shift+ArrowDown')
  await keyboard.press('Control+d')
  expect((await cells()).map((row) => row[2])).toEqual(['director', 'rep', 'rep'])
  await keyboard.press('Control+z')
  expect((await cells()).map((row) => row[2])).toEqual(['director', 'rep', 'manager'])
  await keyboard.press('Control+z')
  await keyboard.press('Control+z')
  await expect.poll(() => cells()).toEqual(first)
  await keyboard.press('Control+y')
  expect((await cells())[0]?.[0]).toBe('> 2万')

  // A range is copied and pasted; rows move by Alt and the arrows.
  await keyboard.press('Control+Home')
  await keyboard.press('Shift+End')
  await keyboard.press('Control+c')
  await keyboard.press('Control+End')
  await keyboard.press('ArrowLeft')
  await keyboard.press('ArrowLeft')
  await keyboard.press('Control+v')
  expect((await cells())[2]).toEqual(['> 2万', '-', 'director'])
  await keyboard.press('Alt+ArrowUp')
  expect((await cells()).map((row) => row[0])).toEqual(['> 2万', '> 2万', '<= 1万'])
  await keyboard.press('Delete')
  expect((await cells())[1]).toEqual(['-', '-', ''])
  await picture(page, 'table-keys')

  // Escape leaves the table; a test row that fails keeps the flow from being published until the table is right.
  await keyboard.press('Escape')
  await inspector.getByRole('button', { name: 'Test row' }).click()
  await inspector.getByLabel('amount, test row 1').fill('30000')
  await inspector.getByLabel('approver, test row 1').fill('rep')
  await keyboard.press('Enter')
  await inspector.getByText('Test row 1: row 1 gives director').waitFor()
  await expect.poll(async () => (await config(page, 'keyed-table')).tests).toEqual([{ given: [30000, ''], expect: ['rep'] }])
  const refused = await page.request.post(`${product.url}/api/v1/flows/keyed-table/publish`, { headers: { origin: product.url }, data: {} })
  expect(refused.status()).toBe(422)
  expect(await refused.text()).toContain('SLU_DECISION_TEST')
  await inspector.getByLabel('approver, test row 1').fill('director')
  await keyboard.press('Enter')
  await inspector.getByText(/^passes$/).waitFor()
  await expect.poll(async () => (await config(page, 'keyed-table')).tests).toEqual([{ given: [30000, ''], expect: ['director'] }])

  // What no cell of its column can mean is marked and explained; undo takes it back.
  await inspector.locator('[data-row="0"] [role=gridcell]').first().click()
  await inspector.getByTestId('table-input').and(page.locator(':focus')).waitFor()
  await keyboard.type('much')
  await keyboard.press('Enter')
  await inspector.getByText('This column holds numbers').waitFor()
  expect(await inspector.locator('[role=gridcell][aria-invalid=true]').count()).toBe(1)
  await picture(page, 'table-broken-cell')
  await keyboard.press('Control+z')
  await inspector.getByText('This column holds numbers').waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})
