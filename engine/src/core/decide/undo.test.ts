import { expect, test } from 'vitest'
import { type FlowBuilder, flow, Play } from '../../testing/index.ts'
import { applyAll, type JournalEntry } from '../index.ts'

/** start → book → pay → last; book and pay have undo lines. */
const drawn = (onError: 'incident' | 'fail' = 'fail'): FlowBuilder =>
  flow('f')
    .node('start', 'test.event')
    .node('book', 'test.act')
    .node('pay', 'test.act')
    .node('last', 'test.act')
    .node('unbook', 'test.act')
    .node('unpay', 'test.act')
    .wire('start', 'book')
    .wire('book', 'pay')
    .wire('pay', 'last')
    .wire('book.undo', 'unbook')
    .wire('pay.undo', 'unpay')
    .settings({ onError })

function before(builder: FlowBuilder): Play {
  const play = new Play(builder.build())
  play.start('order')
  play.complete('book', 'seat 1')
  play.complete('pay', 'receipt')
  return play
}

const undone = (play: Play): readonly string[] => (play.run?.undone ?? []).map(({ node }) => node)

test('a failure nobody takes undoes completed steps, the last one first, and then the run fails', () => {
  const play = before(drawn())
  play.fail('last', true)
  expect(play.kinds()).toEqual(['node.failed', 'undo.started', 'undo.step-started'])
  expect(play.places()).toEqual(['last:waiting', 'unpay:ready'])
  expect(play.token('unpay').input).toEqual({ input: 'seat 1', output: 'receipt' })
  expect(play.run).toMatchObject({ status: 'running', error: null })
  play.complete('unpay')
  expect(play.kinds()).toEqual(['node.completed', 'undo.step-done', 'undo.step-started'])
  expect(play.token('unbook').input).toEqual({ input: 'order', output: 'seat 1' })
  play.complete('unbook')
  expect(play.kinds()).toEqual(['node.completed', 'undo.step-done', 'undo.ended', 'token.cancelled', 'run.failed'])
  expect(play.run).toMatchObject({ status: 'failed', error: { code: 'SLU_TEST', node: 'last' } })
  expect(undone(play)).toEqual(['pay', 'book'])
  expect(play.run).not.toHaveProperty('undoing')
  expect(play.run).not.toHaveProperty('done')
})

test('a flow that fails by design is undone too, whatever its rule for errors', () => {
  const play = before(drawn('incident'))
  const { id: token } = play.token('last')
  play.ask({ kind: 'run.fail', token, attempt: 1, error: { code: 'NO', message: 'no', terminal: true } })
  expect(play.places()).toEqual(['last:waiting', 'unpay:ready'])
})

test('an incident undoes nothing: a person may still mend it', () => {
  const play = before(drawn('incident'))
  play.fail('last', true)
  expect(play.places()).toEqual(['last:incident'])
})

test('a plain cancel undoes nothing, one with compensation undoes all', () => {
  const plain = before(drawn())
  plain.ask({ kind: 'run.cancel', reason: 'by hand', by: 'u' })
  expect(plain.run?.status).toBe('cancelled')
  expect(plain.run?.undone).toBeUndefined()
  const play = before(drawn())
  play.ask({ kind: 'run.cancel', reason: 'by hand', by: 'u', compensate: true })
  expect(play.effects()).toEqual(['node.abandon', 'node.run'])
  play.complete('unpay')
  play.complete('unbook')
  expect(play.run).toMatchObject({ status: 'cancelled' })
  expect(undone(play)).toEqual(['pay', 'book'])
  expect(play.decision).toMatchObject({ entries: expect.arrayContaining([expect.objectContaining({ kind: 'run.cancelled', by: 'u' })]) })
})

test('with nothing to undo the run ends at once', () => {
  const play = new Play(drawn().build())
  play.start()
  play.ask({ kind: 'run.cancel', reason: 'by hand', by: 'u', compensate: true })
  expect(play.run?.status).toBe('cancelled')
})

test('a run that undoes its steps cannot be cancelled half way', () => {
  const play = before(drawn())
  play.fail('last', true)
  expect(play.ask({ kind: 'run.cancel', reason: 'stop', by: 'u' })).toMatchObject({ accepted: false, code: 'SLU_RUN_UNDOING' })
})

