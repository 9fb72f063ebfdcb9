import { beforeEach, expect, test } from 'vitest'
import { subjectOf } from './subject.ts'
import { consents } from './tables.ts'
import { T0, world } from './testing/world.ts'

let it: ReturnType<typeof world>
beforeEach(() => {
  it = world()
  it.customer('c-1001')
})

const check = (scene: string, over: object = {}) =>
  it.command<{ allowed: boolean; reason: string; epoch: number }>('consent.check', {
    customer: 'c-1001',
    purpose: 'recommendation',
    scene,
    ...over,
  })
const grant = (over: object = {}) =>
  it.command<{ consent: string; epoch: number; repeated: boolean }>('consent.grant', {
    customer: 'c-1001',
    purpose: 'recommendation',
    scene: 'quote_push',
    act: 'button',
    language: 'zh-CN',
    ...over,
  })
const yes = (scene: string, purpose = 'recommendation') => ({ purpose, scene, value: 'yes' })
const decide = (decisions: readonly object[], over: object = {}) =>
  it.command<{ consents: string[]; epoch: number; withdrawal: string | null }>('consent.decide', {
    customer: 'c-1001',
    act: 'checkbox',
    language: 'zh-CN',
    decisions,
    ...over,
  })
const state = () => it.records.list(consents, { where: { customer: 'c-1001' } }).map((row) => `${row.scene}:${row.state}`)

test('nothing asked is no grant, and no record of a refusal', () => {
  expect(check('quote_push')).toMatchObject({ allowed: false, reason: 'no_grant', epoch: 0 })
  expect(state()).toEqual([])
})

test('a pack of three switched on gives three records, mask 35, and one step of the epoch', () => {
  const { consents: made, epoch } = decide([yes('test_drive'), yes('quote_push'), yes('event_invite')], { bundleOffer: 'bo-1' })
  expect(made).toHaveLength(3)
  expect(epoch).toBe(1)
  expect(subjectOf(it.records, 'c-1001')).toMatchObject({ standingMask: 35, epoch: 1 })
})

test('withdrawing the quote leaves 33, two records given, and one more step of the epoch', () => {
  decide([yes('test_drive'), yes('quote_push'), yes('event_invite')], { bundleOffer: 'bo-1' })
  it.command('consent.withdraw', {
    customer: 'c-1001',
    cells: [{ purpose: 'recommendation', scene: 'quote_push' }],
    channel: 'app',
    receivedAt: T0,
  })
  expect(subjectOf(it.records, 'c-1001')).toMatchObject({ standingMask: 33, epoch: 2 })
  expect(state().sort()).toEqual(['event_invite:given', 'quote_push:withdrawn', 'test_drive:given'])
})

test('a double submit with the same id is one record and one step', () => {
  const first = grant({ requestKey: 'form-1' })
  expect(grant({ requestKey: 'form-1' })).toEqual({ ...first, repeated: true })
  expect(state()).toEqual(['quote_push:given'])
})

test('granting what stands changes nothing; there is never a second given record of one cell', () => {
  const first = grant()
  expect(grant()).toMatchObject({ consent: first.consent, epoch: 1 })
  expect(state()).toEqual(['quote_push:given'])
})

test('untouched switches say nothing, a no is remembered as refused', () => {
  decide([
    yes('test_drive'),
    { purpose: 'risk_modelling', scene: 'finance_plan', value: 'no' },
    { purpose: 'third_party_sharing', scene: 'finance_plan', value: 'untouched' },
  ])
  expect(it.command('consent.check', { customer: 'c-1001', purpose: 'risk_modelling', scene: 'finance_plan' })).toMatchObject({
    reason: 'refused',
  })
  expect(it.command('consent.check', { customer: 'c-1001', purpose: 'third_party_sharing', scene: 'finance_plan' })).toMatchObject({
    reason: 'no_grant',
  })
  expect(subjectOf(it.records, 'c-1001').epoch).toBe(1)
})

test('a no to something that stands is a withdrawal', () => {
  grant()
  const { withdrawal } = decide([{ purpose: 'recommendation', scene: 'quote_push', value: 'no' }])
  expect(withdrawal).not.toBeNull()
  expect(check('quote_push').reason).toBe('withdrawn')
})

