/** Workflow patterns 9, 29, 30, 32: going on before all lines are through. */
import { describe, expect, test } from 'vitest'
import { play } from './play.ts'

describe('9 structured discriminator', () => {
  test('the first line starts D, the others end without starting it again', () => {
    const it = play('09-structured-discriminator').order()
    it.done('b')
    expect(it.open).toEqual(['a', 'c', 'd'])
    it.done('a')
    it.done('c')
    expect(it.open).toEqual(['d'])
    expect(it.times('meet')).toBe(1)
  })

  test('in the next round it fires again, and stragglers of the first do not count', () => {
    const it = play('09-structured-discriminator').order()
    it.done('b')
    it.done('d', { again: true })
    expect(it.open).toEqual(['a', 'a', 'b', 'c', 'c'])
    it.done('b')
    expect(it.times('meet')).toBe(2)
    it.done('a')
    it.done('c')
    expect(it.times('meet')).toBe(2)
    expect(it.open).toEqual(['d'])
  })
})

test('29 cancelling discriminator: the first line starts D and the others are taken back', () => {
  const it = play('29-cancelling-discriminator').order()
  it.done('c')
  expect(it.open).toEqual(['d'])
  it.done('a')
  expect(it.times('a')).toBe(0)
})

test('30 structured partial join: two of three start D, the third ends quietly', () => {
  const it = play('30-structured-partial-join').order()
  it.done('a')
  expect(it.open).toEqual(['b', 'c'])
  it.done('c')
  expect(it.open).toEqual(['b', 'd'])
  it.done('b')
  expect(it.open).toEqual(['d'])
  expect([it.times('meet'), it.times('b')]).toEqual([1, 1])
})

test('32 cancelling partial join: two of three start D and the third is taken back', () => {
  const it = play('32-cancelling-partial-join').order()
  it.done('b')
  it.done('c')
  expect(it.open).toEqual(['d'])
  it.done('a')
  expect(it.times('a')).toBe(0)
})
