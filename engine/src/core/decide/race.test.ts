import { expect, test } from 'vitest'
import { flow, Play } from '../../testing/index.ts'

const drawn = () =>
  flow('f')
    .node('start', 'test.event')
    .node('race', 'test.race')
    .node('paid', 'test.echo')
    .node('asked', 'test.echo')
    .node('sent', 'test.act')
    .node('after', 'test.echo')
    .wire('start', 'race')
    .wire('race', 'paid', 'asked', 'sent')
    .wire('paid', 'after')
    .wire('asked.approve', 'after')
    .wire('sent', 'after')

function racing(): Play {
  const play = new Play(drawn().build())
  play.start()
  play.complete('race')
  play.ask({
    kind: 'node.wait',
    token: play.token('paid').id,
    attempt: 1,
    wait: { kind: 'event', type: 'paid', key: 'k', timeoutAt: 9_000 },
    why: null,
  })
  play.ask({
    kind: 'node.wait',
    token: play.token('asked').id,
    attempt: 1,
    wait: { kind: 'task', taskId: 'k1', actions: ['approve'], dueAt: null },
    why: null,
  })
  return play
}

test('the first of several waits wins; the others end with their timers, tasks and outside acts', () => {
  const play = racing()
  play.ask({ kind: 'task.answer', taskId: 'k1', action: 'approve', data: 'yes', by: 'u-1' })
  expect(play.kinds()).toEqual(['task.answered', 'race.won', 'token.cancelled', 'token.cancelled', 'node.completed'])
  expect(play.effects()).toEqual(['task.close', 'timer.clear', 'event.ignore', 'node.abandon', 'node.run'])
  expect(play.places()).toEqual(['after:ready'])
  expect(play.token('after').input).toBe('yes')
})

test('a timer may win too, and what loses is late', () => {
  const play = racing()
  play.now = 9_000
  const sent = play.token('sent').id
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.decision).toMatchObject({
    entries: [{}, { kind: 'race.won', node: 'race', by: 'paid' }, {}, {}, { port: 'timeout' }, { kind: 'run.succeeded' }],
  })
  expect(play.ask({ kind: 'node.complete', token: sent, attempt: 1, port: 'out', data: 1, why: null })).toMatchObject({
    code: expect.stringContaining('SLU_RUN_ENDED'),
  })
})

test('once it is won, the winner may fork and go on without losing anything', () => {
  const play = new Play(drawn().node('more', 'test.echo').wire('sent', 'more').build())
  play.start()
  play.complete('race')
  play.complete('sent')
  expect(play.places()).toEqual(['after:ready', 'more:ready'])
  play.complete('after')
  expect(play.kinds()).not.toContain('race.won')
  expect(play.places()).toEqual(['more:ready'])
})

test('a failed line stands for a person while the others may still win', () => {
  const play = racing()
  play.fail('sent')
  expect(play.places()).toContain('sent:incident')
  play.complete('paid')
  expect(play.places()).toEqual(['after:ready'])
})
