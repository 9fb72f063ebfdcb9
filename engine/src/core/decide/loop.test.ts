import { expect, test } from 'vitest'
import { foldJournal } from '../../replay.ts'
import { flow, Play } from '../../testing/index.ts'
import { digestRun } from '../digest-run.ts'
import type { JournalEntry } from '../entry.ts'
import { runLimits } from '../limits.ts'

const asking = (options: { loopLimit?: number } = {}) =>
  flow('f')
    .node('start', 'test.event')
    .node('ask', 'test.act', {}, options)
    .node('look', 'test.act')
    .wire('start', 'ask')
    .wire('ask', 'look')
    .wire('look.again', 'ask')

/** Once around: the first time it comes in from outside. */
function round(play: Play): void {
  play.complete('ask')
  play.complete('look', 'look', 'again')
}

test('a line that came round too often stands still at the head of its loop, with what it brought', () => {
  const play = new Play(asking({ loopLimit: 2 }).build())
  play.start()
  round(play)
  round(play)
  expect(play.places()).toEqual(['ask:ready'])
  round(play)
  expect(play.kinds()).toEqual(['node.completed', 'incident.raised'])
  expect(play.effects()).toEqual([])
  expect(play.run).toMatchObject({ status: 'incident', rounds: { ask: 3 } })
  expect(play.token('ask')).toMatchObject({
    input: 'look',
    error: { code: 'SLU_LOOP_LIMIT', message: expect.stringContaining('2'), node: 'ask' },
  })
})

test('a person who retries lets it go round once more', () => {
  const play = new Play(asking({ loopLimit: 1 }).build())
  play.start()
  round(play)
  round(play)
  play.ask({ kind: 'run.retry', by: null })
  expect(play.places()).toEqual(['ask:ready'])
  round(play)
  expect(play.places()).toEqual(['ask:incident'])
})

test('a loop whose steps say nothing is bounded all the same, and a flow without loops counts nothing', () => {
  const play = new Play(asking().build())
  play.start()
  expect(play.flow.nodes.ask?.loopLimit).toBe(runLimits.loopRounds)
  expect(play.run).not.toHaveProperty('rounds')
  play.complete('ask')
  expect(play.run).not.toHaveProperty('rounds')
  if (play.run !== null) play.run = { ...play.run, rounds: { ask: runLimits.loopRounds } }
  play.complete('look', 'look', 'again')
  expect(play.run).toMatchObject({ status: 'incident', tokens: { t3: { error: { code: 'SLU_LOOP_LIMIT' } } } })
})

test('the journal says the round, so that a replay with a flow that was compiled otherwise counts the same', () => {
  const play = new Play(asking({ loopLimit: 1 }).build())
  const entries: JournalEntry[] = []
  const keep = () => {
    if (play.decision?.accepted === true) entries.push(...play.decision.entries)
  }
  play.start()
  keep()
  for (const [step, port] of [
    ['ask', 'out'],
    ['look', 'again'],
    ['ask', 'out'],
    ['look', 'again'],
  ] as const) {
    play.complete(step, step, port)
    keep()
  }
  const bare = JSON.parse(JSON.stringify(play.flow, (key, value) => (key === 'back' || key === 'loopLimit' ? undefined : value)))
  const folded = foldJournal(bare, [{ seq: 1, entries }])
  expect(play.run?.status).toBe('incident')
  expect(folded && digestRun(folded)).toBe(play.run && digestRun(play.run))
})

test('lines of one loop are counted together, and each loop within it for itself', () => {
  const nested = asking({ loopLimit: 5 })
    .node('inner', 'test.act', {}, { loopLimit: 2 })
    .wire('look', 'inner')
    .wire('inner.again', 'inner')
    .wire('inner', 'ask')
  const play = new Play(nested.build())
  play.start()
  play.complete('ask')
  play.complete('look')
  play.complete('inner', 'inner', 'again')
  expect(play.run?.rounds).toEqual({ inner: 2 })
  play.complete('inner', 'inner', 'again')
  expect(play.places()).toEqual(['inner:incident'])
})

test('a group around the loop takes it like a failure, and a flow that fails at errors fails', () => {
  const grouped = asking({ loopLimit: 1 }).node('mend', 'test.act').group('g', ['ask', 'look']).wire('g.error', 'mend')
  const play = new Play(grouped.build())
  play.start()
  round(play)
  round(play)
  expect(play.places()).toEqual(['mend:ready'])
  expect(play.token('mend').input).toMatchObject({ code: 'SLU_LOOP_LIMIT', node: 'ask' })
  const failing = new Play(asking({ loopLimit: 1 }).settings({ onError: 'fail' }).build())
  failing.start()
  round(failing)
  round(failing)
  expect(failing.run).toMatchObject({ status: 'failed', error: { code: 'SLU_LOOP_LIMIT', node: 'ask' } })
})

test('each item of a for-each counts its own rounds', () => {
  const drawn = flow('f')
    .node('start', 'test.event')
    .node('each', 'test.each', { group: 'items' })
    .node('first', 'test.act')
    .node('one', 'test.act', {}, { loopLimit: 1 })
    .node('look', 'test.act')
    .group('items', ['first', 'one', 'look'])
    .wire('start', 'each')
    .wire('first', 'one')
    .wire('one', 'look')
    .wire('look.again', 'one')
  const play = new Play(drawn.build())
  play.start([1, 2])
  const plan = { items: [1, 2], concurrency: 2, reviewed: false, collect: true, stop: false, finish: false }
  play.ask({ kind: 'each.plan', token: play.token('each').id, attempt: 1, plan })
  for (const [step, port] of [
    ['first', 'out'],
    ['one', 'out'],
    ['look', 'again'],
  ] as const) {
    play.complete(step, step, port)
    play.complete(step, step, port)
  }
  expect(play.places()).toEqual(['each:waiting', 'one:ready', 'one:ready'])
  expect(play.run).not.toHaveProperty('rounds')
})
