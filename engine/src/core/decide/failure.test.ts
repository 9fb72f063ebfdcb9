import { expect, test } from 'vitest'
import { flow, Play } from '../../testing/index.ts'
import { retryDelay } from './failure.ts'

const retry = { attempts: 3, backoff: 'exponential', delayMs: 100, maxDelayMs: 150, jitter: false } as const
const start = () => flow('f').node('start', 'test.event')

test('a failed step is tried again after its delay, as the same token with the next attempt', () => {
  const play = new Play(start().node('a', 'test.act', {}, { retry }).wire('start', 'a').build())
  play.start()
  expect(play.fail('a')).toMatchObject({
    entries: [
      { kind: 'node.failed', attempt: 1 },
      { kind: 'node.retry-scheduled', attempt: 2, timerId: 'm1', dueAt: 1_100 },
    ],
    effects: [{ kind: 'timer.set', timerId: 'm1', token: 't1', dueAt: 1_100 }],
  })
  expect(play.run?.status).toBe('waiting')
  play.now = 1_100
  expect(play.ask({ kind: 'timer.fire', timerId: 'm1' })).toMatchObject({
    entries: [{ kind: 'timer.fired' }, { kind: 'node.retried', attempt: 2 }],
    effects: [{ kind: 'node.run', token: 't1', attempt: 2 }],
  })
  play.fail('a')
  expect(play.run?.tokens.t1?.wait).toMatchObject({ kind: 'retry', dueAt: 1_250 })
})

test('when the attempts are used up, or a retry cannot help, a person is asked', () => {
  const play = new Play(
    start()
      .node('a', 'test.act', {}, { retry: { ...retry, attempts: 1 } })
      .wire('start', 'a')
      .build(),
  )
  play.start()
  play.fail('a')
  expect(play.kinds()).toEqual(['node.failed', 'incident.raised'])
  expect(play.run).toMatchObject({ status: 'incident', endedAt: null })
  const terminal = new Play(start().node('a', 'test.act', {}, { retry }).wire('start', 'a').build())
  terminal.start()
  terminal.fail('a', true)
  expect(terminal.run?.status).toBe('incident')
})

test('a wired error port leads the line out with what went wrong', () => {
  const play = new Play(start().node('a', 'test.act').node('mend', 'test.echo').wire('start', 'a').wire('a.error', 'mend').build())
  play.start()
  play.fail('a')
  expect(play.kinds()).toEqual(['node.failed', 'node.completed'])
  expect(play.token('mend').input).toEqual({ code: 'SLU_TEST', message: 'no', node: 'a', attempt: 1 })
})

test('an unsafe effect is never retried by itself, and what only a person can tell never leaves by the error port', () => {
  const play = new Play(
    start().node('a', 'test.act-once', {}, { retry }).node('b', 'test.echo').wire('start', 'a').wire('a.error', 'b').build(),
  )
  play.start()
  const error = { code: 'SLU_EFFECT_UNCERTAIN', message: 'unknown', terminal: false, person: true }
  play.ask({ kind: 'node.fail', token: 't1', attempt: 1, error })
  expect(play.places()).toEqual(['a:incident'])
})

test('with onError fail the run ends, and every other line with it', () => {
  const play = new Play(start().node('a', 'test.act').node('b', 'test.act').wire('start', 'a', 'b').settings({ onError: 'fail' }).build())
  play.start()
  play.fail('a')
  expect(play.kinds()).toEqual(['node.failed', 'token.cancelled', 'token.cancelled', 'run.failed'])
  expect(play.run).toMatchObject({ status: 'failed', error: { code: 'SLU_TEST', node: 'a' } })
})

test('an operator puts incidents back to work; without one there is nothing to retry', () => {
  const play = new Play(start().node('a', 'test.act').wire('start', 'a').build())
  play.start()
  expect(play.ask({ kind: 'run.retry', by: 'u' })).toMatchObject({ code: 'SLU_RUN_NO_INCIDENT' })
  play.fail('a')
  expect(play.ask({ kind: 'run.retry', by: 'u' })).toMatchObject({
    entries: [{ kind: 'node.retried', attempt: 2 }],
    effects: [{ kind: 'node.run', token: 't1', attempt: 2 }],
  })
  expect(play.run?.tokens.t1).toMatchObject({ state: 'ready', error: null })
})

test('delays double up to their cap, and jitter takes at most half away, the same on every host', () => {
  const delays = [1, 2, 3, 4].map((attempt) => retryDelay({ ...retry, maxDelayMs: 500 }, 'r', 't1', attempt))
  expect(delays).toEqual([100, 200, 400, 500])
  expect(retryDelay({ ...retry, backoff: 'fixed' }, 'r', 't1', 9)).toBe(100)
  const jittered = Array.from({ length: 500 }, (_, index) =>
    retryDelay({ ...retry, delayMs: 1_000, maxDelayMs: 1_000, jitter: true }, 'r', `t${index}`, 1),
  )
  expect(Math.min(...jittered)).toBeGreaterThanOrEqual(500)
  expect(Math.max(...jittered)).toBeLessThanOrEqual(1_000)
  expect(new Set(jittered).size).toBeGreaterThan(200)
  expect(retryDelay({ ...retry, jitter: true }, 'r', 't1', 1)).toBe(retryDelay({ ...retry, jitter: true }, 'r', 't1', 1))
})

test('what was worded here is recorded in both languages, up to the run that called; what was said outside stays as it was said', () => {
  const text = { en: 'no stock', 'zh-CN': '没有库存' }
  const build = () => start().node('a', 'test.act').settings({ onError: 'fail' }).wire('start', 'a').build()
  const worded = new Play(build())
  worded.start()
  worded.ask({ kind: 'node.fail', token: 't1', attempt: 1, error: { code: 'SLU_TEST', message: text.en, text, terminal: true } })
  expect(worded.run?.error).toEqual({ code: 'SLU_TEST', message: 'no stock', text, node: 'a' })
  const outside = new Play(build())
  outside.start()
  outside.fail('a')
  expect(outside.run?.error).toEqual({ code: 'SLU_TEST', message: 'no', node: 'a' })
})

test('limits say in both languages what they met', () => {
  const play = new Play(start().node('a', 'test.act', {}, { timeoutMs: 50 }).wire('start', 'a').build())
  play.start()
  play.now = 1_050
  const timerId = play.run?.tokens.t1?.limit?.timerId ?? ''
  play.ask({ kind: 'timer.fire', timerId })
  expect(play.run?.tokens.t1?.error?.text).toEqual({
    en: 'the step took longer than its limit of 50 ms',
    'zh-CN': '步骤用时超过 50 毫秒的时限',
  })
})
