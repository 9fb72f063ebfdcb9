/** Workflow patterns 1 to 5: basic control flow. */
import { expect, test } from 'vitest'
import { play } from './play.ts'

test('1 sequence: B starts when A is done and not before', () => {
  const it = play('01-sequence').order()
  expect(it.open).toEqual(['a'])
  it.done('b')
  expect(it.open).toEqual(['a'])
  it.done('a')
  expect(it.open).toEqual(['b'])
  it.done('b')
  expect(it.status).toBe('succeeded')
})

test('2 parallel split: all lines are at work at once and end in any order', () => {
  const it = play('02-parallel-split').order()
  expect(it.open).toEqual(['a', 'b', 'c'])
  it.done('c')
  it.done('a')
  expect(it.open).toEqual(['b'])
})

test.each([
  ['a', 'b'],
  ['b', 'a'],
])('3 synchronisation: with %s done first, C still waits for %s', (first, second) => {
  const it = play('03-synchronization').order()
  it.done(first)
  expect(it.open).toEqual([second])
  expect(it.times('meet')).toBe(0)
  it.done(second)
  expect(it.open).toEqual(['c'])
  expect(it.times('meet')).toBe(1)
})

test.each([
  [101, 'a'],
  [100, 'b'],
])('4 exclusive choice: an order over %s starts only %s', (amount, step) => {
  expect(play('04-exclusive-choice').order({ amount }).open).toEqual([step])
})

test.each([
  [500, 'a'],
  [5, 'b'],
])('5 simple merge: an order over %s goes by %s straight on to C, once', (amount, step) => {
  const it = play('05-simple-merge').order({ amount })
  it.done(step)
  expect(it.open).toEqual(['c'])
  it.done('c')
  expect(it.times('c')).toBe(1)
  expect(it.status).toBe('succeeded')
})
