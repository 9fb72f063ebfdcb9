import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'
import { cliFile } from './server-process.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const use = { purpose: 'recommendation', scene: 'quote_push' }
const task = { assignee: 'role:manager', title: 'May we call? · 可以致电吗？', actions: ['approve', 'reject'], due: 'P7D' }
const draft = {
  format: 'sluice/flow@1',
  key: 'sim-lead',
  name: { en: 'Lead', 'zh-CN': '线索' },
  nodes: [
    { id: 'on', type: 'core.event', config: { type: 'lead.created' }, at: [0, 0] },
    { id: 'may', type: 'consent.check', config: { customer: '{% event.subject %}', ...use }, at: [260, 0] },
    { id: 'wait', type: 'core.wait', config: { for: 'P2D' }, at: [520, 0] },
    { id: 'ask', type: 'approvals.task', config: task, at: [780, 0] },
    { id: 'yes', type: 'core.transform', config: { value: 'called' }, at: [1040, 0] },
    { id: 'no', type: 'core.transform', config: { value: 'left alone' }, at: [520, 200] },
  ],
  edges: [
    { from: 'on.out', to: 'may.in' },
    { from: 'may.granted', to: 'wait.in' },
    { from: 'may.denied', to: 'no.in' },
    { from: 'wait.out', to: 'ask.in' },
    { from: 'ask.approve', to: 'yes.in' },
    { from: 'ask.reject', to: 'no.in' },
  ],
}

async function openDraft(page: Page): Promise<void> {
  await apiOf(page, product).save(draft)
  await page.goto(`${product.url}/flows/${draft.key}`)
  await page.getByTestId('canvas').locator('[data-step-id]').first().waitFor()
}

const state = (page: Page, wanted: string) => page.locator(`[data-testid="simulate-state"][data-run-state="${wanted}"]`).waitFor()
const step = (page: Page, id: string, wanted: string) =>
  page.getByTestId('canvas').locator(`[data-step-id="${id}"][data-state="${wanted}"]`).waitFor()

test('the draft is played on the canvas: time jumps, a task is answered, one steps back, and it becomes a test that the command line runs', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await openDraft(page)
  const runs = async () => (await apiOf(page, product).get<{ items: unknown[] }>(`/runs?flow=${draft.key}`)).items
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('Shift+S')
  const panel = page.getByTestId('simulate')
  await panel.waitFor()
  await picture(page, 'simulate-setup')
  await panel.getByRole('button', { name: 'Play', exact: true }).click()
  await state(page, 'waiting')
  await step(page, 'wait', 'waiting-time')
  await panel.getByRole('button', { name: 'Next thing' }).click()
  await step(page, 'ask', 'waiting-person')
  await picture(page, 'simulate-task')
  await panel.getByTestId('simulate-task').getByRole('button', { name: 'Approve' }).click()
  await state(page, 'succeeded')
  await step(page, 'yes', 'done')
  // Back through the moments: what came later is not there yet.
  await panel.getByRole('button', { name: 'To the start' }).click()
  await page.getByTestId('canvas').locator('[data-step-id="yes"][data-state="idle"]').waitFor()
  // Nor is its end: what is said is what is drawn.
  await state(page, 'running')
  await panel.getByRole('heading', { name: 'Result' }).waitFor({ state: 'detached' })
  await panel.getByRole('button', { name: 'To the end' }).click()
  await step(page, 'yes', 'done')
  // By keys, moment by moment and to what stands out; the button that has nothing more to do keeps the focus.
  const at = async () => Number(await panel.locator('input[type="range"]').inputValue())
  const end = await at()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(at).toBe(end - 1)
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(at).toBeLessThan(end - 1)
  const earlier = await at()
  await page.keyboard.press('ArrowRight')
  await expect.poll(at).toBe(earlier + 1)
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(at).toBe(end)
  await step(page, 'yes', 'done')
  await picture(page, 'simulate-done')

  await panel.getByLabel('Name', { exact: true }).fill('a manager agrees')
  await panel.getByRole('button', { name: 'Save as test' }).click()
  await panel.locator('[data-testid="flow-test"][data-outcome="passed"]').waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'Download file' }).click()])
  const folder = mkdtempSync(join(tmpdir(), 'sluice-flow-test-'))
  writeFileSync(join(folder, 'sim-lead.flow.json'), JSON.stringify(draft))
  writeFileSync(join(folder, file.suggestedFilename()), readFileSync(await file.path()))
  const said = execFileSync(process.execPath, [cliFile, 'test', folder], { encoding: 'utf8' })
  expect(said).toContain('a manager agrees')
  expect(JSON.parse(readFileSync(await file.path(), 'utf8')).tests[0].expect).toMatchObject({ state: 'succeeded', output: 'called' })
  rmSync(folder, { recursive: true, force: true })

  // Taken back, answered otherwise; and without consent another way is taken.
  await panel.getByRole('button', { name: 'Take back' }).click()
  await panel.getByTestId('simulate-task').getByRole('button', { name: 'Reject' }).click()
  await step(page, 'no', 'done')
  await panel.getByRole('button', { name: 'Start again' }).click()
  await panel.getByRole('checkbox').first().click({ force: true })
  await panel.getByRole('button', { name: 'Play', exact: true }).click()
  await state(page, 'succeeded')
  await step(page, 'may', 'blocked')
  await panel.getByRole('button', { name: 'Run all' }).click()
  await panel.locator('[data-testid="flow-test"][data-outcome="passed"]').waitFor()
  expect(await runs()).toEqual([])
  await page.keyboard.press('Escape')
  // What is played and typed stays when the window becomes narrow and wide again.
  await panel.getByLabel('Name', { exact: true }).fill('half a na')
  for (const width of [1_000, 1_440]) {
    await page.setViewportSize({ width, height: 900 })
    await state(page, 'succeeded')
    await step(page, 'may', 'blocked')
    expect(await panel.getByLabel('Name', { exact: true }).inputValue()).toBe('half a na')
  }
  await panel.getByRole('button', { name: 'Close the simulator' }).click()
  await page.getByTestId('canvas').locator('[data-step-id="may"][data-state="idle"]').waitFor()
  // In a narrow window the steps give way to what is set up; they come back with the room, as wide as they were.
  const palette = page.getByTestId('palette')
  const width = async () => (await palette.boundingBox())?.width ?? 0
  await expect.poll(width).toBeGreaterThan(180)
  const before = await width()
  await page.setViewportSize({ width: 1_000, height: 800 })
  await palette.waitFor({ state: 'detached' })
  await page.setViewportSize({ width: 1_440, height: 900 })
  await expect.poll(width).toBe(before)
  // Closed by hand it stays closed, also on the next visit; what gave way in between was nobody's wish.
  const closed = page.getByRole('button', { name: 'Show the settings' })
  await page.getByTestId('canvas').focus()
  await page.keyboard.press(']')
  await closed.waitFor()
  await page.reload()
  await expect.poll(width).toBe(before)
  await closed.click()
  await page.getByLabel('Name in English').waitFor()
  expect(complaints).toEqual([])
})

