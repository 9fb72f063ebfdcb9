import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture, signIn } from './browser.ts'
import { CanvasDriver } from './canvas-driver.ts'
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

const key = 'ruled'
const file = (when: string) => ({
  format: 'sluice/flow@1',
  key,
  name: { en: 'Ruled', 'zh-CN': '规则流程' },
  nodes: [
    { id: 'start', type: 'core.manual', config: {}, at: [0, 0] },
    { id: 'ask', type: 'core.branch', config: { when }, at: [300, 0] },
    { id: 'end', type: 'core.stop', config: {}, at: [600, 0] },
  ],
  edges: [
    { from: 'start.out', to: 'ask.in' },
    { from: 'ask.true', to: 'end.in' },
  ],
  groups: [],
  notes: [],
  settings: {},
  parameters: {},
})

async function put(page: Page, when: string): Promise<void> {
  await apiOf(page, product).save(file(when))
}

async function stored(page: Page): Promise<unknown> {
  const { nodes } = await apiOf(page, product).get<ReturnType<typeof file>>(`/flows/${key}`)
  return nodes[1]?.config.when
}

const ruleInChinese = '“amount”大于 1000，且（“tier”是“gold”、“silver”之一，或“vip”为“是”）'

test('T32, T33: nested groups read as a sentence in both languages, ✓ and ✗ follow the sample, and rule and expression are one', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const rule = 'input.amount > 1000 and (input.tier in ["gold", "silver"] or input.vip = true)'
  await put(page, rule)
  const api = apiOf(page, product)
  await api.post(`/flows/${key}/publish`)
  for (const data of [
    { amount: 500, tier: 'gold', vip: false },
    { amount: 5000, tier: 'bronze', vip: false },
    { amount: 2000, tier: 'gold', vip: false },
  ]) {
    await api.post(`/flows/${key}/runs`, { input: data })
  }

  await page.goto(`${product.url}/flows/${key}`)
  await new CanvasDriver(page).step('ask').click()
  const builder = page.getByTestId('rule-builder')
  await builder
    .getByTestId('rule-sentence')
    .getByText(inBoth('amount is more than 1000 and (tier is one of “gold”, “silver” or vip is yes)', ruleInChinese))
    .waitFor()
  await builder.getByTestId('rule-matches').getByText('Holds for 1 of the last 3 runs').waitFor()
  const holds = () =>
    builder.locator('[data-holds]').evaluateAll((all) => all.map((each) => `${each.getAttribute('data-holds')} ${each.textContent}`))
  await expect.poll(holds).toEqual(['true 2000', 'true gold', 'false false'])
  await picture(page, 'rule-en')

  // Rows behind a nested group have their own answers.
  await put(page, `(input.tier = "gold" or input.vip = true) and input.amount > 1000`)
  await page.reload()
  await new CanvasDriver(page).step('ask').click()
  await expect.poll(holds).toEqual(['true gold', 'false false', 'true 2000'])
  await put(page, rule)
  await page.reload()
  await new CanvasDriver(page).step('ask').click()
  await expect.poll(holds).toEqual(['true 2000', 'true gold', 'false false'])

  // The sample before: ✓ and ✗ change with it.
  await page.getByRole('button', { name: 'Older run' }).first().click()
  await expect.poll(holds).toEqual(['true 5000', 'false bronze', 'false false'])

  // A change in a row is a change in the expression, and the other way round.
  await builder.getByLabel('Value', { exact: true }).first().fill('4000')
  await expect.poll(() => stored(page)).toBe(rule.replace('1000', '4000'))
  await builder.getByTestId('rule-matches').getByText('Holds for 0 of the last 3 runs').waitFor()
  await page
    .getByRole('radio', { name: 'Expression' })
    .or(page.getByRole('button', { name: 'Expression', exact: true }))
    .first()
    .click()
  const text = page.getByTestId('inspector').locator('textarea').first()
  await expect.poll(() => text.inputValue()).toBe(rule.replace('1000', '4000'))
  // There and back again nothing is lost, and nothing written.
  const mode = (name: string) =>
    page
      .getByRole('radio', { name })
      .or(page.getByRole('button', { name, exact: true }))
      .first()
      .click()
  await mode('Rule')
  await expect.poll(holds).toEqual(['true 5000', 'false bronze', 'false false'])
  expect(await stored(page)).toBe(rule.replace('1000', '4000'))
  await mode('Expression')
  await expect.poll(() => text.inputValue()).toBe(rule.replace('1000', '4000'))
  await text.fill('$sum(input.items.price) > 5')
  await page.getByText('Advanced', { exact: true }).waitFor()
  await text.fill('$not(input.vip = true or input.amount < 10)')
  await page.getByText('Advanced', { exact: true }).waitFor({ state: 'detached' })
  await page
    .getByRole('radio', { name: 'Rule' })
    .or(page.getByRole('button', { name: 'Rule', exact: true }))
    .first()
    .click()
  await builder
    .getByText(inBoth('none of these holds: vip is yes; amount is less than 10', '以下都不成立：“vip”为“是”；“amount”小于 10'))
    .waitFor()

  // Built from nothing: a group in a group, with data picked from the sample.
  await builder.getByRole('button', { name: 'Condition', exact: true }).first().click()
  await builder.getByRole('button', { name: 'Data: Choose data…' }).click()
  await page.locator('[data-path="input.tier"]').last().click()
  await builder.getByLabel('Value', { exact: true }).last().fill('gold')
  await expect.poll(() => stored(page)).toBe('$not(input.vip = true or input.amount < 10 or input.tier = "gold")')

  // 同一条规则在中文界面中也读作一句话。
  await put(page, rule)
  const chinese = await openWindow(browser, { locale: 'zh-CN', colorScheme: 'dark' })
  await signIn(chinese.page, product, product.account('analyst'))
  await chinese.page.evaluate(() => localStorage.setItem('sluice.language', 'zh-CN'))
  await chinese.page.goto(`${product.url}/flows/${key}`)
  await new CanvasDriver(chinese.page).step('ask').click()
  await chinese.page.getByTestId('rule-sentence').getByText(ruleInChinese).waitFor()
  await picture(chinese.page, 'rule-zh')
  expect(complaints).toEqual([])
  expect(chinese.complaints).toEqual([])
})
