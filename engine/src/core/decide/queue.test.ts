import { expect, test } from 'vitest'
import { flow, Play } from '../../testing/index.ts'

function queued(until: number | null): Play {
  const play = new Play(flow('f').node('start', 'test.event').node('work', 'test.echo').wire('start', 'work').build())
  play.ask({
    kind: 'run.start',
    run: 'r1',
    trigger: 'start',
    event: null,
    data: 'came in',
    parent: null,
    gate: { until, lock: { key: 'turn', limit: 1 } },
  })
  return play
}

test('a start that is put off waits until the later moment, then for its turn; the journal says who took its place', () => {
  const play = queued(5_000)
  play.ask({ kind: 'start.put-off', until: 9_000, by: 'urgent' })
  expect(play.effects()).toEqual(['timer.clear', 'timer.set'])
  expect(play.decision).toMatchObject({ entries: [{ kind: 'node.waiting', wait: { dueAt: 9_000 }, why: { gaveWayTo: 'urgent' } }] })
  play.now = 5_000
  expect(play.ask({ kind: 'timer.fire', timerId: 'm1' })).toMatchObject({ code: 'SLU_TIMER_UNKNOWN' })
  play.now = 9_000
  play.ask({ kind: 'timer.fire', timerId: 'm2' })
  expect(play.token('start').wait).toMatchObject({ kind: 'lock', key: 'turn' })
})

test('a start that waits for its turn, or has begun, is not put off', () => {
  const late = { code: 'SLU_TIMER_UNKNOWN' }
  const play = queued(null)
  expect(play.ask({ kind: 'start.put-off', until: 9_000, by: 'urgent' })).toMatchObject(late)
  play.ask({ kind: 'lock.grant', token: 't1' })
  expect(play.ask({ kind: 'start.put-off', until: 9_000, by: 'urgent' })).toMatchObject(late)
})

test('a run keeps its turn to its end: an unlock step without a lock of its own gives nothing back', () => {
  const drawn = flow('f').node('start', 'test.event').node('unlock', 'test.unlock').node('work', 'test.act')
  const play = new Play(drawn.wire('start', 'unlock').wire('unlock', 'work').build())
  const gate = { until: null, lock: { key: 'turn', limit: 1 } }
  play.ask({ kind: 'run.start', run: 'r1', trigger: 'start', event: null, data: null, parent: null, gate })
  play.ask({ kind: 'lock.grant', token: 't1' })
  play.complete('unlock')
  expect([play.kinds(), play.effects()]).toEqual([['node.completed'], ['node.run']])
  play.complete('work')
  expect(play.effects()).toContain('lock.free')
})
