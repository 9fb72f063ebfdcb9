import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
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

interface Node {
  readonly id: string
  readonly type: string
  readonly name?: string
  readonly config: object
  readonly at: readonly [number, number]
}

function flow(key: string, nodes: readonly Node[]) {
  const edges = nodes.slice(1).map((node, at) => ({ from: `${nodes[at]?.id}.out`, to: `${node.id}.in` }))
  return { format: 'sluice/flow@1', key, name: { en: 'Price talk', 'zh-CN': '价格沟通' }, nodes, edges }
}

const start = (key: string, y = 0): Node => ({ id: 'start', type: 'core.event', config: { type: `com.example.${key}` }, at: [0, y] })
const table = (limit: string, extra: readonly object[] = []): Node => ({
  id: 'table',
  type: 'core.decision',
  name: 'Discount',
  config: {
    hitPolicy: 'first',
    inputs: [{ name: 'amount', value: '{% event.data.amount %}' }],
    outputs: [{ name: 'level' }],
    rows: [{ when: [limit], give: ['low'] }, { when: ['-'], give: ['high'] }, ...extra],
  },
  at: [300, 0],
})
const pause = (y = 0): Node => ({ id: 'pause', type: 'core.wait', name: 'A day', config: { for: 'P1D' }, at: [600, y] })
const say = (text: string): Node => ({ id: 'say', type: 'core.transform', name: 'Words', config: { value: text }, at: [900, 0] })
const extra: Node = { id: 'extra', type: 'core.stop', name: 'Done', config: {}, at: [1200, 0] }

async function put(page: Page, file: { readonly key: string }): Promise<void> {
  await apiOf(page, product).save(file)
}

async function publish(page: Page, file: { readonly key: string }): Promise<void> {
  await apiOf(page, product).publish(file)
}

const send = (page: Page, type: string) => apiOf(page, product).send({ type, data: { amount: 5 } })
const runOf = (page: Page, id: string) => apiOf(page, product).get(`/runs/${id}`)

test('two versions in one drawing: counts match, N and P visit each change, texts by word and tables by row (T52)', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await publish(page, flow('diffed', [start('diffed'), table('< 10'), pause(), say('Offer a fair price to the customer')]))
  await send(page, 'com.example.diffed')
  await put(
    page,
    flow('diffed', [
      start('diffed', 160),
      table('< 20', [{ when: ['> 100'], give: ['top'] }]),
      say('Offer a low price to the customer'),
      extra,
    ]),
  )
  await page.goto(`${product.url}/flows/diffed/diff?a=1&b=draft`)
  const list = page.getByTestId('changes')
  await list.waitFor()
  const count = async (mark: string) => Number(await page.locator(`[data-count="${mark}"]`).getAttribute('data-number'))
  // Steps: one new, one gone, two changed, one moved. Wires: one gone with its step, one more to it, two new.
  expect([await count('added'), await count('removed'), await count('changed'), await count('moved')]).toEqual([3, 3, 2, 1])
  await expect.poll(() => page.locator('[data-step-id="extra"]').getAttribute('data-mark')).toBe('added')
  await expect.poll(() => page.locator('[data-step-id="pause"]').getAttribute('data-mark')).toBe('removed')
  await expect.poll(() => page.locator('[data-step-id="table"]').getAttribute('data-mark')).toBe('changed')
  await expect.poll(() => page.locator('[data-step-id="start"]').getAttribute('data-mark')).toBeNull()
  await expect.poll(() => list.locator('[data-field="/config/value"] del').innerText()).toBe('fair')
  await expect.poll(() => list.locator('[data-field="/config/value"] ins').innerText()).toBe('low')
  await expect.poll(() => list.locator('[data-row="changed"] ins').first().innerText()).toBe('< 20')
  await expect.poll(() => list.locator('[data-row="added"]').count()).toBe(1)
  await page.getByTestId('version-runs').locator('[data-version="1"]').waitFor()

  const total = await list.locator('[data-change]').count()
  const position = async () => (await page.getByTestId('diff-position').innerText()).trim()
  const visited: string[] = []
  for (let at = 0; at < total; at++) {
    await page.keyboard.press('n')
    await list.locator('[data-chosen="true"]').waitFor()
    await expect.poll(async () => visited.includes(await position())).toBe(false)
    visited.push(await position())
  }
  await page.keyboard.press('p')
  await expect.poll(position).toBe(visited[total - 2])
  await picture(page, 'e2e-version-diff')
  await page.getByText('Show moved steps').click()
  await page.locator('[data-step-id="start"][data-mark="moved"]').waitFor()
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'e2e-version-diff-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 390, height: 844 })
  const runs = await page.getByTestId('version-runs').boundingBox()
  expect((runs?.x ?? 0) + (runs?.width ?? 999)).toBeLessThanOrEqual(390)
  await picture(page, 'e2e-version-diff-phone')
  expect(complaints).toEqual([])
  await page.context().close()
})