test('an undo that fails is an incident; retried or skipped, the order holds', () => {
  const play = before(drawn())
  play.fail('last', true)
  play.fail('unpay', true)
  expect(play.run?.status).toBe('incident')
  expect(play.places()).toEqual(['last:waiting', 'unpay:incident'])
  play.ask({ kind: 'run.retry', by: 'u' })
  expect(play.places()).toEqual(['last:waiting', 'unpay:ready'])
  play.fail('unpay', true)
  const { id: token, attempt } = play.token('unpay')
  play.ask({ kind: 'node.skip', token, attempt, port: 'out', data: null, reason: 'paid back by hand', by: 'u' })
  expect(play.places()).toEqual(['last:waiting', 'unbook:ready'])
  expect(undone(play)).toEqual(['pay'])
})

test('failing by design inside an undo line is an incident as well, and stopping there ends only that line', () => {
  const play = before(drawn())
  play.fail('last', true)
  play.ask({ kind: 'run.fail', token: play.token('unpay').id, attempt: 1, error: { code: 'NO', message: 'no', terminal: true } })
  expect(play.run?.status).toBe('incident')
  play.ask({ kind: 'run.retry', by: 'u' })
  play.ask({ kind: 'run.stop', token: play.token('unpay').id, attempt: 2, output: null })
  expect(play.places()).toEqual(['last:waiting', 'unbook:ready'])
})

test('steps that failed, were refused or were skipped did nothing that could be undone', () => {
  const play = new Play(drawn().node('mend', 'test.act').wire('book.error', 'mend').build())
  play.start('order')
  play.fail('book', true)
  play.fail('mend', true)
  expect(play.run).toMatchObject({ status: 'failed' })
  const refused = new Play(drawn().build())
  refused.start('order')
  refused.ask({ kind: 'node.complete', token: 't1', attempt: 1, port: 'out', data: null, why: null, acted: false })
  const { id: token } = refused.token('pay')
  refused.ask({ kind: 'node.skip', token, attempt: 1, port: 'out', data: null, reason: 'by hand', by: 'u' })
  refused.fail('last', true)
  expect(refused.run?.status).toBe('failed')
  expect(refused.run?.undone).toBeUndefined()
})

test('undo lines may be several steps, wait, and fork; the next step begins when the last line ended', () => {
  const play = before(drawn().node('note', 'test.act').node('mail', 'test.act').wire('pay.undo', 'note').wire('unpay', 'mail'))
  play.fail('last', true)
  expect(play.places()).toEqual(['last:waiting', 'unpay:ready', 'note:ready'])
  play.complete('note')
  play.complete('unpay')
  expect(play.places()).toEqual(['last:waiting', 'mail:ready'])
  play.complete('mail')
  expect(play.places()).toEqual(['last:waiting', 'unbook:ready'])
})

test('the time limit of the run leads to undoing, and no longer runs then', () => {
  const play = before(drawn().settings({ onError: 'fail', timeout: 'PT1H' }))
  play.now += 3_600_000
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.places()).toEqual(['last:waiting', 'unpay:ready'])
  expect(play.run?.limit).toBeNull()
  play.complete('unpay')
  play.complete('unbook')
  expect(play.run).toMatchObject({ status: 'failed', error: { code: 'SLU_RUN_TIMEOUT' } })
})

test('called runs are told to undo as well when their caller does', () => {
  const play = before(drawn())
  play.ask({ kind: 'node.wait', token: play.token('last').id, attempt: 1, wait: { kind: 'call', run: 'child' }, why: null })
  play.ask({ kind: 'run.cancel', reason: 'by hand', by: null, compensate: true })
  expect(play.decision).toMatchObject({
    effects: expect.arrayContaining([expect.objectContaining({ kind: 'call.cancel', compensate: true })]),
  })
})

test('the other lines of the run end before anything is undone', () => {
  const play = before(drawn().node('side', 'test.act').wire('start', 'side'))
  play.fail('last', true)
  expect(play.kinds()).toEqual(['node.failed', 'token.cancelled', 'undo.started', 'undo.step-started'])
  expect(play.places()).toEqual(['last:waiting', 'unpay:ready'])
})

