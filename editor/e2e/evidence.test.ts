import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plays as englishPlays } from '../src/app/locales/en/plays.ts'
import { replay as english } from '../src/app/locales/en/replay.ts'
import { runs as englishRuns } from '../src/app/locales/en/runs.ts'
import { withdrawals as englishWithdrawals } from '../src/app/locales/en/withdrawals.ts'
import { plays as chinesePlays } from '../src/app/locales/zh-CN/plays.ts'
import { replay as chinese } from '../src/app/locales/zh-CN/replay.ts'
import { runs as chineseRuns } from '../src/app/locales/zh-CN/runs.ts'
import { withdrawals as chineseWithdrawals } from '../src/app/locales/zh-CN/withdrawals.ts'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'

let product: Product
let browser: Browser
/** A run of each kind of step. */
let why = ''
/** Who answered its task. */
let approver = { name: '' }

const use = { purpose: 'recommendation', scene: 'quote_push' }
const step = (id: string, type: string, config: object, column: number, line = 0) => ({ id, type, config, at: [column * 280, line * 140] })
const wire = (text: string) => {
  const [from = '', to] = text.split(' ')
  return { from, to: `${to}.in` }
}

const kinds = {
  key: 'why',
  nodes: [
    step('on', 'core.event', { type: 'com.example.why' }, 0),
    step(
      'table',
      'core.decision',
      {
        hitPolicy: 'first',
        inputs: [{ name: 'amount', value: '{% event.data.amount %}' }],
        outputs: [{ name: 'who' }],
        rows: [
          { when: ['> 10'], give: ['director'] },
          { when: ['-'], give: ['nobody'] },
        ],
      },
      1,
    ),
    step('large', 'core.branch', { when: '{% event.data.amount > 10 and input.who = "director" %}' }, 0, 2),
    step('may', 'consent.check', use, 2),
    step('read', 'crm.get-customer', use, 3),
    step('mask', 'masking.mask-fields', { fields: ['mobile', 'name'] }, 0, 1),
    step('plan', 'ai.strategy', { signal: 'churn_risk' }, 1, 1),
    step('ask', 'approvals.task', { title: 'Shall we?', assignee: 'role:director', actions: ['approve', 'reject'] }, 2, 1),
    step('end', 'core.transform', { value: 1 }, 3, 1),
  ],
  edges: [
    'on.out table',
    'table.out large',
    'large.true may',
    'may.granted read',
    'read.out mask',
    'mask.out plan',
    'plan.out ask',
    'ask.approve end',
  ].map(wire),
}
/** Two hundred turns: more than four hundred entries. */
const turns = {
  key: 'turns',
  nodes: [
    step('start', 'core.manual', {}, 0),
    step('count', 'core.transform', { value: '{% {"n": input.n + 1} %}' }, 1),
    step('more', 'core.branch', { when: '{% input.n < 200 %}' }, 2, 2),
  ],
  edges: ['start.out count', 'count.out more', 'more.true count'].map(wire),
}
/** Three changes of state per run. */
const waiting = {
  key: 'waiting',
  nodes: [
    step('start', 'core.manual', {}, 0),
    step('pass', 'core.transform', { value: 1 }, 1),
    step('wait', 'core.wait', { for: 'P1D' }, 2),
  ],
  edges: ['start.out pass', 'pass.out wait'].map(wire),
}

async function publish(page: Page, flow: { readonly key: string }): Promise<void> {
  await apiOf(page, product).publish({ format: 'sluice/flow@1', name: { en: flow.key, 'zh-CN': flow.key }, ...flow })
}

async function ended(page: Page, run: string): Promise<void> {
  await expect
    .poll(async () => (await apiOf(page, product).get<{ state: string }>(`/runs/${run}`)).state, { timeout: 30_000 })
    .toBe('succeeded')
}

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  const { page, context } = await openWindow(browser)
  await enter(page, product, product.account('director'))
  ;({ user: approver } = await apiOf(page, product).get<{ user: { name: string } }>('/session'))
  const admin = await openWindow(browser)
  await enter(admin.page, product, product.account('admin'))
  for (const flow of [kinds, turns, waiting]) await publish(admin.page, flow)
  why = await apiOf(admin.page, product).send({ type: 'com.example.why', subject: 'd-1001', data: { amount: 12 } })
  await page.goto(`${product.url}/tasks`)
  await page
    .getByRole('link', { name: /Shall we\?/ })
    .first()
    .click()
  await page.locator('main').getByRole('button', { name: 'Approve', exact: true }).click()
  await page.locator('main').getByText('Answered: Approve').first().waitFor()
  await Promise.all([context.close(), admin.context.close()])
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const languages = [
  {
    name: 'en',
    options: { locale: 'en-GB' },
    words: { ...english, ...englishPlays, ...englishRuns, ...englishWithdrawals },
    customer: 'd-1002',
  },
  {
    name: 'zh-dark',
    options: { locale: 'zh-CN', colorScheme: 'dark' },
    words: { ...chinese, ...chinesePlays, ...chineseRuns, ...chineseWithdrawals },
    customer: 'd-1003',
  },
] as const

