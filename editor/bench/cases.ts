import type { Browser, Page } from 'playwright-core'
import { apiOf } from '../e2e/api.ts'
import { enter, openWindow } from '../e2e/browser.ts'
import type { Product } from '../e2e/product.ts'
import { timed, worst } from './editing.ts'
import { installProbe } from './in-page.ts'
import type { Table } from './table.ts'

const sharedFlow = {
  format: 'sluice/flow@1',
  key: 'bench-shared',
  name: { en: 'Shared', 'zh-CN': '共用' },
  nodes: [
    { id: 'on', type: 'consent.changed', config: { change: 'withdrawn' }, at: [0, 0] },
    { id: 'wait', type: 'core.wait', config: { for: 'PT95S' }, at: [312, 0] },
    { id: 'freeze', type: 'crm.freeze-fields', config: { fields: ['income'] }, at: [624, 0] },
  ],
  edges: [
    { from: 'on.out', to: 'wait.in' },
    { from: 'wait.out', to: 'freeze.in' },
  ],
} as const
const flowCount = 5_000
const atOnce = 16

/** The times that cases of EDITOR.md §14 name: what two people see of each other (T23), the check of a shortened timer (T42), a search (T59). */
export async function casesWithTimes(browser: Browser, product: Product, table: Table): Promise<void> {
  const [ann, bo] = await Promise.all([openWindow(browser), openWindow(browser)])
  for (const [{ page }, role] of [
    [ann, 'admin'],
    [bo, 'analyst'],
  ] as const) {
    await page.addInitScript(installProbe)
    await enter(page, product, product.account(role))
  }
  await apiOf(ann.page, product).save(sharedFlow)
  await Promise.all([ann, bo].map(({ page }) => page.goto(`${product.url}/flows/${sharedFlow.key}`)))
  await Promise.all([ann, bo].map(({ page }) => page.getByTestId('people').waitFor()))
  await seeingEachOther(ann.page, bo.page, table)
  await shortening(ann.page, table)
  await bo.context.close()
  await searching(ann.page, product, table)
  await ann.context.close()
}

/** From the key of one person to the frame of the other that has the step elsewhere. Both pages read the clock of this machine. */
async function seeingEachOther(one: Page, other: Page, table: Table): Promise<void> {
  const selector = '[data-step-id="freeze"]'
  await one.locator(selector).click()
  const times: number[] = []
  for (const key of ['Alt+ArrowDown', 'Alt+ArrowDown', 'Alt+ArrowUp', 'Alt+ArrowUp']) {
    // Not waited for: it ends with what the next lines bring about.
    const seen = other.evaluate((step) => {
      const top = () => document.querySelector(step)?.getBoundingClientRect().top
      const before = top()
      return new Promise<number>((resolve) => {
        const look = () => (top() === before ? requestAnimationFrame(look) : resolve(Date.now()))
        look()
      })
    }, selector)
    const pressed = one.evaluate(
      () => new Promise<number>((resolve) => addEventListener('keydown', () => resolve(Date.now()), { capture: true })),
    )
    await one.waitForTimeout(300)
    await one.keyboard.press(key)
    times.push((await seen) - (await pressed))
  }
  table.row('another person sees a moved step (T23)', 300, worst(times), 'ms')
}

/** From leaving the field to the list without the problem. */
async function shortening(page: Page, table: Table): Promise<void> {
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('Shift+P')
  const found = '[data-testid="problems"] [data-problem="SLU_FLOW_WITHDRAWAL_LATE"]'
  await page.locator(`${found} [data-fix="show-path"]`).click()
  await page.getByTestId('inspector').locator('input:focus').waitFor()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('6')
  const spent = await timed(page, () => page.keyboard.press('Tab'), found, 'changes')
  table.row('a late withdrawal is in time again (T42)', 1_000, spent, 'ms')
}

async function searching(page: Page, product: Product, table: Table): Promise<void> {
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const headers = { cookie, origin: product.url, 'content-type': 'application/json' }
  let next = 1
  const work = async () => {
    for (let index = next++; index <= flowCount; index = next++) {
      const key = `many-${String(index).padStart(4, '0')}`
      const body = JSON.stringify({ ...sharedFlow, key, name: { en: `Many ${index}`, 'zh-CN': `流程${index}` } })
      const { ok, status } = await fetch(`${product.url}/api/v1/flows/${key}`, { method: 'PUT', headers, body })
      if (!ok) throw new Error(`${key}: ${status}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  await page.goto(`${product.url}/flows`)
  await page.locator('tbody tr').nth(99).waitFor()
  const search = page.getByRole('searchbox')
  await search.pressSequentially('Many 498', { delay: 120 })
  await page.waitForTimeout(500)
  const times: number[] = []
  for (const key of ['7', 'Backspace', '6', 'Backspace', '5']) {
    times.push(await timed(page, () => page.keyboard.press(key), 'tbody tr:first-child a', 'changes'))
    await page.waitForTimeout(300)
  }
  table.row(`search in ${flowCount.toLocaleString('en')} flows (T59)`, 100, worst(times), 'ms')
}
