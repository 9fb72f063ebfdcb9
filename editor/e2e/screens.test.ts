import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { en } from '../src/app/locales/en/index.ts'
import { barriers, hardToSee, overflow, still } from './access.ts'
import { openBrowser, openWindow, picture, signIn, type Window } from './browser.ts'
import { nameOf, openAt, openings } from './openings.ts'
import { addressOf, follow, places } from './places.ts'
import { type Product, startProduct } from './product.ts'

const screens = [...places, '/nowhere'] as const

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

  test.each(screens)('%s shows something true, without errors, overflow or serious barriers', async (screen) => {
    const { page, complaints } = window
    const path = await addressOf(screen, page, product)
    const shot = `screen-${name}${path.replace(/[^a-z0-9]+/gi, '-').slice(0, 40)}`
    // Each address is opened once from outside; the other windows go from place to place as links do.
    if (name === 'en-light') {
      await page.goto(product.url + path)
      await page.locator('main, [role="main"]').first().waitFor()
      await still(page)
    } else await follow(page, path)
    await picture(page, shot)
    expect.soft(await barriers(page)).toEqual([])
    expect.soft(await overflow(page), 'wider than the window').toBeLessThanOrEqual(0)
    if (options.viewport === undefined) await hardToSee(page, shot)
    expect(complaints).toEqual([])
  })

  // One window is enough: what opens has the same parts in both languages. The whole page around it was asked above.
  if (name !== 'en-light') return
  let here = ''
  test.each(openings.map((opening) => ({ ...opening, called: nameOf(opening) })))(
    'what opens at $called has no serious barriers either, in both themes',
    async ({ called, ...opening }) => {
      const { page, complaints } = window
      if (opening.at !== here) {
        here = opening.at
        await follow(page, await addressOf(here, page, product))
      }
      const { part, close } = await openAt(page, opening, (id) => en[id])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await still(page)
        await picture(page, `opened-${colorScheme}-${called.replace(/[^a-z0-9]+/gi, '-')}`)
        expect.soft(await barriers(page, part), colorScheme).toEqual([])
      }
      await page.emulateMedia({ colorScheme: 'light' })
      await close()
      expect(complaints).toEqual([])
    },
  )
})
