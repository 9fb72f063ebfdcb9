import { createPublicKey, verify } from 'node:crypto'
import { flow } from '@sluice/sdk/testing'
import { expect, test } from 'vitest'
import { strategies } from '../../../ai/server/tables.ts'
import { frozenFields } from '../../../crm/server/index.ts'
import { alerts } from '../../../notify/index.ts'
import { subjectOf } from '../subject.ts'
import { suppressions, withdrawals } from '../tables.ts'
import { T0, world } from '../testing/world.ts'
import { stepsOf } from './steps.ts'

type World = ReturnType<typeof world>
interface Answer {
  readonly withdrawal: string
  readonly epoch: number
  readonly repeated: boolean
}
const withdraw = (it: World, over: object = {}) =>
  it.command<Answer>('consent.withdraw', { customer: 'c-1', all: true, channel: 'preference_page', receivedAt: it.now(), ...over })
const get = (it: World, id: string) => it.records.find(withdrawals, { id })
const check = (it: World, over: object = {}) =>
  it.command<{ allowed: boolean; reason: string }>('consent.check', {
    customer: 'c-1',
    purpose: 'recommendation',
    scene: 'quote_push',
    ...over,
  })

function started(): World {
  const it = world()
  it.customer('c-1', ['recommendation/quote_push', 'recommendation/test_drive'])
  return it
}

/** A run of its own that writes to the customer tomorrow, called by another one. */
const called = flow('called')
  .node('start', 'core.manual')
  .node('write', 'notify.customer', {
    customer: '{% event.subject %}',
    channel: 'email',
    purpose: 'recommendation',
    scene: 'quote_push',
    text: 'New offers',
    sendAt: new Date(T0 + 86_400_000).toISOString(),
  })
  .wire('start', 'write')
  .build()

const caller = (drawn: boolean) => {
  const plain = flow('caller')
    .node('start', 'core.event', { type: 'lead.new' })
    .node('call', 'core.call', { flow: 'called' })
    .wire('start', 'call')
  return (drawn ? plain.node('after', 'core.stop', { output: '{% input.code %}' }).wire('call.error', 'after') : plain).build()
}

test.each([
  ['nothing is drawn for it, so the caller ends too', false, 'cancelled', null],
  ['the caller goes on at its error port', true, 'succeeded', 'SLU_CALL_WITHDRAWN'],
] as const)('a withdrawal that ends a called run leaves no incident in the calling one: %s', (_what, drawn, status, output) => {
  const it = started()
  it.publish(called)
  it.publish(caller(drawn))
  const { runs } = it.event({ type: 'lead.new', subject: 'c-1', data: null })
  withdraw(it)
  expect(it.statuses().toSorted()).toEqual(['called cancelled', `caller ${status}`])
  expect(it.run(runs[0]?.run ?? '')?.output ?? null).toBe(output)
})

test('without any drawn flow everything is done in the transaction of the withdrawal itself', () => {
  const it = started()
  const { withdrawal, epoch } = withdraw(it)
  expect(epoch).toBe(2)
  expect(get(it, withdrawal)).toMatchObject({ state: 'completed', receivedAt: T0, fencedAt: T0, completedAt: T0 })
  expect(stepsOf(it.records, withdrawal).map((step) => `${step.name}:${step.state}`)).toEqual([
    'fence:done',
    'stop_runs:done',
    'crm_freeze:done',
    'marketing_stop:done',
    'rep_alert:done',
    'strategy:done',
    'receipt:done',
  ])
  expect(check(it).reason).toBe('withdrawn')
  expect([...frozenFields(it.records, 'c-1')]).toEqual(expect.arrayContaining(['mobile', 'email', 'budget', 'income', 'model']))
  expect(it.records.list(alerts)).toMatchObject([{ to: 'rep:r-1', customer: 'c-1', withdrawal }])
})

test('the rep reads what ended and what is still allowed, in their own language', () => {
  const it = started()
  withdraw(it, { all: undefined, scenes: ['quote_push'] })
  const [alert] = it.records.list(alerts)
  // In both languages, as it is not known here who reads it.
  expect(alert?.texts?.['zh-CN']).toBe(
    '李雷 撤回了授权。不可：报价推送 · 销售推荐；报价推送 · 风控建模；报价推送 · 第三方共享；报价推送 · 履约服务。仍可：试驾预约 · 销售推荐。',
  )
})

test('a new strategy knows nothing of what was withdrawn, and the old one is retired in the same transaction', () => {
  const it = world()
  it.customer('c-1', ['recommendation/quote_push', 'recommendation/aftersales_care'], {
    model: 'MARKER-MODEL',
    budget: 987_654_321,
    city: '北京',
  })
  it.command('ai.regenerate', { customer: 'c-1', cause: 'test', signal: 'price_objection' })
  expect(JSON.stringify(it.records.list(strategies))).toContain('MARKER-MODEL')
  withdraw(it, { all: undefined, purposes: ['recommendation'], scenes: ['quote_push'] })
  const [live, ...others] = it.records.list(strategies, { where: { customer: 'c-1', state: 'live' } })
  expect(others).toEqual([])
  expect(live?.epoch).toBe(2)
  expect(JSON.stringify(live)).not.toContain('MARKER')
  expect(JSON.stringify(live)).not.toContain('987654321')
})

