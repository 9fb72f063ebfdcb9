import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture, signIn } from './browser.ts'
import { type Product, startProduct } from './product.ts'

let product: Product
let browser: Browser
let run = ''

const mobile = '13800138000'
const flow = {
  format: 'sluice/flow@1',
  key: 'sealed',
  name: { en: 'Sealed', 'zh-CN': '隐藏' },
  nodes: [
    { id: 'asked', type: 'core.event', config: { type: 'com.example.sealed' }, at: [0, 0] },
    { id: 'copy', type: 'core.transform', config: { value: { mobile: '{% event.data.mobile %}' } }, at: [280, 0] },
  ],
  edges: [{ from: 'asked.out', to: 'copy.in' }],
}

async function prepare(page: Page): Promise<void> {
  const api = apiOf(page, product)
  await api.post('/customers', { id: 'c-sealed', name: '李雷', fields: { mobile } })
  await api.post('/consents', { customer: 'c-sealed', purpose: 'recommendation', scene: 'quote_push', scope: 'standing', session: null })
  await api.publish(flow)
  run = await api.send({ type: 'com.example.sealed', subject: 'c-sealed', data: { mobile } }, 5000)
}

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  const { page, context } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await prepare(page)
  await context.close()
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const reason = 'The customer complains about a call'

test('T38: a sealed value is opened for a reason, is gone again, and the audit log says who and why', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('legal'))
  await page.goto(`${product.url}/flows/${flow.key}`)
  await page.getByTestId('canvas').locator('[data-step-id="copy"]').click()
  await page.getByRole('tab', { name: 'Data' }).click()
  const pane = page.getByTestId('data-pane')
  await pane.locator('[data-masked="policy"]').first().waitFor()
  await expect.poll(() => pane.textContent()).not.toContain(mobile)
  await pane.getByRole('button', { name: 'Reveal…' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('too short')
  await expect.poll(() => dialog.getByRole('button', { name: 'Show it' }).isDisabled()).toBe(true)
  await dialog.getByRole('textbox').fill(reason)
  await picture(page, 'reveal-ask')
  await dialog.getByRole('button', { name: 'Show it' }).click()
  await pane.getByTestId('revealed').getByText(mobile).waitFor()
  await picture(page, 'reveal-shown')
  await pane.getByRole('button', { name: 'Hide' }).click()
  await pane.getByTestId('revealed').waitFor({ state: 'detached' })
  await expect.poll(() => pane.textContent()).not.toContain(mobile)

  // The replay opens them in the same way; the time of the value runs out by itself.
  await page.clock.install()
  await page.goto(`${product.url}/runs/${run}`)
  await page.getByTestId('canvas').locator('[data-step-id="copy"]').click()
  await page.getByRole('tab', { name: 'Output' }).click()
  await page.getByRole('button', { name: 'Reveal…' }).first().click()
  await page.getByRole('dialog').getByRole('textbox').fill(reason)
  await page.getByRole('dialog').getByRole('button', { name: 'Show it' }).click()
  await page.getByTestId('revealed').getByText(mobile).waitFor()
  await page.clock.runFor(70_000)
  await page.getByTestId('revealed').waitFor({ state: 'detached' })

  interface Look {
    readonly payload: { readonly reason: string }
    readonly refs: { readonly run: string }
  }
  const { items } = await apiOf(page, product).get<{ items: readonly Look[] }>('/audit?kind=data.revealed')
  expect(items.map(({ payload, refs }) => [payload.reason, refs.run])).toEqual([
    [reason, run],
    [reason, run],
  ])
  expect(JSON.stringify(items)).not.toContain(mobile)
  await page.goto(`${product.url}/audit?kind=data.revealed`)
  await page.getByText('Sealed value looked at').first().waitFor()
  expect(complaints).toEqual([])
})

test('T38: whoever may not is offered nothing, and what was frozen meanwhile is refused in words', async () => {
  const { page } = await openWindow(browser, { locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 390, height: 844 } })
  await signIn(page, product, product.account('consent'))
  await page.evaluate(() => localStorage.setItem('sluice.language', 'zh-CN'))
  await page.goto(`${product.url}/runs/${run}`)
  await page.getByTestId('canvas').locator('[data-step-id="copy"]').click()
  await page.getByRole('tab', { name: '输出' }).click()
  await page.getByRole('button', { name: '查看…' }).first().click()
  await page.getByRole('dialog').getByRole('textbox').fill('客户投诉收到了骚扰来电，需要核对')
  const admin = await openWindow(browser)
  await enter(admin.page, product, product.account('admin'))
  await apiOf(admin.page, product).post('/consents/withdraw', { customer: 'c-sealed', all: true, channel: 'preference_page' })
  await page.getByRole('dialog').getByRole('button', { name: '显示' }).click()
  await page.getByText('该值已冻结').first().waitFor()
  await picture(page, 'reveal-frozen-zh-dark-phone')
  await expect.poll(() => page.textContent('body')).not.toContain(mobile)

  const analyst = await openWindow(browser)
  await enter(analyst.page, product, product.account('analyst'))
  await analyst.page.goto(`${product.url}/runs/${run}`)
  await analyst.page.getByTestId('canvas').locator('[data-step-id="copy"]').click()
  await analyst.page.getByRole('tab', { name: 'Output' }).click()
  await analyst.page.locator('[data-masked]').first().waitFor()
  await expect.poll(() => analyst.page.getByRole('button', { name: 'Reveal…' }).count()).toBe(0)
})
