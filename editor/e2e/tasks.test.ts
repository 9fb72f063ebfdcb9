import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture, signIn } from './browser.ts'
import { type Product, startProduct } from './product.ts'

const phone = { width: 390, height: 844 }
const windows: readonly { readonly name: string; readonly locale: 'en_GB' | 'zh_CN'; readonly options: BrowserContextOptions }[] = [
  { name: 'en-light', locale: 'en_GB', options: { locale: 'en-GB', colorScheme: 'light' } },
  { name: 'zh-dark', locale: 'zh_CN', options: { locale: 'zh-CN', colorScheme: 'dark' } },
]

/** What the buttons say. */
const words = {
  'en-light': {
    approve: 'Approve',
    reject: 'Reject',
    veto: 'Veto',
    ask: 'Ask',
    delegate: 'Delegate',
    answered: 'Answered:',
    waits: 'waits for the network',
    late: 'came too late',
    money: 'A decision about money does not wait here.',
    review: 'Clause review',
    clear: 'No objection',
  },
  'zh-dark': {
    approve: '同意',
    reject: '拒绝',
    veto: '否决',
    ask: '提问',
    delegate: '转交',
    answered: '已答复',
    waits: '等待联网',
    late: '您的决定已晚',
    money: '涉及资金的决定不会暂存。',
    review: '条款审查',
    clear: '无异议',
  },
} as const

const form = { type: 'object', properties: { note: { type: 'string', title: 'Note', 'x-title': { en: 'Note', 'zh-CN': '备注' } } } }
const proposal = { text: 'Offer 5 %', confidence: 0.82, sources: ['budget', 'last_visit'] }

/** Two steps that wait for the director: a task, and a veto about money. */
const flow = {
  format: 'sluice/flow@1',
  key: 'inbox-case',
  name: { en: 'Inbox case', 'zh-CN': '收件箱案例' },
  nodes: [
    { id: 'start', type: 'core.manual', config: {}, at: [0, 0] },
    {
      id: 'ask',
      type: 'approvals.task',
      config: { title: '{{ input.title }}', assignee: 'role:director', due: 'PT4H', form, show: { proposal, discount: 5 } },
      at: [260, 0],
    },
    {
      id: 'money',
      type: 'approvals.veto',
      config: { title: 'Pay', value: { amount: 500, currency: 'CNY' }, approver: 'role:director' },
      at: [260, 200],
    },
  ],
  edges: [
    { from: 'start.out', to: 'ask.in' },
    { from: 'start.out', to: 'money.in' },
  ],
}

