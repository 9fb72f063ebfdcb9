import { describe, expect, test } from 'vitest'
import { flow, Play } from '../../testing/index.ts'

const line = (key = 'k') =>
  flow('f')
    .node('start', 'test.event')
    .node('lock', 'test.lock', { key })
    .node('a', 'test.act')
    .node('unlock', 'test.unlock')
    .node('b', 'test.act')
    .node('late', 'test.act')
    .wire('start', 'lock')
    .wire('lock', 'a')
    .wire('lock.timeout', 'late')
    .wire('a', 'unlock')
    .wire('unlock', 'b')

function waiting(definition = line().build(), timeoutAt: number | null = null): Play {
  const play = new Play(definition)
  play.start('in')
  queue(play, 'lock', 'k', timeoutAt)
  return play
}

function queue(play: Play, node: string, key: string, timeoutAt: number | null = null) {
  const { id: token, attempt } = play.token(node)
  return play.ask({ kind: 'node.wait', token, attempt, wait: { kind: 'lock', key, limit: 1, timeoutAt }, why: null })
}

const grant = (play: Play, node = 'lock') => play.ask({ kind: 'lock.grant', token: play.token(node).id })
const effects = (play: Play) => (play.decision?.accepted === true ? play.decision.effects : [])

describe('a lock', () => {
  test('is asked for by the waiting line, which goes on when it is granted, with what it carried', () => {
    const play = waiting()
    expect(effects(play)).toEqual([{ kind: 'lock.request', token: 't1', key: 'k', limit: 1, under: [] }])
    grant(play)
    expect(play.kinds()).toEqual(['lock.taken'])
    expect(play.token('a')).toMatchObject({ input: 'in', scope: 's1' })
    expect(play.run?.locks).toEqual({ s1: { node: 'lock', token: 't1', key: 'k' } })
  })

  test('is granted once: a second grant comes too late', () => {
    const play = waiting()
    const { id: token } = play.token('lock')
    grant(play)
    expect(play.ask({ kind: 'lock.grant', token })).toMatchObject({ accepted: false, code: 'SLU_LOCK_LATE' })
  })

  test('is free again when the line unlocks, and the line goes on outside', () => {
    const play = waiting()
    grant(play)
    play.complete('a')
    play.complete('unlock', 'done')
    expect(play.kinds()).toEqual(['lock.left', 'lock.freed'])
    expect(effects(play)).toContainEqual({ kind: 'lock.free', token: 't1' })
    expect(play.token('b')).toMatchObject({ input: 'done', scope: 's0' })
    expect(play.run).not.toHaveProperty('locks')
    expect(Object.keys(play.run?.scopes ?? {})).toEqual(['s0'])
  })

  test.each([
    ['ends', (play: Play) => play.complete('a', null, 'nowhere')],
    ['is cancelled with its run', (play: Play) => play.ask({ kind: 'run.cancel', reason: 'x', by: null })],
  ])('is free again when the line that holds it %s', (_, end) => {
    const play = waiting()
    grant(play)
    end(play)
    expect(effects(play)).toContainEqual({ kind: 'lock.free', token: 't1' })
    expect(play.run?.locks).toBeUndefined()
  })

  test('is kept by a line that stands in an incident: what it guards may be half done', () => {
    const play = waiting()
    grant(play)
    play.fail('a', true)
    expect([play.run?.status, play.run?.locks?.s1?.key]).toEqual(['incident', 'k'])
  })

  test('waits as long as its time limit, then the line goes on by timeout and gives its place back', () => {
    const play = waiting(line().build(), 5_000)
    play.now = 5_000
    play.ask({ kind: 'timer.fire', timerId: 'm1' })
    expect(play.decision).toMatchObject({ accepted: true })
    expect(effects(play)).toContainEqual({ kind: 'lock.free', token: 't1' })
    expect(play.token('late')).toMatchObject({ input: 'in' })
  })

  test('that cannot come fails the step', () => {
    const play = waiting()
    play.ask({ kind: 'lock.refuse', token: 't1', error: { code: 'SLU_LOCK_DEADLOCK', message: 'x', terminal: true } })
    expect(play.kinds()).toEqual(['node.failed', 'incident.raised'])
    expect(effects(play)).toContainEqual({ kind: 'lock.free', token: 't1' })
  })

  test('is not waited for by the line that holds it', () => {
    const nested = line().node('again', 'test.lock', { key: 'k' }).node('c', 'test.act').wire('a.more', 'again').wire('again', 'c').build()
    const play = waiting(nested)
    grant(play)
    play.complete('a', null, 'more')
    queue(play, 'again', 'k')
    expect(play.kinds()).toEqual(['node.completed'])
    expect(play.places()).toEqual(['c:ready'])
  })

  test('says which locks it keeps while it queues for another', () => {
    const nested = line().node('other', 'test.lock').wire('a.more', 'other').build()
    const play = waiting(nested)
    grant(play)
    play.complete('a', null, 'more')
    queue(play, 'other', 'k2')
    expect(effects(play)).toMatchObject([{ kind: 'lock.request', key: 'k2', under: ['t1'] }])
  })

  test('of several lines is free when the last of them has left it', () => {
    const forked = flow('f')
      .node('start', 'test.event')
      .node('lock', 'test.lock')
      .node('a', 'test.act')
      .node('b', 'test.act')
      .node('unlock', 'test.unlock')
      .node('end', 'test.act')
      .wire('start', 'lock')
      .wire('lock', 'a', 'b')
      .wire('a', 'unlock')
      .wire('b', 'unlock')
      .wire('unlock', 'end')
      .build()
    const play = waiting(forked)
    grant(play)
    play.complete('a')
    play.complete('unlock')
    expect(play.run?.locks).toBeDefined()
    play.complete('b')
    play.complete('unlock')
    expect(play.run?.locks).toBeUndefined()
    expect(play.places()).toEqual(['end:ready', 'end:ready'])
  })

  test('around a fork is still held behind the join of that fork', () => {
    const joined = flow('f')
      .node('start', 'test.event')
      .node('lock', 'test.lock')
      .node('a', 'test.act')
      .node('b', 'test.act')
      .node('join', 'test.join')
      .node('c', 'test.act')
      .node('unlock', 'test.unlock')
      .wire('start', 'lock')
      .wire('lock', 'a', 'b')
      .wire('a', 'join')
      .wire('b', 'join')
      .wire('join', 'c')
      .wire('c', 'unlock')
      .build()
    const play = waiting(joined)
    grant(play)
    play.complete('a')
    play.complete('b')
    expect(play.places()).toEqual(['c:ready'])
    expect(play.run?.locks).toBeDefined()
    play.complete('c')
    play.complete('unlock')
    expect(play.run?.status).toBe('succeeded')
    expect(effects(play)).toContainEqual({ kind: 'lock.free', token: 't1' })
  })
})

test('an unlock that no lock comes before is passed like any other step', () => {
  const play = new Play(flow('f').node('start', 'test.event').node('unlock', 'test.unlock').wire('start', 'unlock').build())
  play.start()
  play.complete('unlock')
  expect(play.kinds()).toEqual(['node.completed', 'run.succeeded'])
})
