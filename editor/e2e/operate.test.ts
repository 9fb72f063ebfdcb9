import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Stands still at `sum` when the amount is no number; acts outside nowhere. */
const flow = (value: string) => ({
  format: 'sluice/flow@1',
  key: 'operated',
  name: { en: 'Operated', 'zh-CN': '运维演示' },
  nodes: [
    { id: 'start', type: 'core.event', config: { type: 'com.example.operated' }, at: [0, 0] },
    { id: 'sum', type: 'core.transform', config: { value }, at: [260, 0] },
    { id: 'later', type: 'core.wait', config: { for: 'P1D' }, at: [520, 0] },
    { id: 'told', type: 'core.transform', config: { value: 'done' }, at: [780, 0] },
  ],
  edges: [
    { from: 'start.out', to: 'sum.in' },
    { from: 'sum.out', to: 'later.in' },
    { from: 'later.out', to: 'told.in' },
  ],
})

const windows: readonly { readonly name: string; readonly locale: 'en_GB' | 'zh_CN'; readonly options: BrowserContextOptions }[] = [
  { name: 'en-light', locale: 'en_GB', options: { locale: 'en-GB', colorScheme: 'light' } },
  { name: 'zh-dark-phone', locale: 'zh_CN', options: { locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 390, height: 844 } } },
]

