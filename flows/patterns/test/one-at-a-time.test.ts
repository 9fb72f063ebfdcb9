/** Workflow patterns 17, 18, 28, 31, 39, 40: what may happen while something else does. */
import { describe, expect, test } from 'vitest'
import { play } from './play.ts'

describe('17 interleaved parallel routing', () => {
  test('never two at once, and each gets its turn', () => {
    const it = play('17-interleaved-parallel-routing').order()
    expect(it.open).toEqual(['a'])
    it.done('a')
    expect(it.open).toEqual(['c'])
    it.done('c')
    expect(it.open).toEqual(['b'])
    it.done('b')
    expect(it.open).toEqual(['d'])
  })

  test('another order is not held up', () => {
    const { order } = play('17-interleaved-parallel-routing')
    const [first, second] = [order(), order()]
    expect([first.open, second.open]).toEqual([['a'], ['a']])
  })
})

describe('18 milestone', () => {
  test('while the order stands at its place the change goes through', () => {
    const it = play('18-milestone').order()
    it.done('a')
    it.send('change.asked')
    expect(it.open).toEqual(['b', 'd'])
  })

  test('asked for too early, it waits until the place is reached', () => {
    const it = play('18-milestone').order()
    it.send('change.asked')
    expect(it.open).toEqual(['a'])
    it.done('a')
    expect(it.open).toEqual(['b', 'd'])
  })

  test('asked for too late, it goes the other way', () => {
    const it = play('18-milestone').order()
    it.done('a')
    it.done('b')
    it.send('change.asked')
    expect(it.open).toEqual(['c', 'e'])
  })
})

describe('28 blocking discriminator', () => {
  test('the second thread begins when every line of the first is in, and fires its own', () => {
    const it = play('28-blocking-discriminator').order()
    expect(it.open).toEqual(['a', 'b', 'c'])
    it.done('b')
    expect(it.open).toEqual(['a', 'c', 'd'])
    it.done('a')
    expect(it.open).toEqual(['c', 'd'])
    it.done('c')
    expect(it.open).toEqual(['a', 'b', 'c', 'd'])
    it.done('c')
    expect(it.open).toEqual(['a', 'b', 'd', 'd'])
    expect(it.times('meet')).toBe(2)
  })
})

test('31 blocking partial join: two of three fire, and the second thread waits for the third line', () => {
  const it = play('31-blocking-partial-join').order()
  it.done('b')
  expect(it.open).toEqual(['a', 'c'])
  it.done('a')
  expect(it.open).toEqual(['c', 'd'])
  it.done('c')
  expect(it.open).toEqual(['a', 'b', 'c', 'd'])
  expect(it.times('meet')).toBe(1)
  it.done('c')
  expect(it.open).toEqual(['a', 'b', 'd'])
  it.done('b')
  expect(it.open).toEqual(['a', 'd', 'd'])
  expect(it.times('meet')).toBe(2)
})

describe('39 critical section', () => {
  test('the other section begins when the first has been left, not before', () => {
    const it = play('39-critical-section').order()
    expect(it.open).toEqual(['a'])
    it.done('a')
    expect(it.open).toEqual(['b'])
    it.done('b')
    expect(it.open).toEqual(['c', 'e'])
    it.done('c')
    it.done('d')
    expect(it.open).toEqual(['e', 'e'])
  })

  test('runs about the same customer take turns, others go on', () => {
    const { order } = play('39-critical-section')
    const [first, second, other] = [order({}, 'one'), order({}, 'one'), order({}, 'two')]
    expect([first.open, second.open, other.open]).toEqual([['a'], [], ['a']])
    first.done('a')
    first.done('b')
    first.done('c')
    first.done('d')
    expect(second.open).toEqual(['a'])
  })
})

test('40 interleaved routing: all of A, B and C, one at a time, then D', () => {
  const it = play('40-interleaved-routing').order()
  const seen: string[] = []
  while (!it.open.includes('d')) {
    expect(it.open).toHaveLength(1)
    const [step = ''] = it.open
    seen.push(step)
    it.done(step)
  }
  expect(seen.toSorted()).toEqual(['a', 'b', 'c'])
})
