import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'
import { inBoth } from './words/index.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const name = inBoth('Still', '暂停演示')
const flow = {
  format: 'sluice/flow@1',
  key: 'still',
  name: { en: 'Still', 'zh-CN': '暂停演示' },
  nodes: [
    { id: 'on', type: 'core.event', config: { type: 'com.example.still' }, at: [0, 0] },
    { id: 'say', type: 'core.transform', config: { value: 1 }, at: [280, 0] },
  ],
  edges: [{ from: 'on.out', to: 'say.in' }],
}

test('a flow is paused from its canvas, says how many runs wait, and lets them go on', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const api = apiOf(page, product)
  await api.save(flow)
  await page.goto(`${product.url}/flows/${flow.key}`)
  await page.getByTestId('canvas').locator('[data-step-id="say"]').waitFor()
  await expect.poll(() => page.getByRole('button', { name: `Pause “${name}”?` }).count()).toBe(0)
  await api.post(`/flows/${flow.key}/publish`)
  await page.reload()
  await page.getByRole('button', { name: `Pause “${name}”?` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click()
  await page.getByTestId('flow-paused').waitFor()
  await api.send({ type: 'com.example.still', subject: 'c-1', data: {} })
  await page.reload()
  await page.getByTestId('flow-paused').getByText('1 run waits').waitFor()
  await picture(page, 'flow-paused')
  await page.getByTestId('flow-paused').click()
  await page.getByText('One run that waited begins').waitFor()
  await picture(page, 'flow-resume')
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Resume' }).click()
  await page.getByTestId('flow-paused').waitFor({ state: 'detached' })
  await expect
    .poll(async () => (await api.get<{ items: { state: string }[] }>('/runs?flow=still')).items.map(({ state }) => state))
    .toEqual(['succeeded'])
  expect(complaints).toEqual([])
})

test('the dual-track check is turned in the settings, in Chinese on a phone, and says who did it', async () => {
  const { page, complaints } = await openWindow(browser, { locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 390, height: 844 } })
  await page.addInitScript(() => localStorage.setItem('sluice.language', 'zh-CN'))
  await enter(page, product, product.account('admin'))
  await page.goto(`${product.url}/settings/workspace`)
  const card = page.getByTestId('dual-track')
  await card.waitFor()
  const isOn = async () => (await (await page.request.get(`${product.url}/api/v1/approvals/switches`)).json()).items[0].on as boolean
  const before = await isOn()
  await card.getByRole('switch').click({ force: true })
  await expect.poll(isOn).toBe(!before)
  await card.getByText('上次更改').waitFor()
  await picture(page, 'dual-track-zh-dark-phone')
  expect(complaints).toEqual([])
})
