import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { app as appEn } from '../src/app/locales/en/app.ts'
import { flows as flowsEn } from '../src/app/locales/en/flows.ts'
import { runList as runsEn } from '../src/app/locales/en/run-list.ts'
import { app as appZh } from '../src/app/locales/zh-CN/app.ts'
import { flows as flowsZh } from '../src/app/locales/zh-CN/flows.ts'
import { runList as runsZh } from '../src/app/locales/zh-CN/run-list.ts'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'

const flowCount = 5_000
const atOnce = 16

let product: Product
let browser: Browser

const keyOf = (index: number) => `many-${String(index).padStart(4, '0')}`
const flowOf = (index: number) => ({
  format: 'sluice/flow@1',
  key: keyOf(index),
  name: { en: `Many ${index}`, 'zh-CN': `流程${index}` },
  nodes: [
    { id: 'by', type: 'core.manual', config: { input: {} }, at: [0, 0] },
    { id: 'end', type: 'core.transform', config: { value: 1 }, at: [280, 0] },
  ],
  edges: [{ from: 'by.out', to: 'end.in' }],
})

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  const { page, context } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const api = apiOf(page, product)
  // Not through the browser: five thousand requests are faster without it.
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const headers = { cookie, origin: product.url, 'content-type': 'application/json' }
  let next = 1
  const work = async () => {
    for (let index = next++; index <= flowCount; index = next++) {
      const body = JSON.stringify(flowOf(index))
      const { status } = await fetch(`${product.url}/api/v1/flows/${keyOf(index)}`, { method: 'PUT', headers, body })
      expect(status).toBe(201)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  await api.post(`/flows/${keyOf(4_321)}/publish`)
  await context.close()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const languages = [
  { name: 'en', options: { locale: 'en-GB' }, words: { ...appEn, ...flowsEn, ...runsEn }, found: 'Many 4987' },
  { name: 'zh-CN', options: { locale: 'zh-CN', colorScheme: 'dark' }, words: { ...appZh, ...flowsZh, ...runsZh }, found: '流程4987' },
] as const

describe.each(languages)('five thousand flows in $name', ({ name, options, words, found }) => {
  test('T59 any of them is found, filters are in the address, and the list goes on as it is scrolled', async () => {
    const { page, complaints, context } = await openWindow(browser, options)
    await page.addInitScript((language) => localStorage.setItem('sluice.language', language), name)
    await enter(page, product, product.account('admin'))
    await page.goto(`${product.url}/flows`)
    const table = page.getByRole('table', { name: words['app.screen.flows'] })
    const rows = table.locator('tbody tr')
    const search = page.getByRole('searchbox', { name: words['flows.search'] })
    await rows.nth(99).waitFor()
    // A page of them, never all.
    await expect.poll(() => rows.count()).toBe(100)

    // One of the last, by its name; one letter more or less, and the address follows.
    await search.pressSequentially(found)
    await page.waitForURL((url) => url.searchParams.get('query') === found)
    await expect.poll(() => rows.count()).toBe(1)
    await rows.getByRole('link', { name: found, exact: true }).waitFor()
    await picture(page, `many-found-${name}`)
    await search.press('Backspace')
    await expect.poll(() => rows.count()).toBeGreaterThan(1)
    expect(await search.inputValue()).toBe(found.slice(0, -1))

    // A view is its address: opened afresh it shows the same.
    await page.getByRole('radio', { name: words['flows.filter.active'], exact: true }).click()
    await page.waitForURL((url) => url.searchParams.get('state') === 'active')
    await page.getByRole('heading', { name: words['app.no-matches'] }).waitFor()
    await page.getByRole('button', { name: words['app.clear-filters'] }).click()
    await page.waitForURL((url) => url.search === '')
    await expect.poll(() => search.inputValue()).toBe('')
    await page.goto(`${product.url}/flows?query=many-43&state=active`)
    await expect.poll(() => rows.count()).toBe(1)
    await rows.filter({ hasText: keyOf(4_321) }).waitFor()
    expect(await search.inputValue()).toBe('many-43')

    // Down the list, page after page, each row once, in order.
    await page.goto(`${product.url}/flows?query=many`)
    for (const count of [100, 200, 300]) {
      await expect.poll(() => rows.count()).toBe(count)
      await rows.last().scrollIntoViewIfNeeded()
      if (count < 300) await page.getByRole('button', { name: words['app.show-more'] }).click()
    }
    const links = await rows.locator('th a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    expect(links).toEqual(Array.from({ length: 300 }, (_, index) => `/flows/${keyOf(index + 1)}`))
    await picture(page, `many-scrolled-${name}`)

    // A choice of flows is searched as well: the filter of the runs, which then names the flow it was given by its address.
    await page.goto(`${product.url}/runs`)
    const flow = page.getByRole('combobox', { name: words['runs.flow'], exact: true })
    await flow.fill(found)
    await page.getByRole('option', { name: found }).first().click()
    await page.waitForURL((url) => url.searchParams.get('flow') === keyOf(4_987))
    await page.reload()
    await page.waitForFunction((name) => [...document.querySelectorAll('input')].some((input) => input.value === name), found)
    await page.goto(`${product.url}/flows?query=many`)
    await rows.nth(99).waitFor()

    // The palette leads to one of the last as well.
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').locator('input:focus').waitFor()
    await page.keyboard.type(keyOf(4_999))
    // While the server looks, the list says that nothing fits, with the same letters.
    await page.locator(`[role=menuitem][data-key="flow-${keyOf(4_999)}"]`).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/flows/${keyOf(4_999)}`)
    await page.getByTestId('canvas').waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })
})
