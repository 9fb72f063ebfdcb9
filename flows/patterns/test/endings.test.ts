/** Workflow patterns 11, 19, 20, 43: how work ends or is taken back. */
import { describe, expect, test } from 'vitest'
import { play } from './play.ts'

test('11 implicit termination: the run ends when nothing is left to do, and not before', () => {
  const it = play('11-implicit-termination').order()
  it.done('a')
  expect(it.status).toBe('waiting')
  it.done('b')
  expect(it.status).toBe('succeeded')
})

describe('19 cancel task', () => {
  test('the request ends Task A and nothing else; its late answer counts for nothing', () => {
    const it = play('19-cancel-task').order()
    it.send('a.cancelled')
    expect(it.open).toEqual(['c'])
    it.done('a')
    expect([it.times('a'), it.open]).toEqual([0, ['c']])
  })

  test('a request after Task A is done comes too late', () => {
    const it = play('19-cancel-task').order()
    it.done('a')
    it.send('a.cancelled')
    expect(it.open).toEqual(['b'])
  })
})

describe('20 cancel case', () => {
  test('a request inside the flow ends the run and everything in it', () => {
    const it = play('20-cancel-case').order()
    it.send('order.cancelled')
    expect([it.status, it.error, it.open]).toEqual(['failed', 'ORDER_CANCELLED', []])
  })

  test('so does an operator, at any time', () => {
    const { world, order } = play('20-cancel-case')
    const it = order()
    it.done('a')
    expect(world.command('engine.run.cancel', { run: it.run })).toEqual({ cancelled: true })
    it.done('b')
    expect([it.status, it.times('b')]).toEqual(['cancelled', 0])
  })
})

test('43 explicit termination: reaching the end ends the run while other work is still open', () => {
  const it = play('43-explicit-termination').order()
  it.done('a')
  expect([it.status, it.output, it.open]).toEqual(['succeeded', 'ended', []])
})
