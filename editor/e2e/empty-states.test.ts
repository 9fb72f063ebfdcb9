import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Account, type Product, startProduct } from './product.ts'
import { serverLocale } from './words/language.ts'

let product: Product
let browser: Browser
const admin: Account = { email: 'first@example.com', password: 'four random words here' }

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(serverLocale, false), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** Every list of the product, and what it is called in pictures. */
const lists = {
  flows: '/flows',
  tasks: '/tasks',
  alerts: '/alerts',
  customers: '/customers',
  runs: '/runs',
  incidents: '/runs?view=incidents',
  letters: '/runs?view=letters',
  messages: '/messages',
  withdrawals: '/withdrawals',
} as const

interface Found {
  readonly sentence: boolean
  readonly picture: boolean
  readonly actions: number
  readonly example: boolean
}

/** What stands where the list would: seen the way a person does, by its heading. */
function emptyState(page: Page): Promise<Found> {
  return page.locator('[data-testid="empty"]').evaluate((empty) => ({
    sentence: (empty.querySelector('h2')?.textContent ?? '').trim() !== '',
    picture: empty.querySelector('svg') !== null,
    actions: empty.querySelectorAll('a, button').length,
    example: (empty.querySelector('[data-testid="example"]')?.textContent ?? '').length > 20,
  }))
}

test('every list of an empty workspace says in a sentence, a picture, one action and an example what it is for', async () => {
  const { page, complaints } = await openWindow(browser)
  const api = apiOf(page, product)
  await api.post('/setup', { ...admin, name: 'Chen Ying' })
  await api.put('/session/first-run', { outcome: 'answered' })
  for (const [name, path] of Object.entries(lists)) {
    await page.goto(`${product.url}${path}`)
    await page.locator('[data-testid="empty"] svg').first().waitFor()
    expect([name, await emptyState(page)]).toEqual([name, { sentence: true, picture: true, actions: 1, example: true }])
    await picture(page, `e2e-empty-${name}`)
  }
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a filter that finds nothing offers to take it away instead of explaining the list', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, admin)
  for (const path of ['/messages?state=sent', '/withdrawals?state=partial', '/templates?query=zzzz']) {
    await page.goto(`${product.url}${path}`)
    await page.locator('[data-testid="empty"]').getByRole('button').first().click()
    await page.waitForURL((url) => url.search === '')
  }
  expect(complaints).toEqual([])
  await page.context().close()
})

test('on a phone, in Chinese and in the dark they fit as well', async () => {
  const { page, complaints } = await openWindow(browser, { viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'zh-CN' })
  await enter(page, product, admin)
  await apiOf(page, product).put('/session/language', { language: 'zh-CN' })
  for (const name of ['tasks', 'withdrawals', 'runs'] as const) {
    await page.goto(`${product.url}${lists[name]}`)
    await page.locator('[data-testid="empty"] svg').first().waitFor()
    await page.locator('[data-testid="example"]').getByText('例如', { exact: false }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await picture(page, `e2e-empty-${name}-phone-dark`)
  }
  expect(complaints).toEqual([])
  await page.context().close()
})