describe.each(languages)('what a run proves in $name', ({ name, options, words, customer }) => {
  const open = async () => {
    const window = await openWindow(browser, options)
    await window.page.addInitScript((language) => localStorage.setItem('sluice.language', language), name === 'en' ? 'en' : 'zh-CN')
    await enter(window.page, product, product.account('admin'))
    return window
  }

  test('T46 why: the row of a table, the consent record, what was masked, who made the strategy and who approved stand with their steps', async () => {
    const { page, complaints, context } = await open()
    await ended(page, why)
    await page.goto(`${product.url}/runs/${why}`)
    const replay = page.getByTestId('replay')
    const { items } = await apiOf(page, product).get<{ items: { kind: string; node?: string; why?: Record<string, unknown> }[] }>(
      `/runs/${why}/journal?limit=200`,
    )
    const reason = (node: string) => items.find((item) => item.kind === 'node.completed' && item.node === node)?.why ?? {}
    const expected: Readonly<Record<string, readonly string[]>> = {
      table: [words['replay.why.row-fits'].replace('{row}', '1'), '12', '> 10', 'director'],
      large: [words['replay.why.holds'], 'amount', '12', 'who', 'director'],
      may: [words['replay.why.consent'], String(reason('may').consent), words['replay.why.purpose'], words['replay.why.scene']],
      read: [words['replay.why.purpose'], words['replay.why.scene']],
      mask: [words['replay.why.masked']],
      plan: [words['replay.why.origin'], words['replay.why.plays']],
    }
    const panel = replay.getByTestId('replay-why')
    for (const [node, texts] of Object.entries(expected)) {
      await replay.locator(`[data-step-id="${node}"]`).click()
      for (const text of texts) await panel.getByText(text, { exact: false }).first().waitFor()
    }
    await picture(page, `why-${name}`)
    await replay.locator('[data-step-id="on"]').click()
    await panel.locator('[data-fact="event"]').getByText('com.example.why', { exact: false }).waitFor()
    await replay.locator('[data-step-id="ask"]').click()
    const answered = panel.locator('[data-fact="answered"]')
    await answered.waitFor()
    await expect.poll(() => answered.innerText()).toContain(approver.name)
    // People and tasks stand there by name and by link, never by their ids.
    await panel.getByRole('link', { name: words['replay.why.open-task'] }).waitFor()
    expect(await panel.innerText()).not.toMatch(/\b01[0-9A-Z]{24}\b/)
    await replay.locator('[data-step-id="large"]').click()
    await expect.poll(() => panel.locator('[data-holds="true"]').count()).toBe(2)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('T51 a withdrawal: fields frozen, runs stopped, the rep alerted, the clock far below 90 s, and the signed receipt opens', async () => {
    const { page, complaints, context } = await open()
    const { withdrawal } = await apiOf(page, product).post<{ withdrawal: string }>('/consents/withdraw', {
      customer,
      all: true,
      channel: 'preference_page',
    })
    await page.goto(`${product.url}/withdrawals/${withdrawal}`)
    await page.getByText(words['withdrawals.clock.done']).waitFor({ timeout: 30_000 })
    for (const part of ['fence', 'stop_runs', 'crm_freeze', 'rep_alert', 'receipt'] as const)
      await page.locator('li[data-state="done"]').getByText(words[`withdrawals.step.${part}`], { exact: true }).waitFor()
    await expect.poll(() => page.locator('li[data-state]:not([data-state="done"])').count()).toBe(0)
    const { elapsedMs } = await apiOf(page, product).get<{ elapsedMs: number }>(`/withdrawals/${withdrawal}`)
    expect(elapsedMs).toBeLessThan(90_000)
    await page.getByRole('button', { name: words['withdrawals.receipt.view'] }).click()
    const receipt = page.getByRole('dialog')
    await receipt.getByText(words['withdrawals.receipt.ended']).waitFor()
    await receipt.getByText(words['withdrawals.receipt.kept']).waitFor()
    await picture(page, `receipt-${name}`)
    await page.keyboard.press('Escape')
    await receipt.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: words['runs.open-replay'] }).first().click()
    await page.getByTestId('replay').locator('[data-step-id][data-state="done"]').first().waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })

  test('T45 any moment of a run of four hundred entries is one jump away, and its wire shows what the journal holds', async () => {
    const { page, complaints, context } = await open()
    const { run } = await apiOf(page, product).post<{ run: string }>('/flows/turns/runs', { trigger: 'start', input: { n: 0 } })
    await ended(page, run)
    const { items } = await apiOf(page, product).get<{ items: { kind: string; node?: string; data?: { n: number } }[] }>(
      `/runs/${run}/journal?limit=500`,
    )
    expect(items.length).toBeGreaterThan(400)
    await page.goto(`${product.url}/runs/${run}`)
    const replay = page.getByTestId('replay')
    await replay.locator('[data-step-id="count"]').waitFor()
    const head = replay.locator('input[type="range"]')
    await expect.poll(() => head.getAttribute('max')).toBe(String(items.length - 1))
    // Where the wire leaves its step no other wire is near.
    const port = await replay.locator('[data-port-step="count"][data-port="out"]').boundingBox()
    await page.mouse.click((port?.x ?? 0) + (port?.width ?? 0) + 6, (port?.y ?? 0) + (port?.height ?? 0) / 2)
    await replay.getByRole('tab', { name: words['replay.output'] }).click()
    for (const stop of [1, 133, 299, 399, 201]) {
      await head.fill(String(stop))
      await replay
        .getByText(words['replay.step-of'].replace('{step}', String(stop + 1)).replace('{total}', String(items.length)))
        .first()
        .waitFor()
      const { data } = items.slice(0, stop + 1).findLast((item) => item.kind === 'node.completed' && item.node === 'count') ?? {}
      await replay.getByRole('tabpanel', { name: words['replay.output'] }).getByText(String(data?.n), { exact: true }).waitFor()
    }
    // By keys: a moment on and back, to what stands out and back, and played on.
    await page.getByTestId('canvas').focus()
    const at = async () => Number(await head.inputValue())
    await page.keyboard.press('ArrowRight')
    await expect.poll(at).toBe(202)
    await page.keyboard.press('ArrowLeft')
    await expect.poll(at).toBe(201)
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(at).toBeGreaterThan(202)
    await page.keyboard.press('Shift+ArrowLeft')
    await expect.poll(at).toBeLessThan(201)
    const before = await at()
    await page.keyboard.press('p')
    await expect.poll(at).toBeGreaterThan(before)
    await page.keyboard.press('p')
    expect(complaints).toEqual([])
    await context.close()
  })
})

