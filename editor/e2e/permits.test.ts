import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'
import { inBoth, said } from './words/index.ts'

let product: Product
let browser: Browser
let run = ''

const mobile = '13800138000'
const flow = {
  format: 'sluice/flow@1',
  key: 'tells',
  name: { en: 'Tells', 'zh-CN': '告知' },
  nodes: [
    { id: 'asked', type: 'core.event', config: { type: 'com.example.tells' }, at: [0, 0] },
    {
      id: 'tell',
      type: 'notify.customer',
      config: {
        customer: '{% event.subject %}',
        channel: 'sms',
        text: 'We call you back.',
        purpose: 'recommendation',
        scene: 'quote_push',
      },
      at: [280, 0],
    },
  ],
  edges: [{ from: 'asked.out', to: 'tell.in' }],
}

async function prepare(page: Page): Promise<void> {
  const api = apiOf(page, product)
  await api.post('/customers', { id: 'c-tells', name: '李雷', fields: { mobile } })
  await api.post('/consents', { customer: 'c-tells', purpose: 'recommendation', scene: 'quote_push', scope: 'standing', session: null })
  await api.publish(flow)
  run = await api.send({ type: 'com.example.tells', subject: 'c-tells', data: { mobile, visits: 4096 } }, 5000)
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

test('the replay says under which leave a message went out: the consent, to whom, which data, by which rules', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await page.goto(`${product.url}/runs/${run}`)
  await page.getByTestId('canvas').locator('[data-step-id="tell"]').click()
  const leave = page.getByTestId('step-permits')
  await leave.getByText('Mobile number').waitFor()
  await leave.getByText(new RegExp(`${said('Sales recommendation').source} · ${said('Quote push').source}`)).waitFor()
  await leave.getByText(/sha256:/).waitFor()
  await picture(page, 'replay-permit')
  expect(complaints).toEqual([])
})

test('T38: of a sealed value the kind is known', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('analyst'))
  await page.goto(`${product.url}/flows/${flow.key}`)
  await page.getByTestId('canvas').locator('[data-step-id="tell"]').click()
  await page.getByRole('tab', { name: 'Data' }).click()
  const pane = page.getByTestId('data-pane')
  await pane.locator('[data-masked="policy"]').first().waitFor()
  await pane.getByText(inBoth('••• text', '••• 文本')).first().waitFor()
  await picture(page, 'sealed-kind')
  expect(complaints).toEqual([])
})
