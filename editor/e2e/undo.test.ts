import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'

/** Books and waits; what undoes the booking needs no outside. */
const trip = {
  format: 'sluice/flow@1',
  key: 'trip',
  name: { en: 'Trip', 'zh-CN': '行程' },
  nodes: [
    { id: 'start', type: 'core.manual', at: [0, 0] },
    { id: 'book', type: 'core.transform', config: { value: 'seat 1' }, at: [260, 0] },
    { id: 'later', type: 'core.wait', config: { for: 'P1D' }, at: [520, 0] },
    { id: 'unbook', type: 'core.transform', config: { value: '{% input.output %}' }, at: [520, 200] },
  ],
  edges: [
    { from: 'start.out', to: 'book.in' },
    { from: 'book.out', to: 'later.in' },
    { from: 'book.undo', to: 'unbook.in' },
  ],
}

const windows: readonly {
  readonly name: string
  readonly locale: 'en_GB' | 'zh_CN'
  readonly options: BrowserContextOptions
  readonly words: { readonly cancel: string; readonly undo: string; readonly undone: string }
}[] = [
  {
    name: 'en-light',
    locale: 'en_GB',
    options: { locale: 'en-GB', colorScheme: 'light' },
    words: { cancel: 'Cancel run', undo: 'First undo what its steps did', undone: 'Rolled back' },
  },
  {
    name: 'zh-dark',
    locale: 'zh_CN',
    options: { locale: 'zh-CN', colorScheme: 'dark' },
    words: { cancel: '取消运行', undo: '先撤销已完成的步骤', undone: '已回滚' },
  },
]

describe.each(windows)('undoing a run in $name', ({ name, locale, options, words }) => {
  let product: Product
  let browser: Browser
  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(locale), openBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
  })

  test('cancelling asks whether to undo, and the drawing says what was rolled back', async () => {
    const { page, complaints } = await openWindow(browser, options)
    await enter(page, product, product.account('admin'))
    const api = apiOf(page, product)
    await api.publish(trip)
    const { run } = await api.post<{ run: string }>('/flows/trip/runs')
    await page.goto(`${product.url}/runs/${run}`)
    await page.getByRole('button', { name: words.cancel }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByText(words.undo).click()
    await picture(page, `undo-ask-${name}`)
    await dialog.getByRole('button', { name: words.cancel }).click()
    await page.locator('[data-state="undone"]').first().waitFor()
    await expect
      .poll(() => page.getByRole('banner').or(page.locator('header')).filter({ hasText: words.undone }).count())
      .toBeGreaterThan(0)
    await picture(page, `undo-done-${name}`)
    expect(complaints).toEqual([])
  })
})
