/** Each shipped flow, run as it is on the memory host with the real packs. */
import { expect, test } from 'vitest'
import { strategies } from '../../nodes/ai/server/tables.ts'
import { tasks } from '../../nodes/approvals/domain/tables.ts'
import { withdrawals } from '../../nodes/consent/server/index.ts'
import { caller, world } from '../../nodes/consent/server/testing/world.ts'
import { frozenFields } from '../../nodes/crm/server/index.ts'
import { alerts, messages } from '../../nodes/notify/index.ts'
import { template } from './index.ts'

const hour = 3_600_000
type World = ReturnType<typeof world>

function start(key: string): World {
  const it = world()
  it.publish(template(key))
  return it
}

function answer(it: World, run: string, node: string, action: string, roles: readonly string[]) {
  const task = it.records.list(tasks, { where: { run, state: 'open' } }).find((row) => row.node === node)
  if (task === undefined) throw new Error(`no open task at ${node}`)
  const by = { id: `u-${roles[0]}`, name: 'x', roles, rep: null }
  it.command('tasks.answer', { task: task.id, action, data: {}, shownHash: task.shownHash, by }, { kind: 'user', id: by.id })
}

const price = { text: '价格太高了', quote: { amount: 20_000_000, currency: 'CNY' } }

test('consent-withdrawn: masks, freezes, alerts the rep and plans anew, and the withdrawal’s clock takes the flow’s work as proof', () => {
  const it = start('consent-withdrawn')
  it.customer('c-1', ['recommendation/quote_push', 'recommendation/aftersales_care'])
  const { withdrawal } = it.command<{ withdrawal: string }>('consent.withdraw', {
    customer: 'c-1',
    purposes: ['recommendation'],
    scenes: ['quote_push'],
    channel: 'preference_page',
    receivedAt: it.now(),
  })
  it.advance(10)
  const [run = ''] = it.records.find(withdrawals, { id: withdrawal })?.runs ?? []
  expect(it.run(run)?.status).toBe('succeeded')
  expect(it.journal(run)).toEqual([
    'withdrawn:run.started',
    'mask:node.completed',
    'freeze:node.completed',
    'alert:node.completed',
    'plan:node.completed',
    'run.succeeded',
  ])
  expect(it.records.list(alerts)).toMatchObject([
    {
      to: 'rep:r-1',
      run,
      texts: { en: '李雷 withdrew consent. Do not use that data any more.', 'zh-CN': '李雷 撤回了授权，请勿再使用相关信息。' },
    },
  ])
  expect(it.records.list(strategies, { where: { state: 'live' } })).toMatchObject([{ customer: 'c-1', cause: run, origin: 'rules' }])
  expect(frozenFields(it.records, 'c-1').has('income')).toBe(true)
  expect(it.records.find(withdrawals, { id: withdrawal })).toMatchObject({ state: 'completed' })
})

test('consent-withdrawn: when its flow is stuck, the built-in way finishes at 30 s, in time', () => {
  const it = world()
  const flow = template('consent-withdrawn')
  const stuck = flow.nodes.map((node) => (node.id === 'mask' ? { id: 'mask', type: 'core.wait', config: { for: 'P1D' } } : node))
  it.publish({ ...flow, nodes: stuck })
  it.customer('c-1', ['recommendation/quote_push'])
  const { withdrawal } = it.command<{ withdrawal: string }>('consent.withdraw', {
    customer: 'c-1',
    all: true,
    channel: 'app',
    receivedAt: it.now(),
  })
  it.advance(29_999)
  expect(it.records.find(withdrawals, { id: withdrawal })).toMatchObject({ state: 'propagating', receipt: null })
  expect(it.records.count(alerts)).toBe(0)
  it.advance(1)
  expect(it.records.find(withdrawals, { id: withdrawal })).toMatchObject({ state: 'completed', completedAt: it.now() })
  expect(it.records.list(alerts)).toMatchObject([{ kind: 'withdrawal', withdrawal }])
})

test('price-too-high: three lines at once, a clear legal review and the director’s yes book exactly the computed discount', () => {
  const it = start('price-too-high')
  it.customer('c-1', ['recommendation/quote_push'])
  const { runs } = it.event({ type: 'message.received', subject: 'c-1', data: price })
  const run = runs[0]?.run ?? ''
  expect(it.run(run)?.status).toBe('waiting')
  expect(it.records.list(tasks, { where: { run } }).map((task) => `${task.node} ${task.assignee}`)).toEqual([
    'legal role:legal',
    'director role:director',
  ])
  expect(it.records.count(strategies, { customer: 'c-1' })).toBe(1)
  it.advance(30 * hour)
  answer(it, run, 'legal', 'clear', ['legal'])
  answer(it, run, 'director', 'approve', ['director'])
  expect(it.run(run)?.status).toBe('succeeded')
  expect(it.run(run)?.outputs.apply).toMatchObject({ customer: 'c-1', amount: 400_000, currency: 'CNY' })
})

test.each([
  ['the director vetoes', 'clear', 'veto'],
  ['legal has a concern', 'concern', 'approve'],
])('price-too-high: no discount when %s', (_, legal, director) => {
  const it = start('price-too-high')
  it.customer('c-1', ['recommendation/quote_push'])
  const run = it.event({ type: 'message.received', subject: 'c-1', data: price }).runs[0]?.run ?? ''
  answer(it, run, 'legal', legal, ['legal'])
  answer(it, run, 'director', director, ['director'])
  expect(it.run(run)?.status).toBe('succeeded')
  expect(it.journal(run)).toContain('no:node.completed')
  expect(it.journal(run)).not.toContain('apply:node.completed')
})

