/** Workflow patterns 6 to 8, 37, 38, 41, 42: several lines chosen, merged, split. */
import { describe, expect, test } from 'vitest'
import { play } from './play.ts'

const subsets = [['a'], ['b'], ['c'], ['a', 'b'], ['a', 'c'], ['b', 'c'], ['a', 'b', 'c']]

test.each(subsets.map((wants) => [wants]))('6 multi-choice: %s start and no other', (wants) => {
  expect(play('06-multi-choice').order({ wants }).open).toEqual(wants)
})

test.each(subsets.map((wants) => [wants]))('7 structured synchronising merge: D waits for %s and for nothing else', (wants) => {
  const it = play('07-structured-synchronizing-merge').order({ wants })
  for (const step of wants) {
    expect(it.open).not.toContain('d')
    it.done(step)
  }
  expect(it.open).toEqual(['d'])
  expect(it.times('meet')).toBe(1)
})

test('8 multi-merge: C runs once for each line that comes, and they do not wait for one another', () => {
  const it = play('08-multi-merge').order()
  it.done('a')
  expect(it.open).toEqual(['b', 'c'])
  it.done('b')
  expect(it.open).toEqual(['c', 'c'])
  it.done('c')
  expect(it.times('c')).toBe(2)
})

describe('37 local synchronising merge', () => {
  test('waits for a line that took the longer way', () => {
    const it = play('37-local-synchronizing-merge').order()
    it.done('a', { check: true })
    it.done('b')
    expect(it.open).toEqual(['c'])
    it.done('c')
    expect(it.open).toEqual(['d'])
  })

  test('does not wait for a line that was led elsewhere', () => {
    const it = play('37-local-synchronizing-merge').order()
    it.done('b', { aside: true })
    expect(it.open).toEqual(['a', 'e'])
    it.done('a')
    expect(it.open).toEqual(['d', 'e'])
    expect(it.times('meet')).toBe(1)
  })
})

describe('38 general synchronising merge', () => {
  test('waits as long as the line in the loop may still arrive', () => {
    const it = play('38-general-synchronizing-merge').order()
    it.done('a')
    it.done('b', { again: true })
    it.done('b', { again: true })
    expect(it.open).toEqual(['b'])
    it.done('b')
    expect(it.open).toEqual(['d'])
    expect(it.times('b')).toBe(3)
  })

  test('goes on when the loop is left by another way', () => {
    const it = play('38-general-synchronizing-merge').order()
    it.done('a')
    it.done('b', { again: true })
    it.done('b', { away: true })
    expect(it.open).toEqual(['c', 'd'])
  })
})

test('41 thread merge: B runs once, when all three threads of its branch are through', () => {
  const it = play('41-thread-merge').order()
  expect(it.open).toEqual(['a', 'a', 'a'])
  it.done('a')
  expect(it.times('a')).toBe(3)
  expect(it.open).toEqual(['b'])
})

test('42 thread split: one thread becomes three, each of which goes on by itself', () => {
  const it = play('42-thread-split').order()
  expect(it.open).toEqual(['a', 'a', 'a'])
  it.done('a')
  expect(it.open).toEqual(['b', 'b', 'b'])
})
