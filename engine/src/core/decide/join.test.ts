import { expect, test } from 'vitest'
import { flow, Play } from '../../testing/index.ts'

function fork(config: Record<string, unknown> = {}) {
  return flow('f')
    .node('start', 'test.event')
    .node('fork', 'test.echo')
    .node('a', 'test.act')
    .node('b', 'test.act')
    .node('c', 'test.act')
    .node('join', 'test.join', config)
    .node('end', 'test.echo')
    .wire('start', 'fork')
    .wire('fork', 'a', 'b', 'c')
    .wire('a', 'join')
    .wire('b', 'join')
    .wire('c', 'join')
    .wire('join', 'end')
}

function forked(config: Record<string, unknown> = {}): Play {
  const play = new Play(fork(config).build())
  play.start()
  play.complete('fork')
  return play
}

test('several wires from one port open a scope, and their tokens carry it', () => {
  const play = forked()
  expect(play.run?.scopes).toEqual({
    s0: { id: 's0', parent: null, fork: null, closedBy: [], live: 0 },
    s1: { id: 's1', parent: 's0', fork: 'fork', closedBy: [], live: 3 },
  })
  expect(Object.values(play.run?.tokens ?? {}).map(({ id, scope }) => [id, scope])).toEqual([
    ['t2', 's1'],
    ['t3', 's1'],
    ['t4', 's1'],
  ])
})

test('a join waits for all lines and hands on what each brought, by the node it came from', () => {
  const play = forked()
  play.complete('b', 2)
  play.complete('a', 1)
  expect(play.kinds()).toEqual(['node.completed', 'join.arrived'])
  play.complete('c', 3)
  expect(play.kinds()).toEqual(['node.completed', 'join.arrived', 'join.passed'])
  expect(play.token('end')).toMatchObject({ input: { a: 1, b: 2, c: 3 }, scope: 's0', from: 'join' })
  expect(Object.keys(play.run?.scopes ?? {})).toEqual(['s0'])
})

test('a line that ended or was led elsewhere does not hold the join up', () => {
  const play = forked()
  play.complete('a', 1)
  play.complete('b', 2)
  play.complete('c', null, 'nowhere')
  expect(play.token('end').input).toEqual({ a: 1, b: 2 })
})

test('an incident holds the join up, because a person may still mend it', () => {
  const play = forked()
  play.complete('a', 1)
  play.complete('b', 2)
  play.fail('c', true)
  expect(play.run?.status).toBe('incident')
  play.ask({ kind: 'run.retry', by: null })
  play.complete('c', 3)
  expect(play.token('end').input).toEqual({ a: 1, b: 2, c: 3 })
})

test('first lets the first line through and ignores later ones', () => {
  const play = forked({ mode: 'first' })
  play.complete('b', 2)
  expect(play.token('end').input).toEqual({ b: 2 })
  play.complete('a', 1)
  expect(play.kinds()).toEqual(['node.completed', 'join.ignored'])
  play.complete('c', 3)
  expect(play.places()).toEqual(['end:ready'])
  expect(Object.keys(play.run?.scopes ?? {})).toEqual(['s0'])
})

test('first with cancelRest takes back what the other lines ordered', () => {
  const play = forked({ mode: 'first', cancelRest: true })
  expect(play.complete('b', 2)).toMatchObject({
    effects: [
      { kind: 'node.run', node: 'end' },
      { kind: 'node.abandon', token: 't2', node: 'a', attempt: 1 },
      { kind: 'node.abandon', token: 't4', node: 'c', attempt: 1 },
    ],
  })
  expect(play.places()).toEqual(['end:ready'])
})

test('n of m passes with the n-th line, and with fewer when no more can come', () => {
  const play = forked({ mode: 'n', n: 2 })
  play.complete('a', 1)
  expect(play.places()).toContain('join:waiting')
  play.complete('c', 3)
  expect(play.token('end').input).toEqual({ a: 1, c: 3 })
  const few = forked({ mode: 'n', n: 2 })
  few.complete('a', 1)
  few.complete('b', null, 'nowhere')
  few.complete('c', null, 'nowhere')
  expect(few.token('end').input).toEqual({ a: 1 })
})

