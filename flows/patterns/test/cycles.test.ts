/** Workflow patterns 10, 21, 22: again and again. */
import { describe, expect, test } from 'vitest'
import { play } from './play.ts'

describe('10 arbitrary cycles', () => {
  test('is entered at either place', () => {
    expect(play('10-arbitrary-cycles').order({ new: true }).open).toEqual(['a'])
    expect(play('10-arbitrary-cycles').order({ new: false }).open).toEqual(['b'])
  })

  test('goes round by two ways and leaves by two', () => {
    const it = play('10-arbitrary-cycles').order({ new: false })
    it.done('b', { verdict: 'look again' })
    expect(it.open).toEqual(['b'])
    it.done('b', { verdict: 'rewrite' })
    expect(it.open).toEqual(['a'])
    it.done('a')
    it.done('b', { verdict: 'good' })
    expect(it.open).toEqual(['c'])
    expect([it.times('a'), it.times('b')]).toEqual([1, 3])
    const dropped = play('10-arbitrary-cycles').order({ new: false })
    dropped.done('b', { verdict: 'hopeless' })
    expect(dropped.open).toEqual(['d'])
  })
})

describe('21 structured loop', () => {
  test.each([0, 1, 5])('asked before: with %s parts left it repeats that often', (parts) => {
    const it = play('21-structured-loop').order({ parts })
    expect(it.times('one')).toBe(parts)
    expect(it.open).toEqual(['b'])
  })

  test('asked after: it runs at least once and until it is good', () => {
    const it = play('21-structured-loop').order({ parts: 0 })
    it.done('b', { good: false })
    it.done('b', { good: false })
    expect(it.open).toEqual(['b'])
    it.done('b', { good: true })
    expect(it.open).toEqual(['c'])
    expect(it.times('b')).toBe(3)
  })
})

test('22 recursion: the flow calls itself until the smallest case and goes on with what comes back', () => {
  const it = play('22-recursion')
  const run = it.start({ n: 5 })
  expect([run.status, run.output]).toEqual(['succeeded', 120])
  expect(it.world.store.runIds()).toHaveLength(5)
})
