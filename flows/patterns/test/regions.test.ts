/** Workflow patterns 16 and 25: a choice left to whoever is first, and steps that end together. */
import { describe, expect, test } from 'vitest'
import { play } from './play.ts'

describe('16 deferred choice', () => {
  test('both are open until one is done, which takes the other away', () => {
    const it = play('16-deferred-choice').order()
    expect(it.open).toEqual(['a', 'b'])
    it.done('b')
    expect(it.open).toEqual(['d'])
    it.done('a')
    expect([it.times('a'), it.open]).toEqual([0, ['d']])
  })

  test('either may be chosen', () => {
    const it = play('16-deferred-choice').order()
    it.done('a')
    expect(it.open).toEqual(['c'])
  })
})

describe('25 cancel region', () => {
  test('wherever the line inside stands, it ends; what is outside goes on', () => {
    for (const done of [[], ['a']]) {
      const it = play('25-cancel-region').order()
      for (const step of done) it.done(step)
      it.send('region.cancelled')
      expect(it.open).toEqual(['c', 'd'])
      it.done('a')
      it.done('b')
      expect(it.times('b')).toBe(0)
    }
  })

  test('when nothing is inside any more, only the request goes on', () => {
    const it = play('25-cancel-region').order()
    for (const step of ['a', 'b']) it.done(step)
    it.send('region.cancelled')
    expect(it.open).toEqual(['c', 'd'])
    expect(it.times('b')).toBe(1)
  })
})