test('a join with a time limit leaves by timeout with what has come, and later lines end there', () => {
  const play = new Play(fork({ timeout: 'PT10S' }).node('late', 'test.echo').wire('join.timeout', 'late').build())
  play.start()
  play.complete('fork')
  play.complete('a', 1)
  expect(play.decision).toMatchObject({ effects: [{ kind: 'timer.set', timerId: 'm1', token: 't5', dueAt: 11_000 }] })
  play.complete('b', 2)
  expect(play.effects()).toEqual([])
  play.now = 11_000
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.token('late').input).toEqual({ a: 1, b: 2 })
  play.complete('c', 3)
  expect(play.kinds()).toEqual(['node.completed', 'join.ignored'])
})

test('a join that passes in time clears its timer', () => {
  const play = forked({ timeout: 'PT10S' })
  for (const node of ['a', 'b', 'c']) play.complete(node)
  expect(play.effects()).toEqual(['timer.clear', 'node.run'])
})

test('forks inside a fork: the outer join waits for lines of the inner one too', () => {
  const play = new Play(
    flow('f')
      .node('start', 'test.event')
      .node('b', 'test.echo')
      .node('c', 'test.act')
      .node('d', 'test.act')
      .node('e', 'test.act')
      .node('join', 'test.join')
      .wire('start', 'b', 'c')
      .wire('b', 'd', 'e')
      .wire('d', 'join')
      .wire('e', 'join')
      .wire('c', 'join')
      .build(),
  )
  play.start()
  play.complete('b')
  play.complete('c', 'C')
  play.complete('d', 'D')
  expect(play.run?.status).toBe('running')
  play.complete('e', 'E')
  expect(play.run).toMatchObject({ status: 'succeeded', output: { c: 'C', d: 'D', e: 'E' } })
})

function twoJoins(first: Record<string, unknown>): Play {
  const play = new Play(
    flow('f')
      .node('start', 'test.event')
      .node('a', 'test.act')
      .node('b', 'test.act')
      .node('c', 'test.act')
      .node('inner', 'test.join', first)
      .node('outer', 'test.join')
      .wire('start', 'a', 'b', 'c')
      .wire('a', 'inner')
      .wire('b', 'inner')
      .wire('inner', 'outer')
      .wire('c', 'outer')
      .build(),
  )
  play.start()
  return play
}

test('some lines of a fork may meet earlier than the rest: the last join still waits for all of them', () => {
  const play = twoJoins({})
  play.complete('a', 1)
  play.complete('b', 2)
  expect(play.kinds()).toEqual(['node.completed', 'join.arrived', 'join.passed', 'join.arrived'])
  play.complete('c', 3)
  expect(play.run).toMatchObject({ status: 'succeeded', output: { inner: { a: 1, b: 2 }, c: 3 } })
})

test('a line that comes too late for an earlier join does not hold up the last one', () => {
  const play = twoJoins({ mode: 'first' })
  play.complete('a', 1)
  play.complete('c', 3)
  expect(play.output).toEqual({ inner: { a: 1 }, c: 3 })
  play.complete('b', 2)
  expect(play.run).toMatchObject({ status: 'succeeded', output: { inner: { a: 1 }, c: 3 } })
})

test('two lines from the same node both keep their result', () => {
  const play = new Play(
    flow('f').node('start', 'test.event').node('a', 'test.act').node('join', 'test.join').wire('start', 'a', 'a').wire('a', 'join').build(),
  )
  play.start()
  play.complete('a', 1)
  play.complete('a', 2)
  expect(play.output).toEqual({ a: 1, 'a#2': 2 })
})