describe.each(windows)('operating runs in $name', ({ name, locale, options }) => {
  let product: Product
  let browser: Browser
  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(locale), openBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
  })

  const send = (page: Page, amount: unknown, type = 'com.example.operated') => apiOf(page, product).send({ type, data: { amount } })
  const runOf = (page: Page, id: string) => apiOf(page, product).get<{ readonly state: string; readonly version: number }>(`/runs/${id}`)

  test('a stuck run is explained, skipped, run again, moved and replayed; a paused flow holds its runs', async () => {
    const { page, complaints } = await openWindow(browser, options)
    await enter(page, product, product.account('admin'))
    await apiOf(page, product).publish(flow('{% event.data.amount + 1 %}'))
    const stuck = await send(page, 'many')
    await send(page, 5)
    await send(page, 1, 'com.example.nobody-listens')

    // The list: a chart on top, saved filters in the address, what acts on all of it.
    await page.goto(`${product.url}/runs?flow=operated`)
    await page.getByTestId('run-histogram').locator('button').first().waitFor()
    await picture(page, `operate-${name}-runs`)
    expect(await barriers(page), 'runs').toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    const bars = page.getByTestId('run-histogram').locator('button')
    await bars.last().focus()
    await page.keyboard.press('Shift+ArrowLeft')
    await page.keyboard.press('Enter')
    await page.waitForURL(/from=/)
    expect(new URL(page.url()).searchParams.get('to')).toMatch(/T/)

    // Incidents and dead letters: cause, fix, another try.
    await page.goto(`${product.url}/runs?view=incidents`)
    await page.locator(`[data-testid="incident"][data-run="${stuck}"]`).waitFor()
    await picture(page, `operate-${name}-incidents`)
    expect(await barriers(page), 'incidents').toEqual([])
    await page.goto(`${product.url}/runs?view=letters`)
    await page.getByTestId('letter').first().waitFor()
    await picture(page, `operate-${name}-letters`)
    expect(await barriers(page), 'letters').toEqual([])

    // The run: its incident, then the step skipped by hand.
    await page.goto(`${product.url}/runs/${stuck}`)
    await page.getByTestId('incident').waitFor()
    await picture(page, `operate-${name}-run`)
    await menu(page, 1)
    const skip = page.getByTestId('skip')
    await skip.locator('textarea').fill('{"counted": 7}')
    await skip.locator('input').last().fill('counted by hand')
    await picture(page, `operate-${name}-skip`)
    expect(await barriers(page), 'skip').toEqual([])
    await page.locator('[role="dialog"] footer button').last().click()
    await skip.waitFor({ state: 'detached' })
    await expect.poll(async () => (await runOf(page, stuck)).state).toBe('waiting')

    // To another version, after a look at what changes.
    await apiOf(page, product).publish(flow('{% event.data.amount + 2 %}'))
    await page.reload()
    await menu(page, 2)
    await page.getByTestId('move').locator('p').first().waitFor()
    await page.locator('[role="dialog"] footer button:not([disabled])').nth(1).waitFor()
    await picture(page, `operate-${name}-move`)
    await page.locator('[role="dialog"] footer button').last().click()
    await expect.poll(async () => (await runOf(page, stuck)).version).toBe(2)

    // Again from the first step: nothing happens before it is confirmed.
    await page.reload()
    await menu(page, 0)
    await page.getByTestId('rerun').locator('p').first().waitFor()
    await picture(page, `operate-${name}-rerun`)
    expect(await barriers(page), 'rerun').toEqual([])
    await page.locator('[role="dialog"] footer button').last().click()
    await page.waitForURL((url) => url.pathname.startsWith('/runs/') && !url.pathname.endsWith(stuck))
    await expect.poll(async () => (await runOf(page, stuck)).state).toBe('cancelled')

    // In bulk: the count first.
    await page.goto(`${product.url}/runs?flow=operated`)
    await page.locator('button', { hasText: /Act on these runs|批量操作/ }).click()
    await page.getByTestId('bulk').locator('[aria-live]').waitFor()
    await page.getByTestId('bulk').getByRole('radio').nth(1).click()
    await page.getByTestId('bulk').locator('[aria-live]').waitFor()
    await picture(page, `operate-${name}-bulk`)
    expect(await barriers(page), 'bulk').toEqual([])
    await page.locator('[role="dialog"] footer button:not([disabled])').nth(1).click()
    await page.getByTestId('bulk-results').waitFor()
    await page.keyboard.press('Escape')

    // A pause, from the flow's menu.
    await page.goto(`${product.url}/flows`)
    await page
      .getByText(/^(Operated|运维演示)$/)
      .first()
      .waitFor()
    await page
      .getByRole('button', { name: /(Operated|运维演示)/ })
      .last()
      .click()
    await page.getByRole('menuitem', { name: /Pause…|暂停…/ }).click()
    await page.getByTestId('pause').waitFor()
    await picture(page, `operate-${name}-pause`)
    expect(await barriers(page), 'pause').toEqual([])
    await page.locator('[role="dialog"] footer button').last().click()
    await page
      .getByText(/^(Paused|已暂停)$/)
      .first()
      .waitFor()
    const held = await send(page, 1)
    expect((await runOf(page, held)).state).toBe('running')
    await apiOf(page, product).post('/flows/operated/resume')
    await expect.poll(async () => (await runOf(page, held)).state).toBe('waiting')
    expect(complaints).toEqual([])
  })

  test('the canvas says what a draft would have done with real events', async () => {
    const { page, complaints } = await openWindow(browser, { ...options, viewport: { width: 1440, height: 900 } })
    await enter(page, product, product.account('admin'))
    const draft = (value: string) => {
      const { nodes, edges, ...rest } = flow(value)
      return {
        ...rest,
        key: 'replayed',
        nodes: nodes
          .slice(0, 2)
          .map((node) => ({ ...node, config: { ...node.config, ...(node.id === 'start' && { type: 'com.example.replayed' }) } })),
        edges: edges.slice(0, 1),
      }
    }
    await apiOf(page, product).publish(draft('{% event.data.amount %}'))
    for (const amount of [1, 2, 9]) await send(page, amount, 'com.example.replayed')
    await apiOf(page, product).save(draft('{% event.data.amount > 5 ? 5 : event.data.amount %}'))
    await page.goto(`${product.url}/flows/replayed`)
    await page.locator('button', { hasText: /^(Publish|发布)$/ }).click()
    await page.locator('button', { hasText: /What would have changed\?|会有什么不同？/ }).click()
    await page.getByTestId('replay-draft').waitFor()
    await page.locator('[role="dialog"] footer button').last().click()
    const totals = page.getByTestId('replay-totals')
    await totals.waitFor()
    await expect
      .poll(async () => [await totals.getAttribute('data-replayed'), await totals.getAttribute('data-changed')])
      .toEqual(['3', '1'])
    await picture(page, `operate-${name}-replay`)
    expect(await barriers(page), 'replay').toEqual([])
    expect(complaints).toEqual([])
  })

  /** Opens the run's menu by keyboard and takes the entry at this place. */
  async function menu(page: Page, entry: number): Promise<void> {
    await page.getByTestId('replay').waitFor()
    await page.getByTestId('run-actions').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem').first().waitFor()
    await page.getByRole('menuitem').nth(entry).focus()
    await page.keyboard.press('Enter')
  }
})

async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run())
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}
