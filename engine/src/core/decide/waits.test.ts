import { expect, test } from 'vitest'
import { flow, Play } from '../../testing/index.ts'
import type { WaitRequest } from '../command.ts'

function waiting(wait: WaitRequest, timeoutMs?: number): Play {
  const play = new Play(
    flow('f')
      .node('start', 'test.event')
      .node('wait', 'test.echo', {}, timeoutMs === undefined ? {} : { timeoutMs })
      .node('next', 'test.echo')
      .wire('start', 'wait')
      .wire('wait', 'next')
      .wire('wait.timeout', 'next')
      .wire('wait.expired', 'next')
      .wire('wait.approve', 'next')
      .build(),
  )
  play.start('came in')
  play.ask({ kind: 'node.wait', token: 't1', attempt: 1, wait, why: null })
  return play
}

test('a timer wait leaves by its port when it is due, not before, and only once', () => {
  const play = waiting({ kind: 'timer', dueAt: 5_000, port: 'out', data: 'rested' })
  expect(play.run).toMatchObject({ status: 'waiting', tokens: { t1: { wait: { kind: 'timer', timerId: 'm1', dueAt: 5_000 } } } })
  expect(play.effects()).toEqual(['timer.set'])
  play.now = 4_999
  expect(play.ask({ kind: 'timer.fire', timerId: 'm1' })).toMatchObject({ code: 'SLU_TIMER_EARLY' })
  play.now = 5_000
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.kinds()).toEqual(['timer.fired', 'node.completed'])
  expect(play.token('next').input).toBe('rested')
  expect(play.ask({ kind: 'timer.fire', timerId: 'm1' })).toMatchObject({ code: 'SLU_TIMER_UNKNOWN' })
})

const event = { id: 'e1', source: 's', type: 'reply', subject: 'c-1', time: '2026-01-01T00:00:00Z', data: { yes: true } }

test('an event wait takes its event, once, and puts its data on the wire', () => {
  const play = waiting({ kind: 'event', type: 'reply', key: 'c-1', timeoutAt: 9_000 })
  expect(play.decision).toMatchObject({
    effects: [
      { kind: 'timer.set', timerId: 'm1' },
      { kind: 'event.await', token: 't1', type: 'reply', key: 'c-1' },
    ],
  })
  expect(play.ask({ kind: 'signal.deliver', token: 't1', event: { ...event, type: 'other' } })).toMatchObject({ code: 'SLU_SIGNAL_OTHER' })
  play.ask({ kind: 'signal.deliver', token: 't1', event })
  expect(play.kinds()).toEqual(['signal.received', 'node.completed'])
  expect(play.effects()).toEqual(['timer.clear', 'event.ignore', 'node.run'])
  expect(play.token('next').input).toEqual({ yes: true })
  expect(play.ask({ kind: 'signal.deliver', token: 't1', event })).toMatchObject({ code: 'SLU_SIGNAL_LATE' })
})

test('an event that does not come in time: the line leaves by timeout with what it had', () => {
  const play = waiting({ kind: 'event', type: 'reply', key: 'c-1', timeoutAt: 9_000 })
  play.now = 9_000
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.effects()).toEqual(['event.ignore', 'node.run'])
  expect(play.token('next')).toMatchObject({ input: 'came in', from: 'wait' })
})

const task = { kind: 'task', taskId: 'k1', actions: ['approve', 'reject'], dueAt: 9_000 } as const
const answer = { kind: 'task.answer', taskId: 'k1', action: 'approve', data: { ok: 1 }, by: 'u-1' } as const

test('a task leaves by the port of the action, with what the person wrote', () => {
  const play = waiting(task)
  expect(play.ask({ ...answer, action: 'maybe' })).toMatchObject({ code: 'SLU_TASK_ACTION_UNKNOWN' })
  play.ask(answer)
  expect(play.kinds()).toEqual(['task.answered', 'node.completed'])
  expect(play.decision).toMatchObject({
    effects: [{ kind: 'timer.clear' }, { kind: 'task.close', taskId: 'k1', reason: 'answered' }, { kind: 'node.run' }],
  })
  expect(play.token('next').input).toEqual({ ok: 1 })
  expect(play.ask(answer)).toMatchObject({ code: 'SLU_TASK_CLOSED' })
})

