import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { openBrowser, openWindow, picture, signIn, type Window } from './browser.ts'
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

/** What the demo has one of, by where it is listed. */
const found: { readonly [screen: string]: string } = {
  '/runs/:run': '/runs?flow=price-too-high&limit=1',
  '/withdrawals/:withdrawal': '/withdrawals?limit=1',
}

const windows: readonly { readonly name: string; readonly locale: 'en_GB' | 'zh_CN'; readonly options: BrowserContextOptions }[] = [
  { name: 'en-light', locale: 'en_GB', options: { locale: 'en-GB', colorScheme: 'light' } },
  { name: 'zh-dark', locale: 'zh_CN', options: { locale: 'zh-CN', colorScheme: 'dark' } },
  { name: 'zh-light-phone', locale: 'zh_CN', options: { locale: 'zh-CN', colorScheme: 'light', viewport: { width: 390, height: 844 } } },
]

describe.each(windows)('every screen in $name', ({ name, locale, options }) => {
  let product: Product
  let browser: Browser
  let window: Window

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(locale), openBrowser()])
    window = await openWindow(browser, options)
  })
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
  })

  test('the sign-in has no serious barriers and lets an admin in', async () => {
    const { page, complaints } = window
    await page.goto(`${product.url}/sign-in`)
    await page.locator('input[type="password"]').waitFor()
    expect(await barriers(page)).toEqual([])
    await picture(page, `screen-${name}-sign-in`)
    await signIn(page, product, product.account('admin'))
    expect(complaints).toEqual([])
  })

  test.each([...screens, ...Object.keys(found)])(
    '%s shows something true, without errors, overflow or serious barriers',
    async (screen) => {
      const { page, complaints } = window
      const list = found[screen]
      const path = list === undefined ? screen : screen.replace(/:.*/, await apiOf(page, product).first(list))
      // Each address is opened once from outside; the other windows go from place to place as links do.
      if (name === 'en-light') await page.goto(product.url + path)
      else await follow(page, path)
      await page.locator('main, [role="main"]').first().waitFor()
      await still(page)
      await picture(page, `screen-${name}${path.replace(/[^a-z0-9]+/gi, '-').slice(0, 40)}`)
      expect.soft(await barriers(page)).toEqual([])
      expect.soft(await overflow(page), 'wider than the window').toBeLessThanOrEqual(0)
      if (options.viewport === undefined) {
        // A system with its own colours; then, with them, a browser zoomed to 200 %, which is half as many pixels.
        await page.emulateMedia({ forcedColors: 'active' })
        // Its rules are fetched by those who need them.
        await page.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue('--ink').trim() === 'CanvasText')
        await picture(page, `screen-${name}-forced${path.replace(/[^a-z0-9]+/gi, '-').slice(0, 40)}`)
        expect.soft(await barriers(page), 'in forced colours').toEqual([])
        expect.soft(await unmarked(page), 'in forced colours').toEqual([])
        await page.emulateMedia({ forcedColors: 'none' })
        await page.setViewportSize({ width: 720, height: 450 })
        await still(page)
        await picture(page, `screen-${name}-zoomed${path.replace(/[^a-z0-9]+/gi, '-').slice(0, 40)}`)
        expect.soft(await barriers(page), 'at 200 %').toEqual([])
        expect.soft(await overflow(page), 'wider than the window at 200 %').toBeLessThanOrEqual(0)
        await page.setViewportSize({ width: 1440, height: 900 })
      }
      expect(complaints).toEqual([])
    },
  )
})

/** To another screen of the page that is open, as a link leads there; the title of the tab says when it has come. */
async function follow(page: Page, path: string): Promise<void> {
  const before = await page.title()
  await page.evaluate((to) => history.pushState(null, '', to), path)
  await page.waitForFunction((left) => document.title !== left, before)
}

/** Nothing loads any more, and for a quarter of a second nothing was drawn anew; a screen that never rests is looked at as it is. */
async function still(page: Page): Promise<void> {
  await page
    .locator('[data-loading], [aria-busy="true"]')
    .first()
    .waitFor({ state: 'detached' })
    .catch(() => undefined)
  await page.evaluate(
    ({ quietMs, mostMs }) =>
      new Promise<void>((resolve) => {
        const ends = () => {
          watch.disconnect()
          resolve()
        }
        let quiet = setTimeout(ends, quietMs)
        const watch = new MutationObserver(() => {
          clearTimeout(quiet)
          quiet = setTimeout(ends, quietMs)
        })
        watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
        setTimeout(ends, mostMs)
      }),
    { quietMs: 250, mostMs: 3_000 },
  )
}

interface Axe {
  readonly _audit: { readonly rules: readonly { readonly id: string; readonly impact: string; readonly enabled: boolean }[] }
  run(options: object): Promise<AxeResults>
}

/** Findings of axe that keep somebody out, as `rule: element`. Rules that can only find lesser things are not asked: they took a third of its time. */
async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const { violations } = await page.evaluate(() => {
    const { axe } = window as unknown as { axe: Axe }
    const values = axe._audit.rules.filter(({ impact, enabled }) => enabled && ['serious', 'critical'].includes(impact)).map(({ id }) => id)
    return axe.run({ resultTypes: ['violations'], runOnly: { type: 'rule', values } })
  })
  return violations.flatMap((it) => it.nodes.slice(0, 3).map((node) => `${it.id}: ${node.html.slice(0, 160)}`))
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
