import { expect, test } from 'vitest'
import { bitOf, everything } from './grid.ts'
import { isEmptyScope, repCard, scopeKind, scopeMask, stateOf } from './withdrawal.ts'

const quote = { purpose: 'recommendation', scene: 'quote_push' } as const

test('a scope names the cells of its purposes and scenes', () => {
  expect(scopeMask({ all: true })).toBe(everything)
  expect(scopeMask({ purposes: ['recommendation'], scenes: ['quote_push'] })).toBe(bitOf(quote))
  expect(scopeMask({ cells: [quote] })).toBe(2)
  expect(scopeMask({ session: 'se-42' })).toBe(everything)
})

test('a scope that names nothing is empty; data categories alone are enough', () => {
  expect(isEmptyScope({})).toBe(true)
  expect(isEmptyScope({ purposes: [], scenes: [] })).toBe(true)
  expect(isEmptyScope({ categories: ['contact.mobile'] })).toBe(false)
})

test.each([
  [{ all: true }, 'all'],
  [{ session: 'se-1', purposes: ['recommendation'] }, 'session'],
  [{ categories: ['contact.mobile'] }, 'category'],
  [{ purposes: ['recommendation'] }, 'purpose'],
  [{ scenes: ['quote_push'] }, 'scene'],
  [{ cells: [quote] }, 'cell'],
] as const)('%j is a withdrawal of kind %s', (scope, kind) => {
  expect(scopeKind(scope as never)).toBe(kind)
})

test('the card says what is left and what has ended, not what was never there', () => {
  expect(repCard(bitOf({ ...quote, scene: 'aftersales_care' }), bitOf(quote), 'zh-CN')).toEqual({
    youMay: ['售后关怀 · 销售推荐'],
    youMustNot: ['报价推送 · 销售推荐'],
  })
})

test('complete within 90 s, partial at 90 s, and late stays late', () => {
  const done = [{ state: 'done' }, { state: 'not_applicable' }] as const
  const open = [{ state: 'done' }, { state: 'doing' }] as const
  expect(stateOf(done, 0, 90_000)).toBe('completed')
  expect(stateOf(open, 0, 89_999)).toBe('propagating')
  expect(stateOf(open, 0, 90_000)).toBe('partial')
  expect(stateOf(done, 0, 90_001)).toBe('completed_late')
})
