import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { openBrowser, openWindow, picture, signIn } from './browser.ts'
import { type Product, startProduct } from './product.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const screens = [
  '/flows',
  '/flows/consent-withdrawn',
  '/flows/price-too-high',
  '/flows/consent-withdrawn/diff',
  '/templates',
  '/runs',
  '/tasks',
  '/alerts',
  '/customers',
  '/customers/d-1001',
  '/messages',
  '/withdrawals',
  '/audit',
  '/settings/profile',
  '/settings/shortcuts',
  '/settings/people',
  '/settings/tokens',
  '/settings/connections',
  '/settings/workspace',
  '/nowhere',
] as const

const windows: readonly { readonly name: string; readonly locale: 'en_GB' | 'zh_CN'; readonly options: BrowserContextOptions }[] = [
  { name: 'en-light', locale: 'en_GB', options: { locale: 'en-GB', colorScheme: 'light' } },
  { name: 'zh-dark', locale: 'zh_CN', options: { locale: 'zh-CN', colorScheme: 'dark' } },
  { name: 'zh-light-phone', locale: 'zh_CN', options: { locale: 'zh-CN', colorScheme: 'light', viewport: { width: 390, height: 844 } } },
]

describe.each(windows)('every screen in $name', ({ name, locale, options }) => {
  let product: Product
  let browser: Browser

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(locale), openBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
  })

  test('shows something true, without errors, overflow or serious barriers', async () => {
    const { page, complaints } = await openWindow(browser, options)
    await page.goto(`${product.url}/sign-in`)
    await page.locator('input[type="password"]').waitFor()
    expect(await barriers(page), 'sign-in').toEqual([])
    await picture(page, `screen-${name}-sign-in`)
    await signIn(page, product, product.account('admin'))
    const api = apiOf(page, product)
    const [run, withdrawal] = [await api.first('/runs?flow=price-too-high&limit=1'), await api.first('/withdrawals?limit=1')]
    for (const path of [...screens, `/runs/${run}`, `/withdrawals/${withdrawal}`]) {
      await page.goto(product.url + path)
      await page.locator('main, [role="main"]').first().waitFor()
      await page
        .locator('[data-loading], [aria-busy="true"]')
        .first()
        .waitFor({ state: 'detached' })
        .catch(() => undefined)
      await page.waitForTimeout(250)
      await picture(page, `screen-${name}${path.replace(/[^a-z0-9]+/gi, '-').slice(0, 40)}`)
      expect.soft(await barriers(page), path).toEqual([])
      expect.soft(await overflow(page), `${path} is wider than the window`).toBeLessThanOrEqual(0)
      if (options.viewport !== undefined) continue
      // A system with its own colours; then, with them, a browser zoomed to 200 %, which is half as many pixels.
      await page.emulateMedia({ forcedColors: 'active' })
      // Its rules are fetched by those who need them.
      await page.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue('--ink').trim() === 'CanvasText')
      await picture(page, `screen-${name}-forced${path.replace(/[^a-z0-9]+/gi, '-').slice(0, 40)}`)
      expect.soft(await barriers(page), `${path} in forced colours`).toEqual([])
      expect.soft(await unmarked(page), `${path} in forced colours`).toEqual([])
      await page.emulateMedia({ forcedColors: 'none' })
      await page.setViewportSize({ width: 720, height: 450 })
      await page.waitForTimeout(250)
      await picture(page, `screen-${name}-zoomed${path.replace(/[^a-z0-9]+/gi, '-').slice(0, 40)}`)
      expect.soft(await barriers(page), `${path} at 200 %`).toEqual([])
      expect.soft(await overflow(page), `${path} at 200 % is wider than the window`).toBeLessThanOrEqual(0)
      await page.setViewportSize({ width: 1440, height: 900 })
    }
    expect(complaints).toEqual([])
  })
})

/** Findings of axe that keep somebody out, as `rule: element`. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      resultTypes: ['violations'],
    }),
  )
  return violations
    .filter((it) => it.impact === 'serious' || it.impact === 'critical')
    .flatMap((it) => it.nodes.slice(0, 3).map((node) => `${it.id}: ${node.html.slice(0, 160)}`))
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}

/** What is chosen and, its tint gone, cannot be told from the rest. */
function unmarked(page: Page): Promise<string[]> {
  return page
    .locator('a[aria-current="page"], [role="tab"][aria-selected="true"], [aria-pressed="true"], [role="radio"][aria-checked="true"]')
    .evaluateAll((chosen) =>
      chosen.filter((one) => getComputedStyle(one).outlineStyle !== 'solid').map((one) => one.outerHTML.slice(0, 160)),
    )
}
