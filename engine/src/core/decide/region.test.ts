import { expect, test } from 'vitest'
import { type FlowBuilder, flow, Play } from '../../testing/index.ts'
import { advance } from '../index.ts'

/** start → split → (a, b) inside the group; c after a outside of it. */
const drawn = (options: { cancel?: boolean; timeout?: string } = {}): FlowBuilder =>
  flow('f')
    .node('start', 'test.event')
    .node('split', 'test.echo')
    .node('a', 'test.act')
    .node('b', 'test.act')
    .node('c', 'test.echo')
    .node('mend', 'test.echo')
    .group('group', ['split', 'a', 'b'], options)
    .wire('start', 'split')
    .wire('split', 'a', 'b')
    .wire('a', 'c')

function inside(builder: FlowBuilder): Play {
  const play = new Play(builder.build())
  play.start('came in')
  play.complete('split')
  return play
}

test('a failure nobody takes inside cancels the rest of the group and goes on by its error line', () => {
  const play = inside(drawn().wire('group.error', 'mend'))
  play.fail('a')
  expect(play.kinds()).toEqual(['node.failed', 'token.cancelled', 'region.ended'])
  expect(play.effects()).toEqual(['node.abandon', 'node.run'])
  expect(play.places()).toEqual(['mend:ready'])
  expect(play.token('mend')).toMatchObject({
    from: 'group',
    scope: 's0',
    input: { code: 'SLU_TEST', message: 'no', node: 'a', attempt: 1 },
  })
})

test('the error port of a step and its retries come first', () => {
  const play = inside(drawn().wire('group.error', 'mend').wire('a.error', 'c'))
  play.fail('a')
  expect(play.places()).toEqual(['b:ready', 'c:ready'])
})

test('what only a person can tell stays an incident inside the group', () => {
  const play = inside(drawn().wire('group.error', 'mend'))
  const error = { code: 'SLU_EFFECT_UNCERTAIN', message: 'unknown', terminal: true, person: true }
  play.ask({ kind: 'node.fail', token: play.token('a').id, attempt: 1, error })
  expect(play.places()).toEqual(['a:incident', 'b:ready'])
})

test('of groups in groups the inner one takes the failure first', () => {
  const play = inside(drawn().group('outer', ['split', 'a', 'b', 'mend', 'c']).wire('outer.error', 'c').wire('group.error', 'mend'))
  play.fail('b')
  expect(play.places()).toEqual(['mend:ready'])
  play.fail('mend')
  expect(play.places()).toEqual(['c:ready'])
})

test('the line of a wire to the cancel port ends what is inside and goes on by `cancelled`', () => {
  const play = inside(drawn().node('stop', 'test.act').wire('start', 'stop').wire('stop', 'group.cancel').wire('group.cancelled', 'mend'))
  expect(play.places()).toEqual(['stop:ready', 'a:ready', 'b:ready'])
  play.complete('stop', 'enough')
  expect(play.kinds()).toEqual(['node.completed', 'token.cancelled', 'token.cancelled', 'region.ended'])
  expect(play.places()).toEqual(['mend:ready'])
  expect(play.token('mend').input).toBe('enough')
})

test('cancelling a group nothing is in only lets the line go on, or end', () => {
  const play = new Play(drawn().node('stop', 'test.act').wire('start', 'stop').wire('stop', 'group.cancel').build())
  play.start()
  play.ask({ kind: 'node.fail', token: play.token('split').id, attempt: 1, error: { code: 'SLU_TEST', message: 'no', terminal: true } })
  play.complete('stop')
  expect(play.run).toMatchObject({ status: 'succeeded', output: 'stop' })
})

test('with `cancel`, the first line that leaves ends what is still inside', () => {
  const play = inside(drawn({ cancel: true }))
  play.complete('a')
  expect(play.kinds()).toEqual(['node.completed', 'token.cancelled'])
  expect(play.places()).toEqual(['c:ready'])
  const plain = inside(drawn())
  plain.complete('a')
  expect(plain.places()).toEqual(['b:ready', 'c:ready'])
})

test('a line that ends inside has not left', () => {
  const play = inside(drawn({ cancel: true }))
  play.complete('b')
  expect(play.places()).toEqual(['a:ready'])
})

test('the time limit of a group runs from the first line that enters and ends with the last one inside', () => {
  const play = new Play(drawn({ timeout: 'PT5S' }).wire('group.timeout', 'mend').build())
  play.start()
  expect(play.decision).toMatchObject({
    entries: [{ kind: 'run.started' }, { kind: 'region.entered', node: 'group', item: null, timerId: 'm1', dueAt: 6_000 }],
    effects: [{ kind: 'node.run' }, { kind: 'timer.set', timerId: 'm1', token: null, dueAt: 6_000 }],
  })
  play.complete('split')
  play.complete('a')
  expect(play.effects()).not.toContain('timer.clear')
  play.complete('b')
  expect(play.kinds()).toEqual(['node.completed', 'region.left'])
  expect(play.effects()).toEqual(['timer.clear'])
  expect(play.run).not.toHaveProperty('regions')
})

test('a group that takes too long ends and goes on by `timeout`', () => {
  const play = inside(drawn({ timeout: 'PT5S' }).wire('group.timeout', 'mend'))
  play.now = 5_999
  expect(play.ask({ kind: 'timer.fire', timerId: 'm1' })).toMatchObject({ code: 'SLU_TIMER_EARLY' })
  play.now = 6_000
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.kinds()).toEqual(['timer.fired', 'token.cancelled', 'region.ended'])
  expect(play.effects()).toEqual(['node.abandon', 'node.abandon', 'node.run'])
  expect(play.token('mend')).toMatchObject({ scope: 's0', input: { code: 'SLU_GROUP_TIMEOUT', node: 'group' } })
  expect(play.run).not.toHaveProperty('regions')
})

