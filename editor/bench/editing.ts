import type { Page } from 'playwright-core'
import type { Probe } from './in-page.ts'
import type { Table } from './table.ts'

declare const probe: Probe

/** One key or press, from its arrival to the frame that shows what it did. */
export async function timed(
  page: Page,
  act: () => Promise<void>,
  selector = '',
  wish: 'appears' | 'changes' | 'next frame' = 'next frame',
): Promise<number> {
  await page.evaluate(({ on, to }) => probe.arm(on, to), { on: selector, to: wish })
  await act()
  return page.evaluate(() => probe.armed)
}

export function worst(times: readonly number[]): number {
  return Math.max(...times)
}

export async function editing(page: Page, table: Table, count: number, name: string): Promise<void> {
  await page.keyboard.press('Escape')
  const card = () => page.locator('[data-testid="canvas"] [data-step-id]')
  await page.keyboard.press('1')
  await page.keyboard.press('0')
  await card().first().waitFor()
  const shown = await seen(page)
  const opened: number[] = []
  // The first one fetches the form.
  for (const id of shown.slice(0, 4)) {
    await page.keyboard.press('Escape')
    await page.getByTestId('config-form').waitFor({ state: 'detached' })
    opened.push(await timed(page, () => page.locator(`[data-step-id="${id}"]`).click(), '[data-testid="config-form"]', 'appears'))
  }
  table.row(`inspector opens, ${name}`, 80, worst(opened.slice(1)), 'ms')
  const pressed: number[] = []
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) pressed.push(await timed(page, () => page.keyboard.press(key)))
  table.row(`select a step, ${name}`, 50, worst(pressed), 'ms')
  table.row(`add a step, ${name}`, 50, await timed(page, () => page.keyboard.press('Control+d')), 'ms')
  table.row(`undo, ${name}`, 50, await timed(page, () => page.keyboard.press('Control+z')), 'ms')
  table.row(`delete a step, ${name}`, 50, await timed(page, () => page.keyboard.press('Delete')), 'ms')
  await page.keyboard.press('Control+z')
  if (count === 1_000) await checking(page, table, name)
  const search = page.getByTestId('palette').locator('input')
  await search.focus()
  // Its dictionary comes with the first touch.
  await search.fill('deng')
  await page.waitForTimeout(600)
  await search.fill('')
  await page.waitForTimeout(200)
  const found: number[] = []
  let asked = ''
  for (const key of 'mess') {
    asked += key
    found.push(await timed(page, () => page.keyboard.press(key), `[data-testid="palette"] [data-asked="${asked}"]`, 'appears'))
  }
  table.row(`palette, result per key, ${name}`, 30, worst(found), 'ms')
  await search.fill('')
  await page.getByTestId('canvas').focus()
}

/** Names of the steps whose middle is in sight, without those under a panel. */
function seen(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-testid="canvas"] [data-step-id]')].flatMap((card) => {
      const box = card.getBoundingClientRect()
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
      return top !== null && card.contains(top) ? [card.dataset.stepId ?? ''] : []
    }),
  )
}

/** Each letter of a name is a change; what counts is the check that answers the last one. */
async function checking(page: Page, table: Table, name: string): Promise<void> {
  const done = () => page.evaluate(() => probe.checks.length)
  const times: number[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    const before = await done()
    await page.keyboard.press('Alt+ArrowRight')
    await page.waitForFunction((count) => probe.checks.length > count, before)
    times.push(await page.evaluate(() => probe.checks.at(-1) ?? 0))
  }
  for (const _ of times) await page.keyboard.press('Control+z')
  table.row(`validation, ${name}`, 200, worst(times), 'ms')
}

/** No longer than an action may take to answer (EDITOR.md §1.5): who presses something meanwhile waits that long for it. */
const blockedMsMax = 100

/** Until the steps stand elsewhere and the flow says that it has something to save; and how long the page stood still at worst meanwhile. */
export async function tidying(page: Page, table: Table, name: string, budget: number): Promise<void> {
  const state = page.getByTestId('save-state')
  await page.waitForFunction(() => document.querySelector('[data-testid="save-state"]')?.getAttribute('data-state') === 'saved')
  const start = Date.now()
  const before = await state.getAttribute('data-state')
  const blocked = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const state = document.querySelector('[data-testid="save-state"]')
        const was = state?.getAttribute('data-state')
        let [worst, last, isOver] = [0, performance.now(), false]
        const look = (now: number) => {
          worst = Math.max(worst, now - last)
          last = now
          // Two frames more: the last one draws what moved.
          if (isOver) return void requestAnimationFrame((end) => resolve(Math.max(worst, end - last)))
          isOver = state?.getAttribute('data-state') !== was
          requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
  )
  await page.keyboard.press('l')
  await page.waitForFunction((was) => document.querySelector('[data-testid="save-state"]')?.getAttribute('data-state') !== was, before)
  table.row(`tidy, ${name}`, budget, Date.now() - start, 'ms')
  table.row(`tidy, ${name}, page blocked at worst`, blockedMsMax, await blocked, 'ms')
}