describe.each(windows)('the inbox in $name', ({ name, locale, options }) => {
  const say = words[name as keyof typeof words]
  let product: Product
  let browser: Browser
  let office: Page

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(locale), openBrowser()])
    const { page } = await openWindow(browser, options)
    office = page
    await enter(office, product, product.account('admin'))
    await api().publish(flow)
  })
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
  })

  const api = () => apiOf(office, product)
  /** Starts a run and gives the ids of its two tasks. */
  async function waiting(title: string): Promise<{ readonly ask: string; readonly money: string }> {
    const { run } = await api().post<{ readonly run: string }>('/flows/inbox-case/runs', { input: { title } })
    const { items } = await api().get<{ readonly items: readonly { readonly id: string; readonly node: string }[] }>(`/tasks?run=${run}`)
    const idOf = (node: string) => items.find((task) => task.node === node)?.id ?? ''
    return { ask: idOf('ask'), money: idOf('money') }
  }
  interface Task {
    readonly state: string
    readonly action: string | null
    readonly assignee: string
    readonly claimedBy: string | null
    readonly shownHash: string
    readonly thread: readonly object[]
  }
  const stateOf = (id: string) => api().get<Task>(`/tasks/${id}`)
  const button = (page: Page, label: string) => page.locator('main').getByRole('button', { name: label, exact: true })

  test('T57: approve, reject, veto, ask and delegate by mouse and by keys; a second click never decides twice', async () => {
    const { page, complaints } = await openWindow(browser, options)
    await enter(page, product, product.account('director'))
    const first = await waiting('By mouse')
    await page.goto(`${product.url}/tasks`)
    await page
      .getByRole('link', { name: /By mouse/ })
      .first()
      .click()
    await button(page, say.approve).waitFor()
    await page.getByText(/82\s?%/).waitFor()
    await picture(page, `tasks-${name}-case`)
    let sent = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/answer')) sent += 1
    })
    await button(page, say.approve).dblclick()
    await expect.poll(async () => (await stateOf(first.ask)).action).toBe('approve')
    await page.locator('main').getByText(say.answered).first().waitFor()
    expect(sent).toBe(1)

    await page.goto(`${product.url}/tasks/${first.money}`)
    await button(page, say.veto).click()
    await expect.poll(async () => (await stateOf(first.money)).action).toBe('veto')

    const second = await waiting('By keys')
    await page.goto(`${product.url}/tasks/${second.ask}`)
    await button(page, say.ask).waitFor()
    await page.keyboard.press('q')
    await page.getByRole('dialog').getByRole('textbox').fill('Why five?')
    await picture(page, `tasks-${name}-ask`)
    await page.getByRole('dialog').getByRole('button', { name: say.ask, exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('article').getByText('Why five?').waitFor()
    await page.keyboard.press('r')
    await expect.poll(async () => (await stateOf(second.ask)).action).toBe('reject')
    await page.goto(`${product.url}/tasks/${second.money}`)
    await button(page, say.approve).waitFor()
    await page.keyboard.press('a')
    await page.keyboard.press('v')
    await expect.poll(async () => (await stateOf(second.money)).action).toBe('veto')

    const third = await waiting('Delegated')
    await page.goto(`${product.url}/tasks/${third.ask}`)
    await button(page, say.delegate).click()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    // Claimed, then given away, by keys.
    await page.keyboard.press('c')
    await expect.poll(async () => (await stateOf(third.ask)).claimedBy).not.toBeNull()
    await page.keyboard.press('d')
    await page.getByRole('dialog').getByRole('combobox').click()
    await page.keyboard.type('Marco')
    await page.getByRole('option', { name: /Marco/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: say.delegate, exact: true }).click()
    await expect.poll(async () => (await stateOf(third.ask)).assignee).toBe('rep:d-r-3')

    const fourth = await waiting('Approved by key')
    await page.goto(`${product.url}/tasks/${fourth.ask}`)
    await button(page, say.approve).waitFor()
    await page.keyboard.press('a')
    await expect.poll(async () => (await stateOf(fourth.ask)).action).toBe('approve')

    // Down and up the list.
    await waiting('One more')
    await page.goto(`${product.url}/tasks`)
    await page
      .getByRole('link', { name: /One more/ })
      .first()
      .waitFor()
    const here = () => new URL(page.url()).pathname
    await page.keyboard.press('j')
    await expect.poll(here).toMatch(/\/tasks\/./)
    const top = here()
    await page.keyboard.press('j')
    await expect.poll(here).not.toBe(top)
    await page.keyboard.press('k')
    await expect.poll(here).toBe(top)
    expect(complaints).toEqual([])
  })

  test('the number beside the inbox is of what waits for the reader, titles are in their language, and an answered task keeps its name', async () => {
    const { page, complaints } = await openWindow(browser, options)
    await enter(page, product, product.account('consent'))
    await page.goto(`${product.url}/tasks`)
    await page.locator('main li').first().waitFor()
    // She may look at tasks of others, none of which asks her.
    expect(await page.locator('a[href="/tasks"]').first().innerText()).not.toMatch(/\d/)
    expect(complaints).toEqual([])
    await page.context().close()

    const legal = await openWindow(browser, options)
    await enter(legal.page, product, product.account('legal'))
    await legal.page.goto(`${product.url}/tasks`)
    const rail = legal.page.locator('a[href="/tasks"]').first()
    await expect.poll(() => rail.innerText()).toMatch(/2$/)
    await legal.page
      .getByRole('link', { name: new RegExp(say.review) })
      .first()
      .click()
    await legal.page.getByRole('heading', { name: say.review, exact: true }).waitFor()
    await button(legal.page, say.clear).click()
    await legal.page.locator('main').getByText(say.answered).first().waitFor()
    await expect.poll(() => rail.innerText()).toMatch(/1$/)
    expect(await legal.page.locator('header').first().innerText()).toContain(say.review)
    expect(legal.complaints).toEqual([])
    await legal.page.context().close()
  })

  test('T57: on a phone from the list to the decision with one thumb', async () => {
    const { page, complaints } = await openWindow(browser, { ...options, viewport: phone, hasTouch: true, isMobile: true })
    await enter(page, product, product.account('director'))
    const { ask } = await waiting('By thumb')
    await page.goto(`${product.url}/tasks`)
    await page.getByRole('link', { name: /By thumb/ }).waitFor()
    await picture(page, `tasks-${name}-phone-list`)
    await page.getByRole('link', { name: /By thumb/ }).tap()
    const approve = button(page, say.approve)
    await approve.waitFor()
    await picture(page, `tasks-${name}-phone-case`)
    const box = await approve.boundingBox()
    expect(box?.y, 'the answers lie under the thumb').toBeGreaterThan(phone.height / 2)
    expect(box?.height).toBeGreaterThanOrEqual(40)
    await approve.tap()
    await expect.poll(async () => (await stateOf(ask)).action).toBe('approve')
    expect(complaints).toEqual([])
  })

  test('two people decide: the slower one is told that somebody was faster', async () => {
    const { page, complaints } = await openWindow(browser, options)
    await enter(page, product, product.account('director'))
    const { ask } = await waiting('Two at once')
    await page.goto(`${product.url}/tasks/${ask}`)
    await button(page, say.approve).waitFor()
    // The news must not arrive before the click.
    await page.route('**/api/v1/stream**', (route) => route.abort())
    const task = await stateOf(ask)
    await page.route(`**/tasks/${ask}/answer`, async (route) => {
      await api().post(`/tasks/${ask}/answer`, { action: 'reject', data: {}, shownHash: task.shownHash })
      await route.continue()
    })
    await button(page, say.approve).click()
    await page.locator('main').getByText(say.answered).or(page.getByRole('alert')).first().waitFor()
    expect((await stateOf(ask)).action).toBe('reject')
    expect(complaints.filter((line) => !/409|ERR_FAILED/.test(line))).toEqual([])
  })

  test('T58: without a network the list is readable, a decision waits and is sent, and one that came too late says so', async () => {
    const { page, context, complaints } = await openWindow(browser, {
      ...options,
      viewport: phone,
      hasTouch: true,
      isMobile: true,
      serviceWorkers: 'allow',
    })
    await signIn(page, product, product.account('director'))
    const [kept, late] = [await waiting('Offline kept'), await waiting('Offline late')]
    await page.goto(`${product.url}/tasks`)
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.reload()
    await page.getByRole('link', { name: /Offline kept/ }).waitFor()
    // What was never read with a network cannot be read without: the names come behind the list.
    const list = () => page.getByRole('main').innerText()
    await expect.poll(list).not.toContain('quote-approval')
    const named = (keys: string) => page.evaluate(async (query) => (await fetch(query)).text(), `/api/v1/flow-names?keys=${keys}`)
    const heard = await named('quote-approval')
    const online = complaints.length

    await context.setOffline(true)
    await page.reload()
    await expect.poll(list).toContain('Offline kept')
    // The names of the flows as well: their keys say little.
    await expect.poll(list).not.toContain('quote-approval')
    expect(JSON.parse(await named('inbox-case,quote-approval')).items, 'those of a list that shows other flows').toEqual(
      JSON.parse(heard).items,
    )
    await page.getByRole('link', { name: /Offline kept/ }).tap()
    await button(page, say.approve).tap()
    await page.locator('main aside').getByText(say.waits).first().waitFor()
    await picture(page, `tasks-${name}-phone-waits`)
    // Within the page: a browser under test forgets for a moment that it has no network when it loads another one.
    await page.goBack()
    await page.getByRole('link', { name: /Offline late/ }).tap()
    await button(page, say.approve).tap()
    await page.locator('main aside').getByText(say.waits).first().waitFor()
    // Money is decided online only.
    await page.goBack()
    await page.locator(`a[href^="/tasks/${late.money}"]`).tap()
    await button(page, say.veto).tap()
    await page.getByText(say.money).waitFor()
    await expect.poll(() => page.locator('main aside').getByText(say.waits).count()).toBe(0)
    expect((await stateOf(kept.ask)).state).toBe('open')

    const { shownHash } = await stateOf(late.ask)
    await api().post(`/tasks/${late.ask}/answer`, { action: 'reject', data: {}, shownHash })
    const offline = complaints.length
    expect(complaints.slice(online).filter((line) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(line))).toEqual([])

    await context.setOffline(false)
    await page.goto(`${product.url}/tasks/${late.ask}`)
    await expect.poll(async () => (await stateOf(kept.ask)).action, { timeout: 20_000 }).toBe('approve')
    await page.locator('main aside').getByText(say.late).first().waitFor()
    await picture(page, `tasks-${name}-phone-late`)
    expect((await stateOf(late.ask)).action).toBe('reject')
    expect((await stateOf(late.money)).state).toBe('open')
    expect(complaints.slice(0, online)).toEqual([])
    expect(complaints.slice(offline).filter((line) => !/409|ERR_INTERNET_DISCONNECTED/.test(line))).toEqual([])
  })
})
