import { expect, test } from 'vitest'
import { flow, Play } from '../../testing/index.ts'
import type { EachPlan } from '../command.ts'

const plan = (items: EachPlan['items'], options: Partial<EachPlan> = {}): EachPlan => ({
  items,
  concurrency: 10,
  reviewed: false,
  collect: false,
  stop: false,
  finish: false,
  ...options,
})

/** start → each → after; the region is work → check. */
const drawn = () =>
  flow('f')
    .node('start', 'test.event')
    .node('each', 'test.each', { group: 'region' })
    .node('work', 'test.act')
    .node('check', 'test.act')
    .node('after', 'test.echo')
    .group('region', ['work', 'check'])
    .wire('start', 'each')
    .wire('work', 'check')
    .wire('each', 'after')
    .wire('each.stopped', 'after')

function started(items: EachPlan['items'], options: Partial<EachPlan> = {}, definition = drawn().build()): Play {
  const play = new Play(definition)
  play.start()
  play.ask({ kind: 'each.plan', token: play.token('each').id, attempt: 1, plan: plan(items, options) })
  return play
}

/** Completes the step of the item with this index. */
function done(play: Play, node: string, index: number, data: unknown = `${node}${index}`): void {
  const token = Object.values(play.run?.tokens ?? {}).find((one) => one.node === node && play.run?.scopes[one.scope]?.item?.index === index)
  if (token === undefined) throw new Error(`no token of item ${index} at ${node}; there are ${play.places().join(', ')}`)
  play.ask({ kind: 'node.complete', token: token.id, attempt: token.attempt, port: 'out', data: data as never, why: null })
}

test('each item runs through the region in a scope of its own, and the results come in the order of the items', () => {
  const play = started(['a', 'b', 'c'])
  expect(play.kinds()).toEqual(['each.started', 'each.item-started', 'each.item-started', 'each.item-started'])
  expect(play.places()).toEqual(['each:waiting', 'work:ready', 'work:ready', 'work:ready'])
  expect(Object.values(play.run?.tokens ?? {}).map(({ input }) => input)).toEqual([null, 'a', 'b', 'c'])
  for (const index of [2, 0, 1]) done(play, 'work', index)
  for (const index of [1, 2, 0]) done(play, 'check', index, { was: index })
  expect(play.places()).toEqual(['after:ready'])
  expect(play.token('after').input).toEqual([{ was: 0 }, { was: 1 }, { was: 2 }])
  expect(play.run).not.toHaveProperty('each')
  expect(Object.keys(play.run?.scopes ?? {})).toEqual(['s0'])
})

test('an item sees the outputs of its own steps only, and nothing of them stays behind', () => {
  const play = started(['a', 'b'])
  done(play, 'work', 0, 'mine')
  done(play, 'work', 1, 'yours')
  const items = Object.values(play.run?.scopes ?? {}).flatMap(({ item }) => (item === undefined ? [] : [item.outputs]))
  expect(items).toEqual([{ work: 'mine' }, { work: 'yours' }])
  expect(play.run?.outputs).not.toHaveProperty('work')
})

test('no more items are at work than it says; the next one starts when one ends', () => {
  const play = started([1, 2, 3], { concurrency: 2 })
  expect(play.places()).toEqual(['each:waiting', 'work:ready', 'work:ready'])
  done(play, 'work', 1)
  expect(play.kinds()).toEqual(['node.completed'])
  done(play, 'check', 1)
  expect(play.kinds()).toEqual(['node.completed', 'each.item-started'])
  expect(play.run?.each).toMatchObject({ t1: { active: 2, ended: [1], next: 3 } })
})

test('an empty list passes at once with an empty list', () => {
  const play = started([])
  expect(play.kinds()).toEqual(['node.completed'])
  expect(play.token('after').input).toEqual([])
})

test('an item that forks ends with its last line, whose output is its result', () => {
  const play = started(
    ['a'],
    {},
    flow('f')
      .node('start', 'test.event')
      .node('each', 'test.each', { group: 'region' })
      .node('work', 'test.act')
      .node('left', 'test.act')
      .node('right', 'test.act')
      .node('after', 'test.echo')
      .group('region', ['work', 'left', 'right'])
      .wire('start', 'each')
      .wire('work', 'left', 'right')
      .wire('each', 'after')
      .build(),
  )
  play.complete('work')
  play.complete('right')
  expect(play.places()).toEqual(['each:waiting', 'left:ready'])
  play.complete('left')
  expect(play.token('after').input).toEqual(['left'])
})