test('publishing with runs under way asks what happens to them, and does it (T53); going back takes two clicks and is audited (T54)', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await publish(page, flow('settled', [start('settled'), pause(), say('Old words')]))
  const first = await send(page, 'com.example.settled')
  await put(page, flow('settled', [start('settled'), pause(), say('New words')]))
  await page.goto(`${product.url}/flows/settled`)
  await page.getByTestId('canvas').locator('[data-step-id]').first().waitFor()
  // Until it is known whose runs are under way, nobody is told that there are none.
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route(/\/versions\?/, async (route) => {
    await answered
    await route.continue()
  })
  await page.getByRole('button', { name: 'Publish', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('[data-proof="sound"][data-holds="true"]').waitFor()
  await dialog.getByText('Loading…', { exact: true }).first().waitFor()
  await dialog.getByText('No run is under way.').waitFor({ state: 'detached' })
  answer()
  await dialog.getByTestId('affected').locator('[data-version="1"]').waitFor()
  await dialog.locator('[data-proof="sound"][data-holds="true"]').waitFor()
  await dialog.getByTestId('what-changes').waitFor()
  const submit = dialog.getByRole('button', { name: 'Publish', exact: true })
  await expect.poll(() => submit.isDisabled()).toBe(true)
  await picture(page, 'e2e-publish-dialog')
  await dialog.getByText('They move to this version').click()
  await submit.click()
  await page.getByTestId('published').waitFor()
  await expect.poll(() => page.getByTestId('settled').innerText()).toMatch(said('One run moved'))
  await expect.poll(() => runOf(page, first)).toMatchObject({ version: 2, state: 'waiting' })
  await picture(page, 'e2e-published')
  await page.keyboard.press('Escape')

  await page.getByTestId('canvas').focus()
  await page.keyboard.press('Shift+V')
  await page.getByTestId('versions').waitFor()
  await picture(page, 'e2e-version-list')
  await page.locator('[data-version="1"]').getByRole('button', { name: 'Roll back' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('Wrong words')
  await picture(page, 'e2e-roll-back')
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const api = apiOf(page, product)
  await expect.poll(() => api.get('/flows/settled/status')).toMatchObject({ active: 1 })
  const { items } = await api.get<{ items: { kind: string }[] }>('/audit?limit=20')
  expect(JSON.stringify(items.find(({ kind }) => kind === 'flow.activated'))).toContain('Wrong words')
  // Who, when and why, as the audit log tells it.
  await page.goto(`${product.url}/audit?kind=flow.activated`)
  const told = page.getByRole('table', { name: 'Audit' }).locator('tbody tr').first()
  await told.getByText('You', { exact: true }).waitFor()
  await told.locator('th').first().click()
  await page.getByRole('dialog').getByText('Wrong words').first().waitFor()
  await page.keyboard.press('Escape')
  expect(complaints).toEqual([])
  await page.context().close()
})

test('publishing plays the tests kept beside the draft: one that fails is named, and holds the button until it is waved through', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await put(page, flow('tested', [start('tested'), say('Good day')]))
  await page.goto(`${product.url}/flows/tested`)
  const event = { type: 'com.example.tested', data: {} }
  const kept = [
    { name: named('It says good day'), event, expect: { state: 'succeeded', passed: ['say'] } },
    { name: named('It waits'), event, expect: { state: 'waiting' } },
  ]
  await page.evaluate((tests) => localStorage.setItem('sluice.flow-tests.tested', tests), JSON.stringify(kept))
  await page.reload()
  await page.locator('[data-step-id="say"]').waitFor()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('[data-outcome="failed"]').getByText('It waits').waitFor()
  await dialog.locator('[data-outcome="passed"]').getByText('It says good day').waitFor()
  await picture(page, 'e2e-publish-tests')
  const publishes = dialog.getByRole('button', { name: 'Publish', exact: true })
  expect(await publishes.isDisabled()).toBe(true)
  await dialog.getByText('Publish all the same').click()
  await publishes.click()
  await page.getByTestId('published').waitFor()
  expect(complaints).toEqual([])
})