test('the receipt is signed, verifies alone, and names no person', () => {
  const it = started()
  const receipt = get(it, withdraw(it).withdrawal)?.receipt ?? ''
  const [head = '', body = '', signature = ''] = receipt.split('.')
  const { jwk } = JSON.parse(Buffer.from(head, 'base64url').toString())
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  expect(verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
  const text = Buffer.from(body, 'base64url').toString()
  expect(verify(null, Buffer.from(`${head}.${body.slice(0, -1)}A`), key, Buffer.from(signature, 'base64url'))).toBe(false)
  expect(JSON.parse(text)).toMatchObject({ customer: 'c-1', epoch: 2, state: 'completed', stopped: { runs: 0 }, escaped: [] })
  expect(text).not.toContain('李雷')
})

test('the same source event yields the same withdrawal, also much later', () => {
  const it = started()
  const first = withdraw(it, { sourceKey: 'wechat:1' })
  it.advance(86_400_000)
  expect(withdraw(it, { sourceKey: 'wechat:1', scenes: ['test_drive'], all: undefined })).toEqual({ ...first, repeated: true })
  expect(subjectOf(it.records, 'c-1').epoch).toBe(2)
})

test('an old withdrawal that arrives after a new grant still takes effect: what arrives is what counts', () => {
  const it = started()
  withdraw(it, { occurredAt: T0 - 60_000 })
  it.command('consent.grant', { customer: 'c-1', purpose: 'recommendation', scene: 'quote_push', act: 'button', language: 'en' })
  withdraw(it, { occurredAt: T0 - 120_000 })
  expect(check(it)).toMatchObject({ allowed: false, reason: 'withdrawn' })
})

test('this session only: refused in that session, allowed in another, fields stay open', () => {
  const it = started()
  const { withdrawal } = withdraw(it, { all: undefined, session: 'se-42', cells: [{ purpose: 'recommendation', scene: 'quote_push' }] })
  expect(check(it, { session: 'se-42' }).reason).toBe('session_cut')
  expect(check(it, { session: 'se-43' }).allowed).toBe(true)
  expect(check(it).allowed).toBe(true)
  expect(frozenFields(it.records, 'c-1').size).toBe(0)
  expect(get(it, withdrawal)).toMatchObject({ kind: 'session', state: 'completed' })
})

test('a closed session can still be cut: the data of the talk is meant', () => {
  const it = started()
  it.command('consent.session-open', { id: 'se-42', customer: 'c-1' })
  it.command('consent.session-close', { id: 'se-42' })
  withdraw(it, { all: undefined, session: 'se-42' })
  expect(check(it, { session: 'se-42' }).reason).toBe('session_cut')
})

test('a withdrawn kind of data freezes its fields everywhere, although grants stand', () => {
  const it = started()
  const { withdrawal } = withdraw(it, { all: undefined, categories: ['contact.mobile'], channel: 'wechat' })
  expect([...frozenFields(it.records, 'c-1')]).toEqual(['mobile'])
  expect(check(it).allowed).toBe(true)
  expect(check(it, { channel: 'sms' }).reason).toBe('category_withdrawn')
  expect(get(it, withdrawal)).toMatchObject({ kind: 'category', state: 'completed' })
  it.command('consent.grant', { customer: 'c-1', purpose: 'recommendation', scene: 'community', act: 'button', language: 'en' })
  expect([...frozenFields(it.records, 'c-1')]).toEqual(['mobile'])
  it.command('consent.grant', {
    customer: 'c-1',
    purpose: 'recommendation',
    scene: 'event_invite',
    categories: ['contact.mobile'],
    act: 'button',
    language: 'en',
  })
  expect([...frozenFields(it.records, 'c-1')]).toEqual([])
  expect(check(it, { channel: 'sms' }).allowed).toBe(true)
})

test('a cancelled account withdraws everything, keeps the contact out, and has its day of erasure', () => {
  const it = started()
  const { withdrawal } = withdraw(it, { erase: true, channel: 'wechat' })
  expect(get(it, withdrawal)?.erasureDueAt).toBe(T0 + 15 * 86_400_000)
  expect(it.records.list(suppressions, { where: { customer: 'c-1' } })).toMatchObject([
    { cause: `cancellation:${withdrawal}`, token: expect.stringMatching(/^hmac:/) },
  ])
  it.advance(15 * 86_400_000)
  expect(it.store.audited.map((entry) => entry.kind)).toContain('consent.erasure-due')
})

test('somebody we do not know yet is remembered by digest and served when the identity appears', () => {
  const it = world()
  it.command('consent.keep-pending', { kind: 'wechat', value: 'o-77', scope: { all: true }, sourceKey: 'push-1' })
  expect(JSON.stringify(it.records.list(suppressions))).not.toContain('o-77')
  it.customer('c-1', [], { wechat: 'o-77', mobile: '13800138000' })
  expect(it.records.list(withdrawals)).toMatchObject([{ customer: 'c-1', kind: 'all', state: 'completed' }])
  expect(frozenFields(it.records, 'c-1').has('mobile')).toBe(true)
})

test('withdrawing what was never granted is still a withdrawal', () => {
  const it = world()
  it.customer('c-1')
  withdraw(it)
  expect(check(it).reason).toBe('withdrawn')
  expect(frozenFields(it.records, 'c-1').has('mobile')).toBe(true)
})

test.each([
  [{ all: undefined }, 'SLU_CONSENT_SCOPE_EMPTY', ''],
  [{ all: undefined, purposes: ['profit'] }, 'SLU_CONSENT_INPUT_INVALID', '/purposes/0'],
  [{ all: undefined, scenes: ['quote_push', 'casino'] }, 'SLU_CONSENT_INPUT_INVALID', '/scenes/1'],
  [{ all: undefined, categories: ['contact.mobile', 'soul'] }, 'SLU_CONSENT_INPUT_INVALID', '/categories/1'],
  [{ customer: 'c-404' }, 'SLU_CUSTOMER_UNKNOWN', '/customer'],
])('a withdrawal that makes no sense is refused with its path and changes nothing: %j', (over, code, path) => {
  const it = started()
  expect(() => withdraw(it, over)).toThrow(expect.objectContaining({ code, details: [expect.objectContaining({ path })] }))
  expect(subjectOf(it.records, 'c-1').epoch).toBe(1)
  expect(it.records.count(withdrawals)).toBe(0)
})

test('the clock starts at receipt, not at the fence', () => {
  const it = started()
  const receivedAt = it.now()
  it.advance(400)
  const { withdrawal } = withdraw(it, { receivedAt })
  expect(get(it, withdrawal)).toMatchObject({ receivedAt: T0, fencedAt: T0 + 400, deadlineAt: T0 + 90_000 })
})

test('preference pages send plain events: a decision, a withdrawal of one cell, and of one session', () => {
  const it = world()
  it.customer('c-1')
  const decided = {
    noticeServedId: 'ns-9',
    act: 'checkbox',
    decisions: [{ purpose: 'recommendation', scene: 'quote_push', value: 'yes', scope: 'standing' }],
  }
  it.event({ type: 'consent.decision.submitted', subject: 'sub:c-1', data: decided })
  expect(check(it).allowed).toBe(true)
  const data = {
    scope: { kind: 'session', sessionId: 'se-42' },
    cells: [{ purpose: 'recommendation', scene: 'quote_push' }],
    language: 'zh-CN',
  }
  it.event({ type: 'consent.revocation.requested', subject: 'sub:c-1', data })
  expect(check(it, { session: 'se-42' }).reason).toBe('session_cut')
  const event = {
    id: 'pref-1',
    type: 'consent.revocation.requested',
    subject: 'sub:c-1',
    data: { scope: { kind: 'cell' }, cells: data.cells, occurredAt: '2026-03-02T02:59:59.400Z' },
  }
  it.event(event)
  expect(it.event(event).repeated).toBe(true)
  expect(check(it).reason).toBe('withdrawn')
  expect(it.records.count(withdrawals)).toBe(2)
})

test('a preference page that names a forged purpose is refused with the path', () => {
  const it = started()
  expect(() =>
    it.event({ type: 'consent.revocation.requested', subject: 'sub:c-1', data: { cells: [{ purpose: 'profit', scene: 'quote_push' }] } }),
  ).toThrow(expect.objectContaining({ details: [expect.objectContaining({ path: '/cells/0/purpose' })] }))
})

test('the promise counts from the moment a request reached us, also when it came as an event and had to queue', () => {
  const it = world()
  it.customer('c-1', ['recommendation/quote_push'])
  const data = { cells: [{ purpose: 'recommendation', scene: 'quote_push' }] }
  const ask = { type: 'consent.revocation.requested', subject: 'c-1', data }
  it.event({ ...ask, receivedAt: it.now() - 4_000 })
  expect(it.records.list(withdrawals)).toMatchObject([{ receivedAt: it.now() - 4_000, deadlineAt: it.now() + 86_000, fencedAt: it.now() }])
  it.customer('c-2', ['recommendation/quote_push'])
  it.event({ ...ask, subject: 'c-2', receivedAt: it.now() + 60_000 })
  expect(it.records.list(withdrawals, { where: { customer: 'c-2' } })).toMatchObject([{ receivedAt: it.now() }])
})
