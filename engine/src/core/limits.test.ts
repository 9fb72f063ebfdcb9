import { expect, test } from 'vitest'
import { flow, Play } from '../testing/index.ts'
import { runLimits } from './limits.ts'

test('a loop that never ends stops at the limit of steps, named in the error', () => {
  const play = new Play(flow('f').node('start', 'test.event').node('a', 'test.echo').wire('start', 'a').wire('a', 'a').build())
  play.start()
  if (play.run !== null) play.run = { ...play.run, next: { ...play.run.next, token: runLimits.stepsMax } }
  play.complete('a')
  expect(play.run?.status).toBe('running')
  play.complete('a')
  expect(play.run).toMatchObject({ status: 'failed', error: { code: 'SLU_RUN_STEPS_LIMIT', message: expect.stringContaining('100000') } })
})

test('a fork that would make too many lines fails the run instead', () => {
  const wide = flow('f').node('start', 'test.event')
  const targets = Array.from({ length: runLimits.tokensMax + 1 }, (_, index) => `n${index}`)
  for (const id of targets) wide.node(id, 'test.act')
  const play = new Play(wide.wire('start', ...targets).build())
  play.start()
  expect(play.run).toMatchObject({ status: 'failed', error: { code: 'SLU_RUN_TOKENS_LIMIT' } })
})

test('forks that nest without end stop at their limit', () => {
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
  for (let turn = 0; turn <= runLimits.scopeDepthMax && play.run?.endedAt === null; turn++) play.complete('turn')
  expect(['SLU_RUN_SCOPES_LIMIT', 'SLU_RUN_TOKENS_LIMIT']).toContain(play.run?.error?.code)
})

test('joins wired in a ring fail the run instead of wrapping their outputs for ever', () => {
  const ring = flow('f').node('start', 'test.event').node('one', 'test.join').node('two', 'test.join')
  const play = new Play(ring.wire('start', 'one').wire('one', 'two').wire('two', 'one').build())
  play.start()
  expect(play.run).toMatchObject({ status: 'failed', error: { code: 'SLU_PAYLOAD_LIMIT' } })
})

test('a fork that would copy its data into a run too large to store fails the run instead', () => {
  const wide = flow('f').node('start', 'test.event').node('a', 'test.act')
  const targets = Array.from({ length: 20 }, (_, index) => `n${index}`)
  for (const id of targets) wide.node(id, 'test.act')
  const play = new Play(
    wide
      .wire('start', 'a')
      .wire('a', ...targets)
      .build(),
  )
  play.start()
  play.complete('a', 'x'.repeat(900_000))
  expect(play.run).toMatchObject({ status: 'failed', error: { code: 'SLU_RUN_STATE_LIMIT', message: expect.stringContaining('8388608') } })
})