test('what happens to a task on its way is recorded and moves nothing; afterwards it is refused', () => {
  const play = waiting(task)
  const before = play.run
  play.ask({ kind: 'task.note', taskId: 'k1', act: 'transferred', by: 'u-1', why: { to: 'user:u-2' } })
  expect(play.decision).toMatchObject({ entries: [{ kind: 'task.noted', act: 'transferred', why: { to: 'user:u-2' } }], effects: [] })
  expect(play.run).toEqual({ ...before, seq: (before?.seq ?? 0) + 1 })
  play.ask(answer)
  expect(play.ask({ kind: 'task.note', taskId: 'k1', act: 'reminded', by: null, why: null })).toMatchObject({ code: 'SLU_TASK_CLOSED' })
})

test('a task nobody answers expires', () => {
  const play = waiting(task)
  play.now = 9_000
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.decision).toMatchObject({ effects: [{ kind: 'task.close', reason: 'expired' }, { kind: 'node.run' }] })
})

test('a called run comes back as the output of the step, or as its failure', () => {
  const back = { kind: 'call.return', token: 't1', run: 'child', status: 'succeeded', output: 9 } as const
  const play = waiting({ kind: 'call', run: 'child' })
  expect(play.ask({ ...back, run: 'other' })).toMatchObject({ code: 'SLU_CALL_LATE' })
  play.ask(back)
  expect(play.token('next').input).toBe(9)
  const failed = waiting({ kind: 'call', run: 'child' })
  failed.ask({ ...back, status: 'failed' })
  expect(failed.run?.tokens.t1).toMatchObject({ state: 'incident', error: { code: 'SLU_CALL_FAILED' } })
})

test('a call fails with the code and message of the called run, and says which run that was', () => {
  const back = { kind: 'call.return', token: 't1', run: 'child', output: null } as const
  const failed = waiting({ kind: 'call', run: 'child' })
  failed.ask({ ...back, status: 'failed', error: { code: 'OUT_OF_STOCK', message: 'none left' } })
  expect(failed.run?.tokens.t1).toMatchObject({ state: 'incident', error: { code: 'OUT_OF_STOCK', message: 'none left' } })
  const cancelled = waiting({ kind: 'call', run: 'child' })
  cancelled.ask({ ...back, status: 'cancelled', reason: 'no longer wanted' })
  expect(cancelled.run?.tokens.t1?.error).toMatchObject({
    code: 'SLU_CALL_CANCELLED',
    message: expect.stringContaining('no longer wanted'),
  })
  const play = new Play(
    flow('f')
      .node('start', 'test.event')
      .node('call', 'test.act')
      .node('mend', 'test.act')
      .wire('start', 'call')
      .wire('call.error', 'mend')
      .build(),
  )
  play.start()
  play.ask({ kind: 'node.wait', token: 't1', attempt: 1, wait: { kind: 'call', run: 'child' }, why: null })
  play.ask({ ...back, status: 'failed', error: { code: 'OUT_OF_STOCK', message: 'none left' } })
  expect(play.token('mend').input).toEqual({ code: 'OUT_OF_STOCK', message: 'none left', node: 'call', attempt: 1, run: 'child' })
})

test('a called run that a withdrawal ended leaves no incident: the line ends, and the whole run when it is about the same person', () => {
  const back = { kind: 'call.return', token: 't1', run: 'child', status: 'cancelled', output: null } as const
  const others = waiting({ kind: 'call', run: 'child' })
  others.ask({ ...back, withdrawn: { samePerson: false } })
  expect(others.kinds()).toEqual(['node.failed', 'node.completed', 'run.succeeded'])
  expect(others.decision).toMatchObject({ entries: [{ error: { code: 'SLU_CALL_WITHDRAWN', terminal: true } }, { port: 'error' }, {}] })
  const same = waiting({ kind: 'call', run: 'child' })
  same.ask({ ...back, withdrawn: { samePerson: true } })
  expect(same.kinds()).toEqual(['node.failed', 'token.cancelled', 'run.cancelled'])
  expect(same.run).toMatchObject({ status: 'cancelled' })
  const byHand = waiting({ kind: 'call', run: 'child' })
  byHand.ask(back)
  expect(byHand.run?.tokens.t1).toMatchObject({ state: 'incident', error: { code: 'SLU_CALL_CANCELLED' } })
})

