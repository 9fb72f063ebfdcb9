import { expect, test } from 'vitest'
import { flow, Play } from '../../testing/index.ts'
import { fnv1a } from '../fnv.ts'
import { retryDelay } from './failure.ts'

const retry = { attempts: 3, backoff: 'exponential', delayMs: 1_000, maxDelayMs: 3_000, jitter: false } as const
const limited = (options: object) =>
  flow('f')
    .node('start', 'test.event')
    .node('a', 'test.act', {}, { timeoutMs: 5_000, ...options })
    .wire('start', 'a')

/** Rings a timer at its time; gives what is armed afterwards. */
function ring(play: Play, timerId: string, at: number): readonly unknown[] {
  play.now = at
  const decision = play.ask({ kind: 'timer.fire', timerId })
  return decision.accepted
    ? decision.effects.flatMap((effect) => (effect.kind === 'timer.set' ? [[effect.timerId, effect.dueAt]] : []))
    : []
}

test('an act that never answers is tried again at exact instants, each time for its whole limit, until a person is asked', () => {
  const play = new Play(limited({ retry }).build())
  play.start()
  expect(play.token('a').limit).toEqual({ timerId: 'm1', dueAt: 6_000 })
  expect(ring(play, 'm1', 6_000)).toEqual([['m2', 7_000]])
  expect(ring(play, 'm2', 7_000)).toEqual([['m3', 12_000]])
  expect(ring(play, 'm3', 12_000)).toEqual([['m4', 14_000]])
  expect(ring(play, 'm4', 14_000)).toEqual([['m5', 19_000]])
  expect(ring(play, 'm5', 19_000)).toEqual([])
  expect(play.run).toMatchObject({ status: 'incident', tokens: { t1: { attempt: 3, error: { code: 'SLU_NODE_TIMEOUT' } } } })
})

test('a result within the limit takes it off, and a timer that was taken off no longer counts', () => {
  const play = new Play(limited({ retry }).build())
  play.start()
  play.now = 5_999
  play.complete('a')
  expect(play.decision).toMatchObject({ effects: expect.arrayContaining([{ kind: 'timer.clear', timerId: 'm1' }]) })
  expect(new Play(limited({}).build()).ask({ kind: 'timer.fire', timerId: 'm1' })).toMatchObject({ accepted: false })
})

test('the limit of the run rings at its instant, whatever waits for another try then', () => {
  const play = new Play(limited({ retry }).settings({ timeout: 'PT5S', onError: 'fail' }).build())
  play.start()
  expect(play.run?.limit).toEqual({ timerId: 'm1', dueAt: 6_000 })
  play.now = 5_500
  play.fail('a')
  expect(play.token('a').wait).toMatchObject({ kind: 'retry', dueAt: 6_500 })
  ring(play, 'm1', 6_000)
  expect(play.run).toMatchObject({ status: 'failed', endedAt: 6_000, error: { code: 'SLU_RUN_TIMEOUT' } })
})

test.each([
  ['fixed', 1_000, 60_000, [1_000, 1_000, 1_000, 1_000]],
  ['exponential', 1_000, 60_000, [1_000, 2_000, 4_000, 8_000]],
  ['exponential', 1_000, 3_000, [1_000, 2_000, 3_000, 3_000]],
  ['fixed', 5_000, 3_000, [3_000, 3_000, 3_000, 3_000]],
  ['exponential', 0, 3_000, [0, 0, 0, 0]],
] as const)('%s delays from %i up to %i', (backoff, delayMs, maxDelayMs, delays) => {
  const policy = { attempts: 9, backoff, delayMs, maxDelayMs, jitter: false }
  expect(delays.map((_, index) => retryDelay(policy, 'r', 't1', index + 1))).toEqual(delays)
})

test('even the hundredth delay is a number within its bound', () => {
  const policy = { attempts: 100, backoff: 'exponential', delayMs: 86_400_000, maxDelayMs: 604_800_000, jitter: true } as const
  const delay = retryDelay(policy, 'r', 't1', 100)
  expect(delay).toBeGreaterThanOrEqual(302_400_000)
  expect(delay).toBeLessThanOrEqual(604_800_000)
})

test('jitter is the same for ever: journals hang on it', () => {
  const policy = { attempts: 9, backoff: 'fixed', delayMs: 10_000, maxDelayMs: 60_000, jitter: true } as const
  const delays = [1, 2, 3].flatMap((attempt) => ['t1', 't2'].map((token) => retryDelay(policy, '01JRUN', token, attempt)))
  expect(delays).toEqual([8154, 5445, 5350, 8365, 9486, 7667])
  expect([fnv1a(''), fnv1a('a'), fnv1a('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968])
})
