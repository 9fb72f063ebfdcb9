import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { budgetBytes } from '../tools/weight.ts'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow } from './browser.ts'
import { type Product, startProduct } from './product.ts'

/**
 * What comes by itself once the drawing stands: the others at work on the flow, the guide of a first visit, the bell. Nobody waits
 * for it, but it is downloaded: it may shrink and never grow.
 */
const afterwardsBytesMax = 32_000
/** The last to come, a second after the drawing stands: a reading before it says less than is downloaded. */
const lastOf: { readonly [path: string]: string } = { '/flows/consent-withdrawn': 'Coach-' }
const assets = fileURLToPath(new URL('../dist/assets', import.meta.url))
let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('a first visit that touches nothing downloads little beside its budget, and no kit', async () => {
  const door = await openWindow(browser)
  await enter(door.page, product, product.account('admin'))
  const { items } = await apiOf(door.page, product).get<{ items: { id: string }[] }>('/runs')
  const storageState = await door.context.storageState()
  for (const path of ['/flows/consent-withdrawn', '/flows/consent-withdrawn/diff', `/runs/${items[0]?.id}`]) {
    const { page, context, complaints } = await openWindow(browser, { storageState })
    const files = new Set<string>()
    page.on('request', (request) => {
      // What checks the flow works beside the page, once the drawing stands.
      if (/\/assets\/.*\.(js|css)$/.test(request.url()) && !request.url().includes('.worker-')) files.add(basename(request.url()))
    })
    await page.goto(product.url + path)
    await page.locator('[data-testid="canvas"] [data-step-id]').first().waitFor({ state: 'attached' })
    await expect.poll(() => [...files].some((file) => file.startsWith(lastOf[path] ?? ''))).toBe(true)
    await page.waitForLoadState('networkidle')
    const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(assets, file))).length, 0)
    expect(bytes, path).toBeGreaterThan(100_000)
    expect(bytes, path).toBeLessThanOrEqual(budgetBytes.drawing + afterwardsBytesMax)
    expect(
      [...files].filter((file) => file.startsWith('kit-')),
      path,
    ).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  }
})