test('items of a for-each are undone one by one, each with its own item', () => {
  const play = new Play(
    flow('f')
      .node('start', 'test.event')
      .node('each', 'test.each', { group: 'work' })
      .node('act', 'test.act')
      .node('unact', 'test.act')
      .node('last', 'test.act')
      .group('work', ['act', 'unact'])
      .wire('start', 'each')
      .wire('act.undo', 'unact')
      .wire('each', 'last')
      .settings({ onError: 'fail' })
      .build(),
  )
  play.start()
  const plan = { items: ['a', 'b'], concurrency: 2, reviewed: false, collect: false, stop: false, finish: false }
  play.ask({ kind: 'each.plan', token: play.token('each').id, attempt: 1, plan })
  const [first, second] = Object.values(play.run?.tokens ?? {}).filter(({ node }) => node === 'act')
  for (const one of [second, first])
    play.ask({ kind: 'node.complete', token: one?.id ?? '', attempt: 1, port: 'out', data: one?.id ?? '', why: null })
  play.fail('last', true)
  const seen: unknown[] = []
  for (let round = 0; round < 2; round++) {
    const token = play.token('unact')
    seen.push(play.run?.scopes[token.scope]?.item?.value)
    play.complete('unact')
  }
  expect(seen).toEqual(['a', 'b'])
  expect(play.run?.status).toBe('failed')
})

test('lines of one undo meet at a join of their own and go on together', () => {
  const play = before(
    drawn()
      .node('note', 'test.act')
      .node('both', 'test.join')
      .node('mail', 'test.act')
      .wire('pay.undo', 'note')
      .wire('unpay', 'both')
      .wire('note', 'both')
      .wire('both', 'mail'),
  )
  play.fail('last', true)
  play.complete('note')
  play.complete('unpay')
  expect(play.places()).toEqual(['last:waiting', 'mail:ready'])
  play.complete('mail')
  expect(play.places()).toEqual(['last:waiting', 'unbook:ready'])
})

const grouped = (): FlowBuilder =>
  drawn()
    .node('mend', 'test.act')
    .group('trip', ['book', 'pay', 'last'], { undo: true })
    .wire('trip.error', 'mend')
    .wire('mend.undo', 'unmend')
    .node('unmend', 'test.act')

test('a group with undo undoes its own steps before its line goes on', () => {
  const play = before(grouped())
  play.fail('last', true)
  expect(play.places()).toEqual(['last:waiting', 'unpay:ready'])
  play.complete('unpay')
  play.complete('unbook')
  expect(play.kinds()).toEqual(['node.completed', 'undo.step-done', 'undo.ended', 'region.ended'])
  expect(play.places()).toEqual(['mend:ready'])
  expect(play.token('mend').input).toMatchObject({ code: 'SLU_TEST', node: 'last' })
  play.fail('mend', true)
  expect(play.run).toMatchObject({ status: 'failed', undone: [{ node: 'pay' }, { node: 'book' }] })
})

test('when the run ends while a group is undoing, what is left is undone by the run, and nothing twice', () => {
  const play = before(
    grouped().node('side', 'test.act').node('more', 'test.act').wire('start', 'side').wire('side.undo', 'more').wire('side', 'mend'),
  )
  play.complete('side')
  play.fail('last', true)
  expect(play.places()).toEqual(['last:waiting', 'mend:ready', 'unpay:ready'])
  play.fail('mend', true)
  expect(play.places()).toEqual(['mend:waiting', 'unpay:ready'])
  play.complete('unpay')
  expect(play.places()).toEqual(['mend:waiting', 'more:ready'])
  play.complete('more')
  play.complete('unbook')
  expect(play.run).toMatchObject({ status: 'failed' })
  expect(undone(play)).toEqual(['pay', 'side', 'book'])
})

test('the journal of an undone run folds to the same state', () => {
  const definition = grouped().build()
  const play = new Play(definition)
  const entries: JournalEntry[] = []
  const keep = () => play.decision?.accepted === true && entries.push(...play.decision.entries)
  play.start('order')
  keep()
  for (const node of ['book', 'pay']) {
    play.complete(node)
    keep()
  }
  play.fail('last', true)
  keep()
  for (const node of ['unpay', 'unbook']) {
    play.complete(node)
    keep()
  }
  expect(applyAll(play.flow, null, entries)).toEqual(play.run)
})

test('a run with more to undo than it may keep fails, and all of it is undone', () => {
  const play = new Play(
    flow('f')
      .node('start', 'test.event')
      .node('book', 'test.act')
      .node('unbook', 'test.act')
      .wire('start', 'book')
      .wire('book', 'book')
      .wire('book.undo', 'unbook')
      .build(),
  )
  play.start()
  for (let round = 0; round < 2_001; round++) play.complete('book', round)
  expect(play.places()).toEqual(['unbook:ready'])
  for (let round = 0; round < 2_001; round++) play.complete('unbook')
  expect(play.run).toMatchObject({ status: 'failed', error: { code: 'SLU_RUN_UNDO_LIMIT' } })
  expect(undone(play)).toHaveLength(2_001)
})
