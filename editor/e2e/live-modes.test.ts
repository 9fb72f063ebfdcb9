import { connect, createServer, type Socket } from 'node:net'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'

const flow = {
  format: 'sluice/flow@1',
  key: 'counted',
  name: { en: 'Counted', 'zh-CN': '计数' },
  nodes: [
    { id: 'start', type: 'core.manual', config: { input: {} }, at: [0, 0] },
    {
      id: 'check',
      type: 'core.transform',
      name: { en: 'Check', 'zh-CN': '检查' },
      config: { value: '{% input.amount + 1 %}' },
      at: [280, 0],
    },
    { id: 'pause', type: 'core.wait', name: { en: 'Pause', 'zh-CN': '等待' }, config: { for: 'P1D' }, at: [560, 0] },
  ],
  edges: [
    { from: 'start.out', to: 'check.in' },
    { from: 'check.out', to: 'pause.in' },
  ],
}

const windows: readonly { readonly name: string; readonly locale: 'en_GB' | 'zh_CN'; readonly options: BrowserContextOptions }[] = [
  { name: 'en-light', locale: 'en_GB', options: { locale: 'en-GB', colorScheme: 'light' } },
  { name: 'zh-dark', locale: 'zh_CN', options: { locale: 'zh-CN', colorScheme: 'dark' } },
]

/** A line to the product that can be cut and mended. */
async function openLine(to: string) {
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((inside) => {
    if (isCut) {
      inside.destroy()
      return
    }
    const outside = connect(Number(new URL(to).port), '127.0.0.1')
    for (const [socket, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      isCut = false
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

const hrefs = (links: Locator) => links.evaluateAll((each) => each.map((link) => link.getAttribute('href')))
const marks = (page: Page) =>
  page
    .locator('[data-step-id]')
    .evaluateAll((steps) =>
      Object.fromEntries(
        steps.map((step) => [step.getAttribute('data-step-id'), step.querySelector('[data-live]')?.getAttribute('data-live')]),
      ),
    )

describe.each(windows)('all runs on the drawing in $name', ({ name, locale, options }) => {
  let product: Product
  let browser: Browser
  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(locale), openBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
  })

  test('counts follow the runs, a cut line says so with its age, and afterwards they are the server’s again (T44); a day is drawn as heat', async () => {
    const line = await openLine(product.url)
    const { page, complaints } = await openWindow(browser, options)
    await enter(page, { ...product, url: line.url }, product.account('admin'))
    const api = apiOf(page, product)
    const start = async (amount: unknown) => (await api.post<{ run: string }>('/flows/counted/runs', { input: { amount } })).run
    await api.publish(flow)
    const first = await start(1)
    await start('x')

    await page.goto(`${line.url}/flows/counted`)
    await page.locator('[data-step-id="pause"]').waitFor()
    await page.locator('[data-key-scope="canvas"]').focus()
    await page.keyboard.press('Shift+A')
    await page.locator('[data-testid="live-runs"][data-runs="2"]').waitFor()
    await expect.poll(() => marks(page), { timeout: 15_000 }).toEqual({ start: '', check: 'incident 1', pause: 'waiting 1' })

    // Each count opens the runs behind it.
    const here = page.getByTestId('live-here')
    await page.locator('[data-step-id="pause"]').click()
    await expect.poll(() => hrefs(here.getByRole('link'))).toEqual([`/runs/${first}`])
    await expect
      .poll(() => hrefs(page.getByTestId('live-runs').getByRole('link')))
      .toEqual(['/runs?flow=counted&state=running,waiting,incident'])

    // The followed run is not drawn beneath the counts of all.
    await expect
      .poll(() => page.locator('[data-step-id][data-state="incident"], [data-step-id][data-state="waiting-time"]').count())
      .toBe(0)
    for (let index = 0; index < 12; index += 1) await start(index)
    // Twelve are on their way up as well: only after all are counted does twelve say that one ended.
    await expect.poll(() => marks(page), { timeout: 15_000 }).toEqual({ start: '', check: 'incident 1', pause: 'waiting 13' })
    await api.post(`/runs/${first}/cancel`)
    await expect.poll(() => marks(page), { timeout: 15_000 }).toEqual({ start: '', check: 'incident 1', pause: 'waiting 12' })
    await expect.poll(() => page.locator('[data-edge][data-count]:not([data-count="0"])').count()).toBe(0)
    await picture(page, `e2e-live-all-${name}`)

    line.cut()
    await page.getByTestId('live-paused').waitFor()
    await start('y')
    for (let index = 0; index < 3; index += 1) await start(index)
    await expect.poll(() => page.getByTestId('live-paused').textContent(), { timeout: 15_000 }).toMatch(/[2-9]/)
    expect((await marks(page)).pause).toBe('waiting 12')
    await picture(page, `e2e-live-paused-${name}`)
    line.mend()
    await expect.poll(() => marks(page), { timeout: 30_000 }).toEqual({ start: '', check: 'incident 2', pause: 'waiting 15' })
    await page.getByTestId('live-paused').waitFor({ state: 'detached' })
    await start(7)
    await expect.poll(() => marks(page), { timeout: 15_000 }).toEqual({ start: '', check: 'incident 2', pause: 'waiting 16' })

    await page.locator('[data-key-scope="canvas"]').focus()
    await page.keyboard.press('Shift+T')
    await expect
      .poll(() => marks(page), { timeout: 15_000 })
      .toEqual({ start: 'passed 19, failed 0', check: 'passed 17, failed 2', pause: 'passed 0, failed 0' })
    await page.locator('[data-step-id="check"]').click()
    await expect.poll(() => here.getByRole('link').count()).toBe(12)
    await expect.poll(() => hrefs(page.getByTestId('live-runs').getByRole('link'))).toEqual(['/runs?flow=counted&from=24h'])
    await picture(page, `e2e-live-day-${name}`)
    await page.locator('[data-key-scope="canvas"]').focus()
    await page.keyboard.press('Shift+T')
    await page.getByTestId('live-panel').waitFor({ state: 'detached' })
    expect(Object.values(await marks(page))).toEqual([undefined, undefined, undefined])
    // What the cut itself makes the browser write is no complaint of ours.
    expect(complaints.filter((each) => !/ERR_|Failed to load resource|WebSocket connection|fetching the script/.test(each))).toEqual([])
    await page.context().close()
    line.close()
  })
})
