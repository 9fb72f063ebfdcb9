import type { EffectPermit } from '@sluice/sdk/server'
import { personPermit } from '@sluice/sdk/testing'
import { expect, test } from 'vitest'
import { customers } from '../../crm/server/tables.ts'
import { consentGate } from './gate.ts'
import { permits, withdrawals } from './tables.ts'
import { message, senderServer } from './testing/sender.ts'
import { T0, world } from './testing/world.ts'

const start = () => world([senderServer])
const incomeField = {
  name: 'income',
  label: { en: 'Income', 'zh-CN': '收入' },
  type: 'number',
  category: 'finance.income',
  pii: 'sensitive',
  purposes: ['recommendation'],
  scenes: ['finance_plan'],
}
const all = { customer: 'c-1', all: true, channel: 'app', receivedAt: T0 }

test('an act begins only with a permit, issued in the transaction that asked the grid', () => {
  const it = start()
  it.customer('c-1', ['recommendation/quote_push'])
  it.command('sender.send', { use: message('c-1'), key: 'm-1' })
  expect(it.sent.map((row) => row.idempotencyKey)).toEqual(['m-1'])
  expect(it.records.list(permits)).toMatchObject([
    { id: it.sent[0]?.permit.id, effect: it.sent[0]?.id, customer: 'c-1', state: 'issued', epochSeen: 1, idempotencyKey: 'm-1' },
  ])
  expect(it.sent[0]?.permit).toMatchObject({ touches: 'person', order: it.sent[0]?.id, handler: 'sender.out', use: message('c-1') })
})

test('the permit says who gets which kinds of data, and by which rules it was given', () => {
  const it = start()
  it.customer('c-1', ['third_party_sharing/finance_plan', 'recommendation/quote_push'])
  const { income } = it.records.find(customers, { id: 'c-1' })?.fields ?? {}
  it.command('crm.save-field', { ...incomeField, purposes: ['third_party_sharing'] })
  const share = { ...message('c-1'), purpose: 'third_party_sharing', scene: 'finance_plan', effectKind: 'share' } as const
  const { channel: _, ...plain } = share
  it.command('sender.send', { use: { ...plain, recipient: 'bank.example' }, key: 'share', text: `earns ${income}` })
  it.command('sender.send', { use: message('c-1'), key: 'mail' })
  const byKey = (key: string) => it.records.list(permits, { where: { idempotencyKey: key } })[0]
  expect(byKey('share')).toMatchObject({ recipient: 'bank.example', categories: ['finance.income'] })
  expect(byKey('mail')).toMatchObject({ recipient: null, categories: ['contact.email'] })
  expect(byKey('mail')?.policyHash).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(byKey('mail')?.policyHash).toBe(byKey('share')?.policyHash)
})

test('the digest of the rules changes with them: a field that may be used elsewhere is another rule', () => {
  const it = start()
  it.customer('c-1', ['recommendation/quote_push'])
  const send = (key: string) => {
    it.command('sender.send', { use: message('c-1'), key })
    return it.records.list(permits, { where: { idempotencyKey: key } })[0]?.policyHash
  }
  const before = send('m-1')
  expect(send('m-2')).toBe(before)
  it.command('crm.save-field', { ...incomeField, scenes: ['finance_plan', 'quote_push'] })
  expect(send('m-3')).not.toBe(before)
})

const holds = (it: ReturnType<typeof start>, permit: EffectPermit | undefined) =>
  permit?.touches === 'person' && consentGate.holds?.(it.records, permit)

