/** Workflow patterns 12–15, 26, 27, 34–36: a task that is done once per item. */
import { describe, expect, test } from 'vitest'
import { play } from './play.ts'

const parts = (count: number) => ({ parts: Array.from({ length: count }, (_, index) => `part ${index}`) })

test('12 multiple instances without synchronisation: B is open beside all of them and waits for none', () => {
  const it = play('12-multiple-instances-without-synchronization').order(parts(3))
  expect(it.open).toEqual(['a', 'a', 'a', 'b'])
  it.done('b')
  expect(it.status).toBe('waiting')
  for (const item of [2, 0, 1]) it.done('a', { item })
  expect(it.status).toBe('succeeded')
})

test('13 number known at design time: three of A, whatever comes in; B after all of them', () => {
  const it = play('13-multiple-instances-design-time').order(parts(9))
  expect(it.open).toEqual(['a', 'a', 'a'])
  for (const item of [1, 0]) it.done('a', { item })
  expect(it.open).toEqual(['a'])
  it.done('a', { item: 2 })
  expect(it.open).toEqual(['b'])
})

describe('14 number known at run time', () => {
  test('as many of A as the order has parts; B after all of them, once', () => {
    const it = play('14-multiple-instances-run-time').order(parts(4))
    expect(it.open).toEqual(['a', 'a', 'a', 'a'])
    for (const item of [3, 1, 0]) it.done('a', { item })
    expect(it.open).toEqual(['a'])
    it.done('a', { item: 2 })
    expect(it.open).toEqual(['b'])
    expect([it.times('a'), it.times('each')]).toEqual([4, 1])
  })

  test('an order without parts has nothing to wait for', () => {
    expect(play('14-multiple-instances-run-time').order(parts(0)).open).toEqual(['b'])
  })
})

test('15 number not known before: parts that are named while A is done are done too, before B', () => {
  const it = play('15-multiple-instances-not-known-before').order(parts(2))
  it.done('a', { item: 1, more: ['one more'] })
  expect(it.open).toEqual(['a', 'a'])
  it.done('a', { item: 0, more: ['and another', 'and a last'] })
  expect(it.open).toEqual(['a', 'a', 'a'])
  for (const item of [2, 3]) it.done('a', { item })
  expect(it.open).toEqual(['a'])
  it.done('a', { item: 4 })
  expect(it.open).toEqual(['b'])
  expect(it.times('a')).toBe(5)
})

test('26 cancel multiple instance task: all that are open end, B never begins, C goes on', () => {
  const it = play('26-cancel-multiple-instance-task').order(parts(3))
  it.done('a', { item: 0 })
  it.send('parts.cancelled')
  expect(it.open).toEqual(['c'])
  it.done('c')
  expect([it.status, it.times('a'), it.times('b')]).toEqual(['succeeded', 1, 0])
})

describe('27 complete multiple instance task', () => {
  test('all that are open end and B begins', () => {
    const it = play('27-complete-multiple-instance-task').order(parts(3))
    it.done('a', { item: 0 })
    it.send('parts.enough')
    expect(it.open).toEqual(['b'])
    expect(it.times('a')).toBe(1)
  })

  test('without the request B begins when all are done', () => {
    const it = play('27-complete-multiple-instance-task').order(parts(2))
    for (const item of [0, 1]) it.done('a', { item })
    expect(it.open).toEqual(['b'])
    it.send('parts.enough')
    it.done('b')
    expect([it.status, it.times('b')]).toEqual(['succeeded', 1])
  })
})

test('34 static partial join: after two of four B begins once, the others go on to their ends', () => {
  const it = play('34-static-partial-join-multiple-instances').order(parts(4))
  it.done('a', { item: 3 })
  expect(it.open).toEqual(['a', 'a', 'a'])
  it.done('a', { item: 1 })
  expect(it.open).toEqual(['a', 'a', 'b'])
  it.done('b')
  for (const item of [0, 2]) it.done('a', { item })
  expect([it.status, it.times('a'), it.times('b')]).toEqual(['succeeded', 4, 1])
})

test('35 cancelling partial join: after two of four B begins and the others are taken back', () => {
  const it = play('35-cancelling-partial-join-multiple-instances').order(parts(4))
  it.done('a', { item: 3 })
  it.done('a', { item: 1 })
  expect(it.open).toEqual(['b'])
  it.done('a', { item: 0 })
  expect(it.times('a')).toBe(2)
})

test('36 dynamic partial join: more may be named until somebody says that it is enough', () => {
  const it = play('36-dynamic-partial-join-multiple-instances').order(parts(2))
  it.done('a', { item: 0, more: ['x', 'y'] })
  expect(it.open).toEqual(['a', 'a', 'a'])
  it.done('a', { item: 2, enough: true })
  expect(it.open).toEqual(['a', 'a', 'b'])
  it.done('a', { item: 1, more: ['too late'] })
  it.done('b')
  it.done('a', { item: 3 })
  expect([it.status, it.times('a'), it.times('b')]).toEqual(['succeeded', 4, 1])
})