test('a record is never opened again: a new yes is a new record, and the old one names it', () => {
  const first = grant()
  it.command('consent.withdraw', { customer: 'c-1001', all: true, channel: 'app', receivedAt: T0 })
  const second = grant()
  expect(second.consent).not.toBe(first.consent)
  expect(it.records.find(consents, { id: first.consent })).toMatchObject({ state: 'withdrawn', supersededBy: second.consent })
  expect(check('quote_push').allowed).toBe(true)
})

test('sharing with third parties is refused inside a bundle and taken on its own', () => {
  expect(() => decide([yes('test_drive'), yes('finance_plan', 'third_party_sharing')], { bundleOffer: 'bo-1' })).toThrow(
    expect.objectContaining({ code: 'SLU_CONSENT_BUNDLE_SEPARATE', details: [expect.objectContaining({ path: '/decisions/1' })] }),
  )
  expect(state()).toEqual([])
  expect(decide([yes('finance_plan', 'third_party_sharing')]).consents).toHaveLength(1)
})

test('forged purposes and scenes are refused with their path and change nothing', () => {
  expect(() => decide([yes('test_drive'), yes('quote_push', 'profit')])).toThrow(
    expect.objectContaining({ code: 'SLU_CONSENT_INPUT_INVALID', details: [expect.objectContaining({ path: '/decisions/1/purpose' })] }),
  )
  expect(() => grant({ scene: 'casino' })).toThrow(expect.objectContaining({ code: 'SLU_CONSENT_INPUT_INVALID' }))
  expect(subjectOf(it.records, 'c-1001').epoch).toBe(0)
})

test('a grant ends at its last instant, raises the epoch and is told to flows', () => {
  grant({ validUntil: T0 + 1_000 })
  it.advance(999)
  expect(check('quote_push').allowed).toBe(true)
  it.advance(1)
  expect(check('quote_push').reason).toBe('expired')
  expect(state()).toEqual(['quote_push:expired'])
  expect(subjectOf(it.records, 'c-1001')).toMatchObject({ epoch: 2, standingMask: 0 })
})

test('a session grant counts in its session only, and ends with the session', () => {
  grant({ scope: 'session', session: 'se-42' })
  expect(check('quote_push', { session: 'se-42' }).allowed).toBe(true)
  expect(check('quote_push').allowed).toBe(false)
  expect(check('quote_push', { session: 'se-43' }).allowed).toBe(false)
  expect(subjectOf(it.records, 'c-1001').standingMask).toBe(0)
  it.command('consent.session-close', { id: 'se-42' })
  expect(check('quote_push', { session: 'se-42' }).reason).toBe('session_closed')
})

test('a chat that is silent for 30 minutes closes; standing grants stay', () => {
  it.command('consent.session-open', { id: 'se-1', customer: 'c-1001', channel: 'wecom_chat' })
  grant({ scope: 'session', session: 'se-1' })
  grant({ scene: 'test_drive' })
  it.advance(30 * 60_000 + 1_000)
  expect(check('quote_push', { session: 'se-1' }).reason).toBe('session_closed')
  expect(check('test_drive').allowed).toBe(true)
})

test('a session grant without a session, in a closed one, or in somebody else’s is refused', () => {
  expect(() => grant({ scope: 'session' })).toThrow(expect.objectContaining({ code: 'SLU_CONSENT_SESSION_REQUIRED' }))
  it.command('consent.session-open', { id: 'se-1', customer: 'c-1001' })
  it.command('consent.session-close', { id: 'se-1' })
  expect(() => grant({ scope: 'session', session: 'se-1' })).toThrow(expect.objectContaining({ code: 'SLU_CONSENT_SESSION_CLOSED' }))
  it.customer('c-2')
  it.command('consent.session-open', { id: 'se-2', customer: 'c-2' })
  expect(() => grant({ scope: 'session', session: 'se-2' })).toThrow(expect.objectContaining({ code: 'SLU_CONSENT_SESSION_FOREIGN' }))
})

test('a grant for somebody we do not know is refused', () => {
  expect(() => grant({ customer: 'c-404' })).toThrow(expect.objectContaining({ code: 'SLU_CUSTOMER_UNKNOWN', status: 404 }))
})

test('each change is in the audit log without the name of the person', () => {
  grant()
  expect(it.store.audited.map((entry) => entry.kind)).toContain('consent.given')
  expect(JSON.stringify(it.store.audited)).not.toContain('李雷')
})
