import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

interface Node {
  readonly id: string
  readonly type: string
  readonly config: object
}

/** A draft as another tool would save it, opened on the canvas. */
async function openDraft(page: Page, key: string, nodes: readonly Node[], edges: readonly (readonly [string, string])[]): Promise<void> {
  const file = {
    format: 'sluice/flow@1',
    key,
    name: key,
    nodes: nodes.map((node, at) => ({ ...node, at: [at * 260, 0] })),
    edges: edges.map(([from, to]) => ({ from, to: `${to}.in` })),
    groups: [],
    notes: [],
    settings: {},
    parameters: {},
  }
  await apiOf(page, product).put(`/flows/${key}`, file)
  await page.goto(`${product.url}/flows/${key}`)
  await page.getByTestId('canvas').locator('[data-step-id]').first().waitFor()
}

async function openProblems(page: Page): Promise<void> {
  if ((await page.getByTestId('problems').count()) > 0) return
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('Shift+P')
  await page.getByTestId('drawer').waitFor()
}

interface Draft {
  readonly nodes: readonly Node[]
}
const draftOf = (page: Page, key: string) => apiOf(page, product).get<Draft>(`/flows/${key}`)

const row = (page: Page, code: string) => page.getByTestId('problems').locator(`[data-problem="${code}"]`)

const on: Node = { id: 'on', type: 'core.event', config: { type: 'lead.created' } }
const use = { purpose: 'recommendation', scene: 'quote_push' }

test('money that a model proposes is refused, and one undoable click puts a person in front of it (T40)', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const nodes: readonly Node[] = [
    on,
    { id: 'ai', type: 'ai.generate', config: { prompt: 'A fair discount', ...use } },
    { id: 'pay', type: 'crm.apply-discount', config: { amount: '{% input.amount %}', currency: 'CNY', receipt: '{% input.receipt %}' } },
  ]
  await openDraft(page, 'proof-money', nodes, [
    ['on.out', 'ai'],
    ['ai.out', 'pay'],
  ])
  await openProblems(page)
  const found = row(page, 'SLU_MONEY_WITHOUT_HUMAN')
  await found.getByText('AI output touches money', { exact: false }).click()
  await page.locator('[data-edge][data-lit="true"]').first().waitFor({ state: 'attached' })
  await picture(page, 'e2e-proof-money')
  const refused = await page.request.post(`${product.url}/api/v1/flows/proof-money/publish`, { headers: { origin: product.url }, data: {} })
  expect(refused.status()).toBe(422)

  await found.locator('[data-fix="insert-veto"]').click()
  await page.getByTestId('canvas').locator('[data-node-type="approvals.veto"]').waitFor()
  await found.waitFor({ state: 'detached' })
  await picture(page, 'e2e-proof-money-mended')
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('Control+z')
  await page.getByTestId('canvas').locator('[data-node-type="approvals.veto"]').waitFor({ state: 'detached' })
  await row(page, 'SLU_MONEY_WITHOUT_HUMAN').waitFor()
  expect(complaints.filter((text) => !text.includes('422'))).toEqual([])
  await page.context().close()
})

test('data without consent is marked on the step, and each of the three ways out works (T41)', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const nodes: readonly Node[] = [
    on,
    { id: 'read', type: 'crm.get-customer', config: use },
    {
      id: 'post',
      type: 'core.http-request',
      config: { method: 'POST', url: 'https://partner.example/', body: '{% {"mobile": nodes.read.fields.mobile} %}' },
    },
  ]
  await openDraft(page, 'proof-consent', nodes, [
    ['on.out', 'read'],
    ['read.out', 'post'],
  ])
  await openProblems(page)
  /** What each of them leaves in the flow. */
  const done = {
    'insert-mask': ({ nodes: all }: Draft) => all.some(({ type }) => type === 'masking.mask-fields'),
    'ask-consent': ({ nodes: all }: Draft) => 'purpose' in (all.find(({ id }) => id === 'post')?.config ?? {}),
    remove: ({ nodes: all }: Draft) => all.every(({ id }) => id !== 'post'),
  }
  for (const action of ['insert-mask', 'ask-consent', 'remove'] as const) {
    const found = row(page, 'SLU_FLOW_CONSENT')
    await found.waitFor()
    await page.locator('[data-step-id="post"] [data-testid="step-problems"]').waitFor()
    await found.locator(`[data-fix="${action}"]`).click()
    await found.waitFor({ state: 'detached' })
    await expect.poll(async () => done[action](await draftOf(page, 'proof-consent'))).toBe(true)
    await page.getByTestId('canvas').focus()
    await page.keyboard.press('Control+z')
  }
  await row(page, 'SLU_FLOW_CONSENT').waitFor()
  await picture(page, 'e2e-proof-consent')
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a withdrawal of 95 s lights up its way, and a shorter timer puts it out (T42)', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const nodes: readonly Node[] = [
    { id: 'on', type: 'consent.changed', config: { change: 'withdrawn' } },
    { id: 'wait', type: 'core.wait', config: { for: 'PT95S' } },
    { id: 'freeze', type: 'crm.freeze-fields', config: { fields: ['income'] } },
  ]
  await openDraft(page, 'proof-withdrawal', nodes, [
    ['on.out', 'wait'],
    ['wait.out', 'freeze'],
  ])
  await openProblems(page)
  const found = row(page, 'SLU_FLOW_WITHDRAWAL_LATE')
  await found.getByText('95 s, limit 90 s', { exact: false }).waitFor()
  await found.locator('[data-fix="show-path"]').click()
  await page.locator('[data-edge][data-lit="true"]').first().waitFor({ state: 'attached' })
  await page.locator('[data-step-id="wait"][data-lit="true"]').waitFor()
  await picture(page, 'e2e-proof-withdrawal')
  // The timer is shortened in its form, where the problem led to; the check runs by itself.
  await page.getByTestId('inspector').locator('input:focus').waitFor()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('60')
  await page.keyboard.press('Tab')
  await found.waitFor({ state: 'detached' })
  await expect.poll(() => page.locator('[data-lit="true"]').count()).toBe(0)
  expect(complaints).toEqual([])
  await page.context().close()
})