test('asked after an item, it may add items to the end of the list', () => {
  const play = started([1], { reviewed: true })
  done(play, 'work', 0)
  done(play, 'check', 0)
  expect(play.kinds()).toEqual(['node.completed', 'each.reviewing'])
  expect(play.decision).toMatchObject({ effects: [{ kind: 'node.run', node: 'each', attempt: 2 }] })
  play.ask({ kind: 'each.plan', token: 't1', attempt: 2, plan: plan([1, 2, 3], { reviewed: true }) })
  expect(play.kinds()).toEqual(['each.reviewed', 'each.item-started', 'each.item-started'])
  for (const index of [1, 2]) done(play, 'work', index)
  done(play, 'check', 1)
  play.ask({ kind: 'each.plan', token: 't1', attempt: 3, plan: plan([], { reviewed: true }) })
  done(play, 'check', 2)
  play.ask({ kind: 'each.plan', token: 't1', attempt: 4, plan: plan([1, 2, 3], { reviewed: true }) })
  expect(play.token('after').input).toEqual(['check0', 'check1', 'check2'])
})

test('stopping early hands on what is done, and withdraws the rest with what it ordered', () => {
  const play = started([1, 2, 3], { reviewed: true, concurrency: 2 })
  for (const index of [0, 1]) done(play, 'work', index)
  done(play, 'check', 1)
  expect(play.ask({ kind: 'each.plan', token: 't1', attempt: 1, plan: plan([]) })).toMatchObject({ code: 'SLU_ATTEMPT_LATE' })
  play.ask({ kind: 'each.plan', token: 't1', attempt: 2, plan: plan([1, 2, 3], { reviewed: true, stop: true }) })
  expect(play.kinds()).toEqual(['each.reviewed', 'token.cancelled', 'node.completed'])
  expect(play.effects()).toEqual(['node.abandon', 'node.run'])
  expect(play.decision).toMatchObject({ entries: [{}, { node: 'check' }, { port: 'stopped', why: { done: 1, of: 3 } }] })
  expect(play.token('after').input).toEqual(['check1'])
  expect(play.places()).toEqual(['after:ready'])
})

test('or lets the items at work go on to their ends, which then count for nothing', () => {
  const play = started([1, 2, 3], { reviewed: true, concurrency: 2 })
  for (const index of [0, 1]) done(play, 'work', index)
  done(play, 'check', 0)
  play.ask({ kind: 'each.plan', token: 't1', attempt: 2, plan: plan([1, 2, 3], { reviewed: true, stop: true, finish: true }) })
  expect(play.places()).toEqual(['check:ready', 'after:ready'])
  play.complete('after')
  expect(play.run?.status).toBe('running')
  play.complete('check')
  expect(play.run).toMatchObject({ status: 'succeeded', tokens: {} })
})

test('a failed item stops the others and leaves by the error port', () => {
  const play = started([1, 2], {}, drawn().node('mend', 'test.echo').wire('each.error', 'mend').build())
  done(play, 'work', 0)
  play.fail('work')
  expect(play.places()).toEqual(['mend:ready'])
  expect(play.token('mend').input).toEqual({ code: 'SLU_TEST', message: 'no', node: 'work', attempt: 1, index: 1 })
  expect(play.effects()).toContain('node.abandon')
})

test('without an error port a failed item is an incident of its own, and the others go on', () => {
  const play = started([1, 2])
  play.fail('work')
  expect(play.kinds()).toEqual(['node.failed', 'incident.raised'])
  expect(play.places()).toEqual(['each:waiting', 'work:incident', 'work:ready'])
  done(play, 'work', 1)
  done(play, 'check', 1)
  play.ask({ kind: 'run.retry', by: 'u' })
  done(play, 'work', 0)
  done(play, 'check', 0)
  expect(play.token('after').input).toEqual(['check0', 'check1'])
})

test('collecting, a failure is the result of its item and the others go on', () => {
  const play = started([1, 2], { collect: true }, drawn().node('mend', 'test.echo').wire('each.error', 'mend').build())
  play.fail('work')
  expect(play.kinds()).toEqual(['node.failed', 'each.item-failed'])
  done(play, 'work', 1)
  done(play, 'check', 1)
  expect(play.token('after').input).toEqual([{ error: { code: 'SLU_TEST', message: 'no', node: 'work' } }, 'check1'])
})

test('a for-each inside a for-each keeps its items apart', () => {
  const play = started(
    [1, 2],
    {},
    flow('f')
      .node('start', 'test.event')
      .node('each', 'test.each', { group: 'outer' })
      .node('inner', 'test.each', { group: 'within' })
      .node('work', 'test.act')
      .node('after', 'test.echo')
      .group('outer', ['inner'])
      .group('within', ['work'])
      .wire('start', 'each')
      .wire('each', 'after')
      .build(),
  )
  for (const [token, items] of [
    ['t2', ['a', 'b']],
    ['t3', ['c']],
  ] as const)
    play.ask({ kind: 'each.plan', token, attempt: 1, plan: plan(items) })
  for (const data of ['A', 'B', 'C']) play.complete('work', data)
  expect(play.token('after').input).toEqual([['A', 'B'], ['C']])
})

