import type { Page } from 'playwright-core'
import type { Product } from '../e2e/product.ts'
import { timed, worst } from './editing.ts'
import { largeFlow } from './large-flow.ts'
import type { Table } from './table.ts'

/** A run through a thousand steps, sought from end to end. */
export async function replaying(page: Page, product: Product, table: Table): Promise<void> {
  const key = 'bench-replayed'
  const send = async (method: 'put' | 'post', path: string, data: object) => {
    const answer = await page.request[method](`${product.url}/api/v1${path}`, { headers: { origin: product.url }, data })
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
    return answer.json()
  }
  await send('put', `/flows/${key}`, largeFlow(key, 1_000))
  await send('post', `/flows/${key}/publish`, {})
  const { run } = (await send('post', `/flows/${key}/runs`, { trigger: 's0', input: { amount: 500 } })) as { run: string | { id: string } }
  const id = typeof run === 'string' ? run : run.id
  for (const until = Date.now() + 60_000; Date.now() < until; await page.waitForTimeout(200)) {
    const { state } = (await (await page.request.get(`${product.url}/api/v1/runs/${id}`)).json()) as { state: string }
    if (state !== 'running') break
  }
  await page.goto(`${product.url}/runs/${id}`)
  const handle = page.getByTestId('replay').locator('input[type="range"]')
  await handle.waitFor()
  await page.waitForTimeout(1_000)
  await handle.focus()
  const times: number[] = []
  for (const to of ['Home', 'End', 'Home', 'PageUp', 'PageUp', 'End'])
    times.push(await timed(page, () => page.keyboard.press(to), '[data-testid="replay"] output', 'changes'))
  table.row('replay seek, run through 1,000 steps', 100, worst(times), 'ms')
}
