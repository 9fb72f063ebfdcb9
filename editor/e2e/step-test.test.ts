import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture, signIn } from './browser.ts'
import { type Product, startProduct } from './product.ts'
import { named, said } from './words/index.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const draft = {
  format: 'sluice/flow@1',
  key: 'one-step',
  name: { en: 'One step', 'zh-CN': '单步' },
  nodes: [
    { id: 'on', type: 'core.event', config: { type: 'one.asked' }, at: [0, 0] },
    { id: 'sum', type: 'core.transform', config: { value: '{% { "total": event.data.n * 2 } %}' }, at: [260, 0] },
    {
      id: 'may',
      type: 'consent.check',
      config: { customer: '{% event.subject %}', purpose: 'recommendation', scene: 'quote_push' },
      at: [520, 0],
    },
    {
      id: 'call',
      type: 'core.http-request',
      name: 'Tell the shop',
      config: { url: 'https://shop.example/hook', method: 'POST', body: '{% nodes.sum %}' },
      at: [780, 0],
    },
    // Not finished: the flow cannot be published, one step of it can be tried all the same.
    { id: 'later', type: 'core.http-request', config: {}, at: [1040, 0] },
  ],
  edges: [
    { from: 'on.out', to: 'sum.in' },
    { from: 'sum.out', to: 'may.in' },
    { from: 'may.granted', to: 'call.in' },
    { from: 'call.out', to: 'later.in' },
  ],
}

async function openDraft(page: Page): Promise<void> {
  const publishable = { ...draft, nodes: draft.nodes.slice(0, 2), edges: draft.edges.slice(0, 1) }
  const api = apiOf(page, product)
  await api.publish(publishable)
  await api.send({ type: 'one.asked', subject: 'c-7', data: { n: 21 } }, 5000)
  await api.save(draft)
  await page.goto(`${product.url}/flows/${draft.key}`)
  await page.getByTestId('canvas').locator('[data-step-id="call"]').waitFor()
}

async function runsOf(page: Page): Promise<number> {
  return (await apiOf(page, product).get<{ items: readonly unknown[] }>(`/runs?flow=${draft.key}`)).items.length
}

const result = (page: Page, outcome: string) => page.locator(`[data-testid="step-result"][data-outcome="${outcome}"]`)
async function testByKey(page: Page, id: string): Promise<void> {
  await page.getByTestId('canvas').locator(`[data-step-id="${id}"]`).click()
  await page.keyboard.press('Shift+Enter')
}

test('T39: one step is tried on a real sample, nothing leaves, its output stays as the sample of the steps behind', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await openDraft(page)
  await expect.poll(() => runsOf(page)).toBe(1)

  await testByKey(page, 'sum')
  await result(page, 'done').getByText('42', { exact: true }).waitFor()
  await result(page, 'done').getByRole('button', { name: 'Keep as sample' }).click()
  await result(page, 'done').getByRole('button', { name: 'Let this sample go', pressed: true }).waitFor()

  // Consent is asked as it would be: agreed it passes, refused it does not.
  await testByKey(page, 'may')
  await page.locator('[data-testid="step-result"][data-port="granted"]').waitFor()
  const panel = page.getByTestId('step-test')
  await panel.getByRole('checkbox').first().click({ force: true })
  await panel.getByRole('button', { name: 'Test this step' }).click()
  await page.locator('[data-testid="step-result"][data-port="denied"]').waitFor()

  // The call is shown with what it would have sent, taken from the kept output.
  await testByKey(page, 'call')
  await result(page, 'done').getByText('https://shop.example/hook').first().waitFor()
  await result(page, 'done').getByText('assumed done').waitFor()
  await result(page, 'done').getByText('42', { exact: false }).first().waitFor()
  await expect.poll(() => panel.getByTestId('kept-outputs').textContent()).toMatch(said('from a test'))
  await picture(page, 'step-test-call')

  // The outside fails, and the input can be another one.
  await panel.getByRole('button', { name: 'What the outside does' }).click()
  await page.getByRole('option', { name: 'Fails' }).click()
  await panel.getByRole('button', { name: 'Test this step' }).click()
  await result(page, 'failed').getByText(named('TIMEOUT')).first().waitFor()

  await page.getByTestId('canvas').locator('[data-step-id="later"]').click()
  await page.getByRole('tab', { name: 'Data' }).click()
  await page.getByTestId('data-pane').waitFor()
  await expect.poll(() => runsOf(page)).toBe(1)
  expect(await apiOf(page, product).get('/dead-letters')).toMatchObject({ items: [] })
  expect(complaints).toEqual([])
  // It is played here: no network is needed for it.
  await page.context().setOffline(true)
  await testByKey(page, 'may')
  await page.locator('[data-testid="step-result"][data-port="granted"]').waitFor()
  await testByKey(page, 'sum')
  await result(page, 'done').getByText('42', { exact: true }).waitFor()
  await page.context().setOffline(false)

  const chinese = await openWindow(browser, { locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 1000, height: 800 } })
  await signIn(chinese.page, product, product.account('admin'))
  await chinese.page.evaluate(() => localStorage.setItem('sluice.language', 'zh-CN'))
  await chinese.page.goto(`${product.url}/flows/${draft.key}`)
  await testByKey(chinese.page, 'sum')
  await result(chinese.page, 'done').getByRole('button', { name: '固定为示例' }).waitFor()
  await picture(chinese.page, 'step-test-zh-dark')
  expect(chinese.complaints).toEqual([])
})