test('the ledger holds a permit open for exactly what it was given, until its order has an answer', () => {
  const it = start()
  it.customer('c-1', ['recommendation/quote_push'])
  it.command('sender.send', { use: message('c-1'), key: 'm-1' })
  const [row] = it.sent
  const permit = row?.permit
  if (permit?.touches !== 'person') throw new Error('no permit')
  expect(holds(it, permit)).toBe(true)
  const others = [
    { ...permit, order: 'another' },
    { ...permit, handler: 'another' },
    ...[
      { subject: 'c-2' },
      { purpose: 'risk_modelling' },
      { scene: 'test_drive' },
      { session: 's-1' },
      { channel: 'sms' },
      { recipient: 'elsewhere.example' },
    ].map((part) => ({
      ...permit,
      use: { ...permit.use, ...part },
    })),
    { ...permit, use: { ...permit.use, effectKind: 'export' as const } },
    personPermit({ ...permit.use }),
  ]
  expect(others.map((it_) => holds(it, it_))).toEqual(others.map(() => false))
  it.answerAll()
  expect(it.records.list(permits)).toMatchObject([{ state: 'acked' }])
  expect(holds(it, permit)).toBe(false)
})

test('asked again, an order that is still allowed gets a new permit under the same key, and the old one opens nothing', () => {
  const it = start()
  it.customer('c-1', ['recommendation/quote_push', 'recommendation/test_drive'])
  it.command('sender.send', { use: message('c-1'), key: 'm-1' })
  const [first] = it.sent.splice(0)
  it.command('consent.withdraw', {
    customer: 'c-1',
    cells: [{ purpose: 'recommendation', scene: 'test_drive' }],
    channel: 'app',
    receivedAt: T0,
  })
  it.engine.execute([{ kind: 'effect.recheck', id: first?.id ?? '' }])
  const [second] = it.sent
  expect(second).toMatchObject({ id: first?.id, idempotencyKey: 'm-1' })
  expect(second?.permit.id).not.toBe(first?.permit.id)
  expect([holds(it, first?.permit), holds(it, second?.permit)]).toEqual([false, true])
  expect(it.records.list(permits, { orderBy: [['id', 'asc']] }).map(({ state }) => state)).toEqual(['cancelled', 'issued'])
})

test('after a withdrawal the permit of what was under way opens nothing more', () => {
  const it = start()
  it.customer('c-1', ['recommendation/quote_push'])
  it.command('sender.send', { use: message('c-1'), key: 'm-1' })
  it.command('consent.withdraw', all)
  expect(holds(it, it.sent[0]?.permit)).toBe(false)
})

test('an act that declares to touch nobody gets leave to touch nobody, and stands in no ledger of persons', () => {
  const it = start()
  it.command('sender.send', { use: null, key: 'm-1' })
  expect(it.sent[0]?.permit).toMatchObject({ touches: 'nobody', use: null })
  expect(it.records.count(permits)).toBe(0)
})

test('without a grant nothing leaves and no permit is written', () => {
  const it = start()
  it.customer('c-1', ['recommendation/test_drive'])
  it.command('sender.send', { use: message('c-1'), key: 'm-1' })
  it.command('sender.send', { use: message('c-404'), key: 'm-2' })
  expect(it.sent).toEqual([])
  expect(it.records.count(permits)).toBe(0)
})

test('contract work stands in its own column of the grid', () => {
  const it = start()
  it.customer('c-1', ['recommendation/quote_push', 'service_delivery/aftersales_care'])
  it.command('consent.withdraw', {
    customer: 'c-1',
    purposes: ['recommendation', 'risk_modelling', 'third_party_sharing'],
    channel: 'app',
    receivedAt: T0,
  })
  it.command('sender.send', { use: message('c-1', { purpose: 'service_delivery', scene: 'aftersales_care' }), key: 'invoice' })
  it.command('sender.send', { use: message('c-1'), key: 'promotion' })
  expect(it.sent.map((row) => row.idempotencyKey)).toEqual(['invoice'])
})

test('a forged purpose never gets a permit', () => {
  const it = start()
  it.customer('c-1', ['recommendation/quote_push'])
  it.command('sender.send', { use: message('c-1', { purpose: 'profit' }), key: 'm-1' })
  expect(it.sent).toEqual([])
})

