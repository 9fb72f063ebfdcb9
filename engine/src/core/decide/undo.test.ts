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

/** start → book → pay → last in a group; `side` waits beside it and then comes in as well. */
const twice = (options: { cancel?: boolean; timeout?: string } = {}): FlowBuilder =>
  drawn()
    .node('side', 'test.act')
    .node('mend', 'test.act')
    .node('after', 'test.act')
    .group('trip', ['book', 'pay', 'last'], { undo: true, ...options })
    .wire('start', 'side')
    .wire('side', 'book')
    .wire('last', 'after')

/** The first line failed at `last`; the other one comes in while its steps are being undone. */
function whileUndoing(builder: FlowBuilder): Play {
  const play = before(builder)
  play.fail('last', true)
  play.complete('side', 'seat 2')
  expect(play.places().slice(-3)).toEqual(['last:waiting', 'unpay:ready', 'book:ready'])
  return play
}

test('a limit that rings while a group undoes ends the line that came in since, and both lines go on', () => {
  const play = whileUndoing(twice({ timeout: 'PT5S' }).wire('trip.error', 'mend').wire('trip.timeout', 'after'))
  expect(play.run?.regions?.trip).toMatchObject({ timerId: 'm2', dueAt: 6_000 })
  play.now = 6_000
  play.ask({ kind: 'timer.fire', timerId: 'm2' })
  expect(play.places()).toEqual(['last:waiting', 'unpay:ready', 'book:waiting'])
  play.complete('unpay')
  play.complete('unbook')
  expect(play.kinds()).toEqual(['node.completed', 'undo.step-done', 'undo.ended', 'region.ended', 'region.ended'])
  expect(play.places()).toEqual(['mend:ready', 'after:ready'])
  expect(play.token('mend').input).toMatchObject({ code: 'SLU_TEST', node: 'last' })
  expect(play.token('after').input).toMatchObject({ code: 'SLU_GROUP_TIMEOUT', node: 'trip' })
  expect(play.run).not.toHaveProperty('undoing')
})

test('a group that ends again while it undoes undoes what was done since first, nothing twice, and both lines go on', () => {
  const play = whileUndoing(twice().wire('trip.error', 'mend'))
  play.complete('book', 'seat 2')
  play.complete('pay', 'receipt 2')
  play.fail('last', true)
  expect(play.places()).toEqual(['last:waiting', 'unpay:ready', 'last:waiting'])
  play.complete('unpay')
  expect(play.token('unpay').input).toEqual({ input: 'seat 2', output: 'receipt 2' })
  for (const node of ['unpay', 'unbook', 'unbook']) play.complete(node)
  expect(undone(play)).toEqual(['pay', 'pay', 'book', 'book'])
  expect(new Set(play.run?.undone?.map(({ token }) => token)).size).toBe(4)
  expect(play.places()).toEqual(['mend:ready', 'mend:ready'])
})

test('of a group whose first line out ends the rest, a line that waits for its undoing is out already', () => {
  const play = whileUndoing(twice({ cancel: true }).wire('trip.error', 'mend'))
  for (const node of ['book', 'pay', 'last']) play.complete(node)
  expect(play.places()).toEqual(['last:waiting', 'unpay:ready', 'after:ready'])
  play.complete('unpay')
  play.complete('unbook')
  expect(play.places()).toEqual(['after:ready', 'mend:ready'])
})

test('a group cancelled twice while it undoes lets both lines go on', () => {
  const cut = twice().node('cut', 'test.act').wire('start', 'cut').wire('cut', 'trip.cancel').wire('trip.cancelled', 'mend')
  const play = before(cut.node('cut2', 'test.act').wire('start', 'cut2').wire('cut2', 'trip.cancel'))
  play.complete('cut', 'first')
  play.complete('side')
  play.complete('book')
  play.complete('cut2', 'second')
  expect(play.places()).toEqual(['trip:waiting', 'unpay:ready', 'trip:waiting'])
  for (const node of ['unpay', 'unbook', 'unbook']) play.complete(node)
  expect(Object.values(play.run?.tokens ?? {}).map(({ node, input }) => [node, input])).toEqual([
    ['mend', 'first'],
    ['mend', 'second'],
  ])
})

test('when the run fails while a group undoes for two lines, all of it is the run’s', () => {
  const play = whileUndoing(twice().node('boom', 'test.act').wire('start', 'boom').wire('trip.error', 'mend'))
  play.complete('book', 'seat 2')
  play.fail('pay', true)
  play.fail('boom', true)
  for (const node of ['unpay', 'unbook', 'unbook']) play.complete(node)
  expect(play.run).toMatchObject({ status: 'failed', error: { node: 'boom' } })
  expect(undone(play)).toEqual(['pay', 'book', 'book'])
})

test('the limit of a group around one that undoes runs on, and hits a line that moves before one that waits', () => {
  const around = (): FlowBuilder =>
    twice().wire('trip.error', 'mend').group('outer', ['book', 'pay', 'last', 'mend'], { timeout: 'PT5S' }).wire('outer.timeout', 'after')
  const play = before(around())
  play.now = 4_000
  play.fail('last', true)
  expect(play.run?.regions?.outer).toMatchObject({ timerId: 'm1', dueAt: 6_000 })
  play.complete('unpay')
  play.complete('unbook')
  expect(play.places()).toEqual(['side:ready', 'mend:ready'])
  play.now = 6_000
  play.ask({ kind: 'timer.fire', timerId: 'm1' })
  expect(play.places()).toEqual(['side:ready', 'after:ready'])
  const other = before(around())
  other.fail('last', true)
  other.complete('side')
  other.now = 6_000
  other.ask({ kind: 'timer.fire', timerId: 'm1' })
  // The one that waited ends with the outer group; what is half undone is finished.
  expect(other.places()).toEqual(['unpay:ready', 'after:ready'])
  expect(other.decision).toMatchObject({
    entries: expect.arrayContaining([expect.objectContaining({ kind: 'token.cancelled', node: 'last' })]),
  })
  other.complete('unpay')
  other.complete('unbook')
  expect(other.places()).toEqual(['after:ready'])
})

test('a limit without a line for it leaves alone who waits for the undoing, and fails who came in since', () => {
  const cut = twice({ timeout: 'PT5S' })
    .node('cut', 'test.act')
    .wire('start', 'cut')
    .wire('cut', 'trip.cancel')
    .wire('trip.cancelled', 'mend')
  const play = before(cut.settings({ onError: 'incident' }))
  play.complete('cut')
  play.complete('side')
  play.now = 6_000
  play.ask({ kind: 'timer.fire', timerId: 'm2' })
  expect(play.places()).toEqual(['trip:waiting', 'unpay:ready', 'book:incident'])
  play.complete('unpay')
  play.complete('unbook')
  expect(play.places()).toEqual(['book:incident', 'mend:ready'])
})

test('the limit of who came in while a group undid runs on when the line that waited goes on', () => {
  const play = whileUndoing(twice({ timeout: 'PT5S' }).wire('trip.error', 'mend').wire('trip.timeout', 'after'))
  play.now = 3_000
  play.complete('unpay')
  play.complete('unbook')
  expect(play.kinds()).toEqual(['node.completed', 'undo.step-done', 'undo.ended', 'region.ended'])
  expect(play.places()).toEqual(['book:ready', 'mend:ready'])
  expect(play.run?.regions?.trip).toMatchObject({ timerId: 'm2', dueAt: 6_000 })
})