test('without a line for it, a group that takes too long fails like a step: by the error line, or as an incident', () => {
  const error = inside(drawn({ timeout: 'PT5S' }).wire('group.error', 'mend'))
  error.now = 6_000
  error.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(error.token('mend').input).toMatchObject({ code: 'SLU_GROUP_TIMEOUT' })
  const incident = inside(drawn({ timeout: 'PT5S' }))
  incident.now = 6_000
  incident.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(incident.places()).toEqual(['a:incident'])
  expect(incident.run?.tokens.t2?.error?.code).toBe('SLU_GROUP_TIMEOUT')
  incident.ask({ kind: 'run.retry', by: null })
  expect(incident.kinds()).toEqual(['node.retried', 'region.entered'])
})

test('the timer of a group ends with the run', () => {
  const play = inside(drawn({ timeout: 'PT5S' }))
  play.ask({ kind: 'run.cancel', reason: 'enough', by: null })
  expect(play.effects()).toContain('timer.clear')
  expect(play.run).not.toHaveProperty('regions')
})

test('a join behind the group counts its error line as one of the lines it waits for', () => {
  const play = new Play(
    flow('f')
      .node('start', 'test.event')
      .node('fork', 'test.echo')
      .node('a', 'test.act')
      .node('b', 'test.act')
      .node('mend', 'test.act')
      .node('join', 'test.join')
      .node('end', 'test.echo')
      .group('group', ['a'])
      .wire('start', 'fork')
      .wire('fork', 'a', 'b')
      .wire('group.error', 'mend')
      .wire('mend', 'join')
      .wire('b', 'join')
      .wire('join', 'end')
      .build(),
  )
  play.start()
  play.complete('fork')
  play.complete('b')
  expect(play.places()).toEqual(['a:ready', 'join:waiting'])
  play.fail('a')
  expect(play.places()).toEqual(['join:waiting', 'mend:ready'])
  play.complete('mend')
  expect(play.token('end').input).toEqual({ b: 'b', mend: 'mend' })
})

test('within a for-each the limit, the error line and the cancelling of a group are those of one item', () => {
  const play = new Play(
    flow('f')
      .node('start', 'test.event')
      .node('each', 'test.each', { group: 'region' })
      .node('a', 'test.act')
      .node('mend', 'test.act')
      .node('after', 'test.echo')
      .group('region', ['a', 'mend'])
      .group('group', ['a'], { timeout: 'PT5S' })
      .wire('start', 'each')
      .wire('group.error', 'mend')
      .wire('each', 'after')
      .build(),
  )
  play.start()
  const plan = { items: [1, 2], concurrency: 2, reviewed: false, collect: false, stop: false, finish: false }
  play.ask({ kind: 'each.plan', token: 't1', attempt: 1, plan })
  expect(Object.keys(play.run?.regions ?? {})).toEqual(['group@s1', 'group@s2'])
  play.fail('a')
  expect(play.places()).toEqual(['each:waiting', 'a:ready', 'mend:ready'])
  play.complete('mend')
  play.complete('a')
  expect(play.token('after').input).toEqual(['mend', 'a'])
})

/** Both lines are in the group; one waits at the join for the other, and for one outside when `outer`. */
const meeting = (outer: boolean): FlowBuilder =>
  flow('f')
    .node('start', 'test.event')
    .node('fork', 'test.echo')
    .node('a', 'test.act')
    .node('b', 'test.act')
    .node('c', 'test.act')
    .node('join', 'test.join')
    .node('end', 'test.echo')
    .group('group', outer ? ['a', 'join'] : ['fork', 'a', 'b', 'c', 'join'], { timeout: 'PT5S' })
    .wire('start', 'fork')
    .wire('fork', 'a', 'b')
    .wire('a', 'join')
    .wire('b', 'c')
    .wire('c', 'join')
    .wire('join', 'end')

test('a group without a line for its limit fails at a step that can be tried again, not where lines only meet', () => {
  const play = new Play(meeting(false).build())
  play.start()
  for (const node of ['fork', 'a', 'b']) play.complete(node)
  expect(play.places()).toEqual(['join:waiting', 'c:ready'])
  play.now = 6_000
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.places()).toEqual(['c:incident'])
})

test('a line that stood at a join when its group ran out of time waits there again when it is retried, and cannot be skipped', () => {
  const play = new Play(meeting(true).build())
  play.start()
  for (const node of ['fork', 'a']) play.complete(node)
  play.now = 6_000
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.places()).toEqual(['b:ready', 'join:incident'])
  const { id: token, attempt } = play.token('join')
  const skip = { kind: 'node.skip', token, attempt, port: 'out', data: null, reason: 'by hand', by: 'u' } as const
  expect(play.ask(skip)).toMatchObject({ code: 'SLU_SKIP_REFUSED' })
  play.ask({ kind: 'run.retry', by: 'u' })
  expect(play.kinds()).toEqual(['node.retried', 'join.arrived', 'region.entered'])
  expect(play.places()).toEqual(['b:ready', 'join:waiting'])
  play.complete('b')
  play.complete('c')
  expect(play.token('end').input).toEqual({ a: 'a', c: 'c' })
})

test('a run with an incident at a join can be moved to a version that has the same join', () => {
  const play = new Play(meeting(true).build())
  play.start()
  for (const node of ['fork', 'a']) play.complete(node)
  play.now = 6_000
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  const later = new Play(meeting(true).node('more', 'test.echo').wire('end', 'more').build())
  const { run } = advance({ ...later.flow, version: 2 }, play.run, { kind: 'run.move', at: play.now, reason: 'more to do', by: 'u' })
  expect(run).toMatchObject({ version: 2, status: 'running' })
})