test('the time limit of a step also ends its wait, and everything it armed with it', () => {
  const play = waiting({ kind: 'event', type: 'reply', key: 'c-1', timeoutAt: 90_000 }, 500)
  expect(play.decision).toMatchObject({ entries: [{ kind: 'node.waiting', limit: { timerId: 'm2', dueAt: 1_500 } }] })
  play.now = 1_500
  play.ask({ kind: 'timer.fire', timerId: 'm2' })
  expect(play.kinds()).toEqual(['timer.fired', 'node.failed', 'incident.raised'])
  expect(play.effects()).toEqual(['timer.clear', 'event.ignore'])
  expect(play.run?.tokens.t1?.error).toMatchObject({ code: 'SLU_NODE_TIMEOUT' })
})

test('the time limit of an outside step runs from its start, withdraws what it ordered, and may be retried', () => {
  const retry = { attempts: 2, delayMs: 100 }
  const play = new Play(
    flow('f').node('start', 'test.event').node('a', 'test.act', {}, { timeoutMs: 500, retry }).wire('start', 'a').build(),
  )
  play.start()
  expect(play.decision).toMatchObject({ effects: [{ kind: 'node.run' }, { kind: 'timer.set', timerId: 'm1', dueAt: 1_500 }] })
  play.now = 1_500
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.kinds()).toEqual(['timer.fired', 'node.failed', 'node.retry-scheduled'])
  expect(play.effects()).toEqual(['node.abandon', 'timer.set'])
  play.now = 1_600
  play.ask({ kind: 'timer.fire', timerId: 'm2' })
  expect(play.run?.tokens.t1).toMatchObject({ attempt: 2, limit: { timerId: 'm3', dueAt: 2_100 } })
  play.complete('a')
  expect(play.effects()).toEqual(['timer.clear', 'run.ended'])
})

test('a run that takes longer than its limit fails, with all its lines', () => {
  const play = new Play(
    flow('f').node('start', 'test.event').node('a', 'test.act').wire('start', 'a').settings({ timeout: 'PT5S' }).build(),
  )
  play.start()
  expect(play.decision).toMatchObject({ effects: [{ kind: 'timer.set', timerId: 'm1', token: null, dueAt: 6_000 }, { kind: 'node.run' }] })
  play.now = 6_000
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.kinds()).toEqual(['timer.fired', 'token.cancelled', 'run.failed'])
  expect(play.run?.error?.code).toBe('SLU_RUN_TIMEOUT')
})

test('a step that waits may be completed from outside, for instance by an acknowledgement', () => {
  const play = waiting({ kind: 'timer', dueAt: 5_000, port: 'unacknowledged', data: null })
  play.complete('wait', { by: 'u-1' })
  expect(play.effects()).toEqual(['timer.clear', 'node.run'])
  expect(play.token('next').input).toEqual({ by: 'u-1' })
})

test('cancelling a run closes every kind of wait', () => {
  const waits: readonly [WaitRequest, readonly string[]][] = [
    [{ kind: 'timer', dueAt: 5_000, port: 'out', data: null }, ['timer.clear']],
    [{ kind: 'event', type: 'x', key: 'k', timeoutAt: null }, ['event.ignore']],
    [task, ['timer.clear', 'task.close']],
    [{ kind: 'call', run: 'child' }, ['call.cancel']],
  ]
  for (const [wait, effects] of waits) {
    const play = waiting(wait)
    play.ask({ kind: 'run.cancel', reason: 'no longer wanted', by: 'u-1' })
    expect(play.kinds()).toEqual(['token.cancelled', 'run.cancelled'])
    expect(play.effects()).toEqual([...effects, 'run.ended'])
    expect(play.run).toMatchObject({ status: 'cancelled', tokens: {} })
  }
})