test('T43 while a hundred runs change their state at once, the counts on the steps become what the server counts, and the page answers', async () => {
  const { page, complaints, context } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await page.goto(`${product.url}/flows/waiting`)
  await page.locator('[data-step-id="wait"]').waitFor()
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('Shift+A')
  await page.getByTestId('live-panel').waitFor()
  const start = async () => {
    for (let index = 0; index < 25; index++) await apiOf(page, product).post('/flows/waiting/runs', { trigger: 'start', input: {} })
  }
  const burst = Promise.all([start(), start(), start(), start()])
  // Meanwhile the canvas is worked on.
  await page.locator('[data-step-id="pass"]').click()
  await page.keyboard.press('d')
  await page.getByRole('button', { name: /^Undo/ }).and(page.locator(':enabled')).waitFor()
  await page.keyboard.press('Control+z')
  await burst
  const marks = () => page.locator('[data-step-id="wait"] [data-live]').getAttribute('data-live')
  await expect.poll(marks, { timeout: 30_000 }).toBe('waiting 100')
  const { runs } = await apiOf(page, product).get<{ runs: { places: { node: string; state: string; count: number }[] }[] }>(
    '/flows/waiting/activity?view=live',
  )
  expect(runs.flatMap(({ places }) => places).filter(({ node, state }) => node === 'wait' && state === 'waiting')).toHaveLength(100)
  await picture(page, 'live-hundred')
  expect(complaints).toEqual([])
  await context.close()
})