test('after a branch, which sends one line only, the join lets it straight through', () => {
  const play = new Play(
    flow('f')
      .node('start', 'test.event')
      .node('branch', 'test.echo')
      .node('yes', 'test.echo')
      .node('no', 'test.echo')
      .node('join', 'test.join')
      .wire('start', 'branch')
      .wire('branch.true', 'yes')
      .wire('branch.false', 'no')
      .wire('yes', 'join')
      .wire('no', 'join')
      .build(),
  )
  play.start()
  play.complete('branch', null, 'true')
  play.complete('yes', 1)
  expect(play.run).toMatchObject({ status: 'succeeded', output: { yes: 1 } })
})

test('joins that wait for each other in a ring do not wait for ever: the oldest goes first', () => {
  const play = new Play(
    flow('f')
      .node('start', 'test.event')
      .node('one', 'test.join')
      .node('two', 'test.join')
      .node('between', 'test.echo')
      .wire('start', 'one', 'two')
      .wire('one', 'two')
      .wire('two', 'between')
      .wire('between.again', 'one')
      .build(),
  )
  play.start(0)
  expect(play.run?.endedAt === null ? play.places() : ['ended']).toEqual(['between:ready'])
})

test('a loop that forks and leaves its side line behind piles up no scopes', () => {
  const play = new Play(
    flow('f')
      .node('start', 'test.event')
      .node('turn', 'test.act')
      .node('side', 'test.act')
      .wire('start', 'turn')
      .wire('turn', 'side', 'turn')
      .build(),
  )
  play.start()
  for (let turn = 0; turn < 200; turn++) {
    play.complete('turn')
    play.complete('side')
  }
  expect(Object.keys(play.run?.scopes ?? {}).length).toBe(2)
})

/** A line may come round to the fork while the others of its round still wait at the join. */
function rounds(config: Record<string, unknown> = {}): Play {
  const play = new Play(
    flow('f')
      .node('start', 'test.event')
      .node('fork', 'test.echo')
      .node('a', 'test.act')
      .node('b', 'test.act')
      .node('join', 'test.join', config)
      .node('after', 'test.act')
      .node('late', 'test.act')
      .wire('start', 'fork')
      .wire('fork', 'a', 'b')
      .wire('a', 'join')
      .wire('b', 'join')
      .wire('b.again', 'fork')
      .wire('join', 'after')
      .wire('join.timeout', 'late')
      .wire('after.again', 'fork')
      .build(),
  )
  play.start()
  play.complete('fork')
  return play
}

test('lines of a later round that wait at the same join count as lines that may still come', () => {
  const play = rounds({ cancelRest: true })
  play.complete('a', 'first')
  play.complete('b', 'round', 'again')
  play.complete('fork')
  play.complete('a', 'second')
  play.complete('b', 'second')
  expect(play.places()).toEqual(['join:waiting', 'after:ready'])
  expect(play.token('after').input).toEqual({ a: 'second', b: 'second' })
  play.complete('after')
  expect(play.places()).toEqual(['after:ready'])
  expect(play.token('after').input).toEqual({ a: 'first' })
})

test('each round has a time limit of its own at the join, and only its own lines leave by it', () => {
  const play = rounds({ timeout: 'PT5S' })
  play.complete('b', 'round', 'again')
  play.complete('fork')
  const inner = Object.values(play.run?.tokens ?? {}).filter(({ node }) => node === 'a')[1]
  play.ask({ kind: 'node.complete', token: inner?.id ?? '', attempt: 1, port: 'out', data: 'second', why: null })
  play.now += 1_000
  play.complete('a', 'first')
  play.now += 4_000
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.token('late').input).toEqual({ a: 'second' })
  expect(play.places()).toEqual(['b:ready', 'join:waiting', 'late:ready'])
  play.now += 1_000
  play.ask({ kind: 'timer.fire', timerId: 'm2' })
  expect(play.places()).toEqual(['b:ready', 'late:ready', 'late:ready'])
})
