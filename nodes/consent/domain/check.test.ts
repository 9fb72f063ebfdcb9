import { expect, test } from 'vitest'
import { decideUse, type Record, type SessionGrid, type Standing } from './check.ts'
import { bitOf } from './grid.ts'

const cell = { purpose: 'recommendation', scene: 'quote_push' } as const
const now = Date.parse('2026-03-02T03:00:00.000Z')
const standing: Standing = { epoch: 3, withdrawnMask: 0, cutCategories: [] }
const given: Record = {
  id: 'cr-1',
  scope: 'standing',
  session: null,
  state: 'given',
  validFrom: now - 1_000,
  validUntil: null,
  stateEpoch: 1,
}
const chat: SessionGrid = { id: 'se-42', cutMask: 0, closedAt: null }
const ask = (over: Partial<Parameters<typeof decideUse>[0]>) =>
  decideUse({ cell, standing, session: null, records: [given], categories: [], now, ...over })

test('nothing was ever asked: no grant, which is not a refusal', () => {
  expect(ask({ standing: null, records: [] })).toEqual({ allowed: false, reason: 'no_grant', consent: null })
  expect(ask({ records: [] }).reason).toBe('no_grant')
})

test('a given record allows, and names itself', () => {
  expect(ask({})).toEqual({ allowed: true, reason: 'granted', consent: 'cr-1' })
})

test('valid for 365 days: allowed one millisecond before the end, expired at the end', () => {
  const record = { ...given, validUntil: now }
  expect(ask({ records: [record], now: now - 1 }).allowed).toBe(true)
  expect(ask({ records: [record] })).toEqual({ allowed: false, reason: 'expired', consent: 'cr-1' })
})

test.each([
  ['withdrawn', 'withdrawn'],
  ['refused', 'refused'],
  ['expired', 'expired'],
  ['stale', 'stale'],
  ['given_unconfirmed', 'unconfirmed'],
  ['terminated', 'terminated'],
  ['invalidated', 'invalidated'],
  ['lapsed', 'no_grant'],
  ['requested', 'no_grant'],
] as const)('a record that is %s refuses with reason %s', (state, reason) => {
  expect(ask({ records: [{ ...given, state }] })).toMatchObject({ allowed: false, reason })
})

test('of two changes in one millisecond the later epoch explains', () => {
  const withdrawn: Record = { ...given, state: 'withdrawn', stateEpoch: 2 }
  const refused: Record = { ...given, id: 'cr-2', state: 'refused', stateEpoch: 3 }
  expect(ask({ records: [withdrawn, refused] })).toMatchObject({ reason: 'refused', consent: 'cr-2' })
  expect(ask({ records: [withdrawn, { ...given, id: 'cr-3', stateEpoch: 3 }] }).consent).toBe('cr-3')
})

test('this session only: the cut session is refused, another one is not', () => {
  expect(ask({ session: { ...chat, cutMask: bitOf(cell) } }).reason).toBe('session_cut')
  expect(ask({ session: { ...chat, id: 'se-43' } }).allowed).toBe(true)
})

test('a grant for one session counts only there, and only while it is open', () => {
  const records: Record[] = [{ ...given, scope: 'session', session: 'se-42' }]
  expect(ask({ records, session: chat }).allowed).toBe(true)
  expect(ask({ records, session: null }).reason).toBe('no_grant')
  expect(ask({ records, session: { ...chat, id: 'se-43' } }).reason).toBe('no_grant')
  expect(ask({ records, session: { ...chat, closedAt: now } }).reason).toBe('session_closed')
})

test('a withdrawn data category stops what needs it and nothing else', () => {
  const cut: Standing = { ...standing, cutCategories: ['contact.mobile'] }
  expect(ask({ standing: cut, categories: ['contact.mobile'] }).reason).toBe('category_withdrawn')
  expect(ask({ standing: cut, categories: ['contact.email'] }).allowed).toBe(true)
})

test('withdrawn without ever having been given is remembered as withdrawn', () => {
  expect(ask({ standing: { ...standing, withdrawnMask: bitOf(cell) }, records: [] }).reason).toBe('withdrawn')
})
