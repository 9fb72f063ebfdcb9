import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'
import { inBoth } from './words/index.ts'

let product: Product
let browser: Browser
beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
}, 200_000)
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const flowOf = (key: string) => ({
  format: 'sluice/flow@1',
  key,
  name: key,
  nodes: [{ id: 'by', type: 'core.manual', config: { input: {} }, at: [0, 0] }],
  edges: [],
})

describe('folders of the list of flows', () => {
  test('a folder is made, a flow dragged into it, the address names it, and the flows stay when it goes', async () => {
    const { page, complaints, context } = await openWindow(browser)
    await enter(page, product, product.account('admin'))
    const api = apiOf(page, product)
    for (const key of ['folder-one', 'folder-two']) await api.put(`/flows/${key}`, flowOf(key))
    await page.goto(`${product.url}/flows?query=folder-`)
    const rows = page.getByRole('table', { name: 'Flows' }).locator('tbody tr')
    const folders = page.getByRole('navigation', { name: 'Folders' })
    await expect.poll(() => rows.count()).toBe(2)

    await folders.getByRole('button', { name: 'New folder' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('Häuser & <b>Höfe</b>')
    await page.keyboard.press('Enter')
    // The new folder is open and empty; the words that were searched for stay.
    await page.waitForURL((url) => url.searchParams.has('folder') && url.searchParams.get('query') === 'folder-')
    await page.getByRole('heading', { name: 'Nothing matches.' }).waitFor()
    await folders.getByRole('link', { name: /^All flows/ }).click()
    await expect.poll(() => rows.count()).toBe(2)

    const own = folders.getByRole('link', { name: /^Häuser/ })
    await rows.first().locator('th a').dragTo(own)
    await page.getByText('Moved to “Häuser & <b>Höfe</b>”.').waitFor()
    await own.click()
    await expect.poll(() => rows.count()).toBe(1)
    await rows.filter({ hasText: 'folder-one' }).waitFor()
    const address = page.url()
    await picture(page, 'flows-folders')
    await page.reload()
    await expect.poll(() => rows.count()).toBe(1)

    // What dragging does, the menu does.
    await folders.getByRole('link', { name: /^In no folder/ }).click()
    await rows
      .filter({ hasText: 'folder-two' })
      .getByRole('button', { name: /folder-two/ })
      .click()
    await page.getByRole('menuitem', { name: 'Move to folder…' }).click()
    await page.getByRole('dialog').getByRole('radio', { name: 'Häuser & <b>Höfe</b>' }).check({ force: true })
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click()
    await page.goto(address)
    await expect.poll(() => rows.count()).toBe(2)

    // On a phone the folders are a choice of one line.
    await page.setViewportSize({ width: 390, height: 844 })
    const select = page.getByRole('combobox', { name: 'Folders' })
    expect(await select.inputValue()).toBe(new URL(address).searchParams.get('folder'))
    await picture(page, 'flows-folders-phone')
    await select.selectOption('none')
    await page.getByRole('heading', { name: 'Nothing matches.' }).waitFor()
    await page.setViewportSize({ width: 1440, height: 900 })

    await folders.getByRole('button', { name: /Häuser/ }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await expect.poll(() => rows.count()).toBe(2)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('a flow has an owner: mine are found by a chip, and it is given to a colleague', async () => {
    const { page, complaints, context } = await openWindow(browser)
    await enter(page, product, product.account('analyst'))
    await apiOf(page, product).put('/flows/owned-one', flowOf('owned-one'))
    await page.goto(`${product.url}/flows?query=owned`)
    const rows = page.getByRole('table', { name: 'Flows' }).locator('tbody tr')
    await page.getByRole('radio', { name: 'Mine', exact: true }).click()
    await page.waitForURL((url) => url.searchParams.get('owner') === 'me')
    await expect.poll(() => rows.count()).toBe(1)
    await rows
      .first()
      .getByRole('button', { name: /owned-one/ })
      .click()
    await page.getByRole('menuitem', { name: 'Change owner…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox').fill(inBoth('Chen', '陈'))
    await page.getByRole('option', { name: /Chen Ying|陈颖/ }).click()
    await picture(page, 'flows-owner')
    await dialog.getByRole('button', { name: 'Change owner' }).click()
    await page.getByRole('heading', { name: 'Nothing matches.' }).waitFor()
    await page.getByRole('radio', { name: 'Everyone’s' }).click()
    await rows
      .first()
      .getByRole('link', { name: /Chen Ying|陈颖/ })
      .click()
    await page.waitForURL((url) => (url.searchParams.get('owner') ?? '').length > 10)
    await rows.filter({ hasText: 'owned-one' }).waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })

  test('the counts of today open the runs since the server’s midnight, also from another side of the world', async () => {
    const { page, context } = await openWindow(browser, { timezoneId: 'Pacific/Kiritimati' })
    await enter(page, product, product.account('admin'))
    await page.goto(`${product.url}/flows`)
    const { todayFrom } = await apiOf(page, product).get<{ todayFrom: string }>('/flows')
    const counts = page.locator('tbody a[href*="/runs?flow="][href*="from=2"]')
    await counts.first().waitFor()
    const hrefs = await counts.evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).searchParams.get('from')))
    expect(new Set(hrefs.filter((from) => from !== '24h'))).toEqual(new Set([todayFrom]))
    await context.close()
  })
})