test('price-too-high: other words start nothing, and for a customer without a grant nothing acts', () => {
  const it = start('price-too-high')
  it.customer('c-1')
  expect(it.event({ type: 'message.received', subject: 'c-1', data: { text: '你好' } }).runs).toEqual([])
  const run = it.event({ type: 'message.received', subject: 'c-1', data: price }).runs[0]?.run ?? ''
  expect(it.run(run)?.status).toBe('succeeded')
  expect(it.records.count(tasks)).toBe(0)
})

test('price-too-high: a withdrawal stops the waiting run with its tasks', () => {
  const it = start('price-too-high')
  it.customer('c-1', ['recommendation/quote_push'])
  const run = it.event({ type: 'message.received', subject: 'c-1', data: price }).runs[0]?.run ?? ''
  const { withdrawal } = it.command<{ withdrawal: string }>('consent.withdraw', {
    customer: 'c-1',
    all: true,
    channel: 'app',
    receivedAt: it.now(),
  })
  expect(it.run(run)?.status).toBe('cancelled')
  expect(it.records.find(withdrawals, { id: withdrawal })?.stopped).toMatchObject({ runs: 1, tasks: 2 })
  expect(it.records.list(tasks).map((task) => task.state)).toEqual(['cancelled', 'cancelled'])
})

test('quote-approval: without a discount the quote leaves at once, with one only after the director', () => {
  const it = start('quote-approval')
  it.customer('c-1', ['recommendation/quote_push'])
  const quote = (discount: number) =>
    it.event({ type: 'quote.requested', subject: 'c-1', data: { model: 'Aurora L', discount, currency: 'EUR', author: 'user:u-9' } })
      .runs[0]?.run ?? ''
  const plain = quote(0)
  it.answerAll()
  expect(it.run(plain)?.status).toBe('succeeded')
  const cheaper = quote(50_000)
  expect(it.sent).toEqual([])
  answer(it, cheaper, 'director', 'approve', ['director'])
  it.answerAll()
  expect(it.run(cheaper)?.outputs.apply).toMatchObject({ amount: 50_000, currency: 'EUR' })
  expect(it.records.list(messages).map((message) => message.state)).toHaveLength(2)
})

test('quote-approval: a quote nobody agreed to does not leave, and the rep hears why', () => {
  const it = start('quote-approval')
  it.customer('c-1')
  const run =
    it.event({ type: 'quote.requested', subject: 'c-1', data: { model: 'Aurora L', discount: 0, currency: 'EUR', author: 'user:u-9' } })
      .runs[0]?.run ?? ''
  expect(it.sent).toEqual([])
  expect(it.journal(run)).toContain('blocked:node.completed')
})

test('test-drive-followup: four hours later the message, then the answer or a reminder after two days', () => {
  const it = start('test-drive-followup')
  it.customer('c-1', ['recommendation/test_drive'])
  const drive = () => it.event({ type: 'test_drive.completed', subject: 'c-1', data: { model: 'Aurora L' } }).runs[0]?.run ?? ''
  const answered = drive()
  it.advance(4 * hour)
  expect(it.sent.map((row) => row.request.text)).toEqual(['感谢试驾 Aurora L，您印象最深的是什么？'])
  it.answerAll()
  it.event({ type: 'message.received', subject: 'c-1', data: { text: '座椅很舒服' } })
  expect(it.run(answered)?.status).toBe('succeeded')
  expect(it.journal(answered)).toContain('plan:node.completed')
  const silent = drive()
  it.advance(4 * hour)
  it.answerAll()
  it.advance(48 * hour)
  expect(it.journal(silent)).toContain('remind:node.completed')
})

test('test-drive-followup: consent withdrawn during the four hours, nothing is sent', () => {
  const it = start('test-drive-followup')
  it.customer('c-1', ['recommendation/test_drive', 'service_delivery/aftersales_care'])
  it.event({ type: 'test_drive.completed', subject: 'c-1', data: { model: 'Aurora L' } })
  it.advance(hour)
  it.command('consent.withdraw', { customer: 'c-1', purposes: ['recommendation'], channel: 'app', receivedAt: it.now() })
  it.advance(5 * hour)
  expect(it.sent).toEqual([])
})

test('consent-thank-you: thanks in exactly the scene that was granted', () => {
  const it = start('consent-thank-you')
  it.customer('c-1', ['recommendation/community'])
  expect(it.sent).toMatchObject([{ use: { subject: 'c-1', purpose: 'recommendation', scene: 'community' } }])
  it.answerAll()
  expect(it.records.list(alerts)).toMatchObject([{ texts: { en: '李雷 gave a new consent.', 'zh-CN': '李雷 新增了授权。' } }])
})

test('complaint-escalation: unread for two hours, the director gets the task; read in time, nobody else is bothered', () => {
  const it = start('complaint-escalation')
  it.customer('c-1', ['recommendation/aftersales_care'])
  const complain = () =>
    it.event({ type: 'complaint.received', subject: 'c-1', data: { summary: 'Noise at the rear door' } }).runs[0]?.run ?? ''
  const unread = complain()
  it.advance(2 * hour)
  expect(it.records.list(tasks, { where: { run: unread } })).toMatchObject([{ node: 'director', assignee: 'role:director' }])
  const read = complain()
  const alert = it.records.list(alerts, { where: { run: read } })[0]
  it.command('alerts.acknowledge', { alert: alert?.id, by: { ...caller({ rep: 'r-1', roles: ['rep'] }), id: 'u-rep' } })
  it.advance(3 * hour)
  expect(it.run(read)?.status).toBe('succeeded')
})