test('cancelling the run, or the line, ends every item', () => {
  const play = started([1, 2])
  play.ask({ kind: 'run.cancel', reason: 'enough', by: null })
  expect(play.kinds()).toEqual(['token.cancelled', 'token.cancelled', 'token.cancelled', 'run.cancelled'])
  expect(play.run).toMatchObject({ status: 'cancelled', tokens: {} })
  expect(play.run).not.toHaveProperty('each')
})

test('too long a list and too many at once are refused with the limit and what to do', () => {
  const tooMany = started(Array.from({ length: 10_001 }, () => 0))
  expect(tooMany.run?.tokens.t1).toMatchObject({
    state: 'incident',
    error: { code: 'SLU_EACH_ITEMS_LIMIT', message: expect.stringContaining('at most 10000') },
  })
  expect(started([1], { concurrency: 101 }).run?.tokens.t1?.error?.code).toBe('SLU_EACH_CONCURRENCY')
  expect(started([1], { concurrency: 0.5 }).run?.tokens.t1?.error?.code).toBe('SLU_EACH_CONCURRENCY')
})

test('results that together are too large for a wire fail the step before they fill the run', () => {
  const play = started(
    Array.from({ length: 130 }, (_, index) => index),
    { concurrency: 100 },
  )
  const large = 'x'.repeat(20_000)
  for (let index = 0; index < 64; index++) {
    done(play, 'work', index, null)
    done(play, 'check', index, large)
  }
  expect(play.run?.tokens.t1).toMatchObject({ state: 'incident', error: { code: 'SLU_PAYLOAD_LIMIT' } })
})

test('a failure in a list inside a list is the result of the outer item, when the outer list collects', () => {
  const nested = flow('f')
    .node('start', 'test.event')
    .node('each', 'test.each', { group: 'outer' })
    .node('inner', 'test.each', { group: 'region' })
    .node('work', 'test.act')
    .node('after', 'test.echo')
    .group('outer', ['inner'])
    .group('region', ['work'])
    .wire('start', 'each')
    .wire('each', 'after')
    .build()
  const play = started(['only'], { collect: true }, nested)
  play.ask({ kind: 'each.plan', token: play.token('inner').id, attempt: 1, plan: plan([1, 2]) })
  play.fail('work', true)
  expect(play.token('after').input).toEqual([{ error: { code: 'SLU_TEST', message: 'no', node: 'work' } }])
})

test('the time limit of the step ends its items too', () => {
  const limited = flow('f')
    .node('start', 'test.event')
    .node('each', 'test.each', { group: 'region' }, { timeoutMs: 5_000 })
    .node('work', 'test.act')
    .node('late', 'test.echo')
    .group('region', ['work'])
    .wire('start', 'each')
    .wire('each.error', 'late')
    .build()
  const play = started([1, 2], {}, limited)
  play.now = 6_000
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.places()).toEqual(['late:ready'])
  expect(play.token('late').input).toMatchObject({ code: 'SLU_NODE_TIMEOUT' })
})

test('a join inside the region waits for the lines of its own item', () => {
  const play = started(
    [1, 2],
    {},
    flow('f')
      .node('start', 'test.event')
      .node('each', 'test.each', { group: 'region' })
      .node('split', 'test.act')
      .node('a', 'test.act')
      .node('b', 'test.act')
      .node('join', 'test.join')
      .group('region', ['split', 'a', 'b', 'join'])
      .wire('start', 'each')
      .wire('split', 'a', 'b')
      .wire('a', 'join')
      .wire('b', 'join')
      .node('after', 'test.echo')
      .wire('each', 'after')
      .build(),
  )
  play.complete('split')
  play.complete('split')
  play.complete('a', 'a0')
  play.complete('a', 'a1')
  expect(play.run?.each?.t1?.ended).toEqual([])
  play.complete('b', 'b0')
  expect(play.run?.each?.t1?.ended).toEqual([0])
  play.complete('b', 'b1')
  expect(play.token('after').input).toEqual([
    { a: 'a0', b: 'b0' },
    { a: 'a1', b: 'b1' },
  ])
})

test('a join waits for a for-each beside it that has items to start or results to hand on, though nothing else lives', () => {
  const beside = flow('f')
    .node('start', 'test.event')
    .node('each', 'test.each', { group: 'region' })
    .node('work', 'test.act')
    .node('other', 'test.act')
    .node('join', 'test.join')
    .node('after', 'test.echo')
    .group('region', ['work'])
    .wire('start', 'each', 'other')
    .wire('each', 'join')
    .wire('other', 'join')
    .wire('join', 'after')
    .build()
  const play = started(['a', 'b'], { concurrency: 1 }, beside)
  play.complete('other', 'done')
  done(play, 'work', 0)
  expect(play.places()).toEqual(['each:waiting', 'join:waiting', 'work:ready'])
  done(play, 'work', 1)
  expect(play.places()).toEqual(['after:ready'])
  expect(play.token('after').input).toEqual({ each: ['work0', 'work1'], other: 'done' })
})
