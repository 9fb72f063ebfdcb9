import type { Page } from 'playwright-core'
import type { Probe } from './in-page.ts'
import type { Table } from './table.ts'

declare const probe: Probe

const seconds = 4

/** A run of a thousand steps tells of itself, as fast as many runs would. */
export async function live(page: Page, table: Table, count: number): Promise<void> {
  const client = await page.context().newCDPSession(page)
  await client.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busy = async () => {
    const { metrics } = await client.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
  }
  for (const [zoom, key] of [
    ['whole in view', '1'],
    ['zoom 1', '0'],
  ] as const) {
    await page.keyboard.press(key)
    for (const rate of [100, 1_000]) {
      await page.waitForTimeout(600)
      const [before, start] = [await busy(), Date.now()]
      const frames = await page.evaluate(({ flow, perSecond, steps, long }) => probe.feed(flow, perSecond, steps, long), {
        flow: `bench-${count}`,
        perSecond: rate,
        steps: count,
        long: seconds,
      })
      const share = (100 * 1_000 * ((await busy()) - before)) / (Date.now() - start)
      const name = `${rate.toLocaleString('en')} changes/s, ${zoom}`
      // Nothing would be cheaper than a run that is not drawn.
      await page.locator('[data-testid="followed-run"][data-run-state="running"]').waitFor({ timeout: 5_000 })
      table.row(`live, ${name}`, 58, frames.fps, 'fps')
      table.row(`live, ${name}, main thread`, 15, share, '%')
    }
  }
  await client.detach()
}
