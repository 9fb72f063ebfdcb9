import { expect, test } from 'vitest'
import { flow, Play } from '../../testing/index.ts'

const line = () => flow('line').node('start', 'test.event').node('a', 'test.echo').node('b', 'test.act').wire('start', 'a').wire('a', 'b')

test('a start leaves the trigger by its one wire and orders the first step', () => {
  expect(new Play(line().build()).start({ n: 1 })).toEqual({
    accepted: true,
    entries: [
      {
        kind: 'run.started',
        version: 1,
        at: 1_000,
        run: 'r',
        flow: 'line',
        flowVersion: 1,
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        node: 'start',
        event: null,
        data: { n: 1 },
        next: [{ id: 't1', node: 'a', port: 'in', edge: 0 }],
        scope: null,
        parent: null,
        limit: null,
      },
    ],
    effects: [{ kind: 'node.run', token: 't1', node: 'a', attempt: 1 }],
  })
})

test('a completed step hands its token on; the last one ends the run with its output', () => {
  const play = new Play(line().build())
  play.start()
  expect(play.complete('a', { x: 1 })).toEqual({
    accepted: true,
    entries: [
      {
        kind: 'node.completed',
        version: 1,
        at: 1_000,
        node: 'a',
        token: 't1',
        port: 'out',
        data: { x: 1 },
        why: null,
        next: [{ id: 't2', node: 'b', port: 'in', edge: 1 }],
        scope: null,
      },
    ],
    effects: [{ kind: 'node.run', token: 't2', node: 'b', attempt: 1 }],
  })
  play.complete('b', 'done')
  expect(play.kinds()).toEqual(['node.completed', 'run.succeeded'])
  expect(play.run).toMatchObject({ status: 'succeeded', output: 'done', outputs: { a: { x: 1 }, b: 'done' }, endedAt: 1_000 })
})

test('a port that nobody wired ends the line, even one named like a member of every object', () => {
  const play = new Play(line().build())
  play.start()
  play.complete('a', 'out of here', 'constructor')
  expect(play.run).toMatchObject({ status: 'succeeded', output: 'out of here' })
})

test('a result that comes twice, for another attempt or after the end is refused with a reason', () => {
  const play = new Play(line().build())
  play.start()
  const command = { kind: 'node.complete', token: 't1', attempt: 1, port: 'out', data: null, why: null } as const
  expect(play.ask({ ...command, attempt: 2 })).toMatchObject({ accepted: false, code: 'SLU_ATTEMPT_LATE' })
  play.ask(command)
  expect(play.ask(command)).toMatchObject({ accepted: false, code: 'SLU_TOKEN_UNKNOWN' })
  play.complete('b')
  expect(play.ask(command)).toMatchObject({ accepted: false, code: 'SLU_RUN_ENDED' })
  expect(play.start()).toMatchObject({ accepted: false, code: 'SLU_RUN_STARTED' })
})

test('a rejected command leaves the run exactly as it was', () => {
  const play = new Play(line().build())
  play.start()
  const before = play.run
  play.ask({ kind: 'timer.fire', timerId: 'm9' })
  expect(play.run).toBe(before)
})

test('a command to a run that never started, and a run on a changed flow, are refused', () => {
  const play = new Play(line().build())
  expect(play.ask({ kind: 'run.retry', by: null })).toMatchObject({ code: 'SLU_RUN_UNKNOWN' })
  expect(play.start(null, 'a')).toMatchObject({ code: 'SLU_TRIGGER_UNKNOWN' })
  play.start()
  if (play.run !== null) play.run = { ...play.run, digest: 'sha256:other' }
  expect(play.ask({ kind: 'run.cancel', reason: 'x', by: null })).toMatchObject({ code: 'SLU_FLOW_DRIFT' })
})

test('an output that is too large or too deep fails the step', () => {
  const play = new Play(line().build())
  play.start()
  play.complete('a', 'x'.repeat(1_048_577))
  expect(play.run?.tokens.t1).toMatchObject({ state: 'incident', error: { code: 'SLU_PAYLOAD_LIMIT' } })
  const deep = new Play(line().build())
  deep.start()
  let nested: unknown = null
  for (let level = 0; level < 300; level++) nested = [nested]
  deep.complete('a', nested as never)
  expect(deep.run?.tokens.t1?.error?.message).toContain('200')
  expect(new Play(line().build()).start('密'.repeat(400_000))).toMatchObject({ code: 'SLU_PAYLOAD_LIMIT' })
})

test('stop ends the run well and takes every other line with it', () => {
  const play = new Play(flow('f').node('start', 'test.event').node('a', 'test.stop').node('b', 'test.act').wire('start', 'a', 'b').build())
  play.start()
  play.ask({ kind: 'run.stop', token: 't1', attempt: 1, output: 7 })
  expect(play.kinds()).toEqual(['node.completed', 'token.cancelled', 'run.succeeded'])
  expect(play.decision).toMatchObject({
    effects: [
      { kind: 'node.abandon', token: 't2', node: 'b', attempt: 1 },
      { kind: 'run.ended', status: 'succeeded', output: 7 },
    ],
  })
})

test('fail ends the run in failure with the code that was drawn', () => {
  const play = new Play(line().build())
  play.start()
  play.ask({ kind: 'run.fail', token: 't1', attempt: 1, error: { code: 'NO_STOCK', message: 'sold out', terminal: true } })
  expect(play.kinds()).toEqual(['node.failed', 'token.cancelled', 'run.failed'])
  expect(play.run).toMatchObject({ status: 'failed', error: { code: 'NO_STOCK', message: 'sold out', node: 'a' }, tokens: {} })
})