test('a message for tomorrow is cancelled by a withdrawal today, and counted', () => {
  const it = start()
  it.customer('c-1', ['recommendation/quote_push', 'recommendation/test_drive'])
  it.command('sender.send', { use: message('c-1'), key: 'cut', notBefore: T0 + 86_400_000 })
  it.command('sender.send', { use: message('c-1', { scene: 'test_drive' }), key: 'kept', notBefore: T0 + 86_400_000 })
  const { withdrawal } = it.command<{ withdrawal: string }>('consent.withdraw', {
    customer: 'c-1',
    cells: [{ purpose: 'recommendation', scene: 'quote_push' }],
    channel: 'app',
    receivedAt: T0,
  })
  expect(it.records.find(withdrawals, { id: withdrawal })).toMatchObject({ stopped: { messages: 1 }, escaped: [] })
  it.advance(2 * 86_400_000)
  expect(it.sent.map((row) => row.idempotencyKey)).toEqual(['kept'])
})

test('what had begun before the fence is named as escaped; the door that had not acted yet stops it after all', () => {
  const it = start()
  it.customer('c-1', ['recommendation/quote_push'])
  it.command('sender.send', { use: message('c-1'), key: 'm-1' })
  const [row] = it.sent
  const { withdrawal } = it.command<{ withdrawal: string }>('consent.withdraw', all)
  expect(it.records.find(withdrawals, { id: withdrawal })?.escaped).toMatchObject([
    { effect: row?.id, dispatched: 'before_fence', channel: 'email' },
  ])
  expect(it.fences.get('c-1')).toBeGreaterThan(row?.fence ?? 0)

  it.engine.execute([{ kind: 'effect.recheck', id: row?.id ?? '' }])
  expect(it.sent).toHaveLength(1)
  expect(it.records.list(permits)[0]?.state).toBe('recalled')
  it.advance(1_000)
  expect(it.records.find(withdrawals, { id: withdrawal })).toMatchObject({ state: 'completed', escaped: [], stopped: { messages: 1 } })
})

test('what had really left is on the receipt', () => {
  const it = start()
  it.customer('c-1', ['recommendation/quote_push'])
  it.command('sender.send', { use: message('c-1'), key: 'm-1' })
  const { withdrawal } = it.command<{ withdrawal: string }>('consent.withdraw', all)
  it.advance(1_000)
  const { receipt, escaped } = it.records.find(withdrawals, { id: withdrawal }) ?? {}
  expect(escaped).toHaveLength(1)
  const body = JSON.parse(Buffer.from(String(receipt).split('.')[1] ?? '', 'base64url').toString())
  expect(body.escaped).toMatchObject([
    { effectKind: 'message', channel: 'email', dispatched: 'before_fence', dispatchedAt: '2026-03-02T03:00:00.000Z' },
  ])
})

test('a withdrawn mobile number stops text messages and calls, not e-mail', () => {
  const it = start()
  it.customer('c-1', ['recommendation/quote_push'])
  it.command('consent.withdraw', { customer: 'c-1', categories: ['contact.mobile'], channel: 'wechat', receivedAt: T0 })
  for (const channel of ['sms', 'call', 'email']) it.command('sender.send', { use: message('c-1', { channel }), key: channel })
  expect(it.sent.map((row) => row.idempotencyKey)).toEqual(['email'])
})

test('withdraw and grant within one millisecond are ordered by their commit', () => {
  const it = start()
  it.customer('c-1', ['recommendation/quote_push'])
  it.command('consent.withdraw', all)
  it.command('sender.send', { use: message('c-1'), key: 'between' })
  it.command('consent.grant', { customer: 'c-1', purpose: 'recommendation', scene: 'quote_push', act: 'button', language: 'en' })
  it.command('sender.send', { use: message('c-1'), key: 'after' })
  expect(it.sent.map((row) => row.idempotencyKey)).toEqual(['after'])
})