test('without a server the draft is played all the same, by the same engine, and what stops it is said without asking anybody', async () => {
  const { page, context, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await openDraft(page)
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`))
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('Shift+S')
  const panel = page.getByTestId('simulate')
  await panel.getByRole('button', { name: 'Play', exact: true }).click()
  await state(page, 'waiting')
  // What the worker says is what the server says.
  const flow = await apiOf(page, product).get<object>(`/flows/${draft.key}`)
  const told = {
    events: [{ type: 'lead.created', subject: 'c-1', data: {} }],
    consents: [{ customer: 'c-1', ...use }],
    answers: [{ node: 'ask', action: 'approve', data: { note: 'é 授权' } }],
    startAt: '2026-03-02T09:00:00.000Z',
  }
  const there = await apiOf(page, product).post<object>(`/flows/${draft.key}/simulate`, { ...told, flow })
  expect(JSON.parse(await playedHere(page, { flow: JSON.stringify(flow), asked: told }))).toEqual(there)
  expect(complaints).toEqual([])

  await context.setOffline(true)
  asked.length = 0
  await panel.getByRole('button', { name: 'Next thing' }).click()
  await step(page, 'ask', 'waiting-person')
  await panel.getByTestId('simulate-task').getByRole('button', { name: 'Approve' }).click()
  await state(page, 'succeeded')
  await step(page, 'yes', 'done')
  await panel.getByRole('button', { name: 'Take back' }).click()
  await panel.getByTestId('simulate-task').getByRole('button', { name: 'Reject' }).waitFor()
  // Nobody answers for a week.
  const clock = async () => Date.parse((await panel.locator('time').first().getAttribute('datetime')) ?? '')
  const before = await clock()
  await panel.getByRole('button', { name: '1 week' }).click()
  await expect.poll(clock).toBe(before + 7 * 86_400_000)
  await panel.getByRole('button', { name: 'Take back' }).click()
  await panel.getByTestId('simulate-task').getByRole('button', { name: 'Reject' }).click()
  await step(page, 'no', 'done')
  await panel.getByLabel('Name', { exact: true }).fill('a manager refuses')
  await panel.getByRole('button', { name: 'Save as test' }).click()
  await panel.locator('[data-testid="flow-test"][data-outcome="passed"]').first().waitFor()
  expect(asked.filter((request) => /simulate|calendars|versions/.test(request))).toEqual([])
  await context.setOffline(false)

  const broken = { ...draft, nodes: [...draft.nodes, { id: 'empty', type: 'core.http-request', config: {}, at: [1300, 0] }] }
  await apiOf(page, product).save({ ...broken, edges: [...draft.edges, { from: 'yes.out', to: 'empty.in' }] })
  const second = await openWindow(browser)
  await enter(second.page, product, product.account('admin'))
  await second.page.goto(`${product.url}/flows/${draft.key}`)
  await second.page.getByTestId('canvas').locator('[data-step-id="empty"]').waitFor()
  await second.page.getByTestId('canvas').focus()
  await second.page.keyboard.press('Shift+S')
  await second.page.getByTestId('simulate').getByRole('button', { name: 'Play', exact: true }).click()
  await second.page.getByTestId('simulate').getByRole('alert').getByText('The flow has problems that must be mended first').waitFor()
  await picture(second.page, 'simulate-problems')
  expect(second.complaints).toEqual([])
})

/** One order to a worker of its own, as the page gives it: the text of its answer. */
async function playedHere(page: Page, request: { readonly flow: string; readonly asked: object }): Promise<string> {
  const script =
    page
      .workers()
      .find((worker) => worker.url().includes('simulate.worker'))
      ?.url() ?? ''
  return page.evaluate(
    ([url, sent]) =>
      new Promise<string>((resolve, reject) => {
        const worker = new Worker(url, { type: 'module' })
        worker.onerror = () => reject(new Error('The worker did not load'))
        worker.onmessage = ({ data }: MessageEvent<{ id: number | null; answer?: { text?: string } }>) => {
          if (data.id === 1) resolve(data.answer?.text ?? JSON.stringify(data.answer))
        }
        worker.postMessage({ id: 1, called: [], calendars: [], now: 0, ...sent })
      }),
    [script, request] as const,
  )
}
