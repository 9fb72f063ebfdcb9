import type { Json } from '@sluice/flows'
import { expect, test } from 'vitest'
import { digestRun, foldJournal } from '../replay.ts'
import { type Bench, bench, flow, startedBy } from '../testing/index.ts'
import type { EngineReply, RerunPreview } from './index.ts'
import type { MovePreview } from './operate.ts'
import { lettersTable } from './operate-tables.ts'

const send = flow('send')
  .node('start', 'test.event')
  .node('shape', 'test.echo')
  .node('mail', 'test.act')
  .node('note', 'test.act')
  .node('end', 'test.echo')
  .wire('start', 'shape')
  .wire('shape', 'mail')
  .wire('mail', 'note')
  .wire('note', 'end')
  .build()

function given<Result>(reply: EngineReply): Result {
  if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`)
  return reply.result as Result
}

function output(data: Json) {
  return { kind: 'output', port: 'out', data } as const
}

/** What is stored is what the journal says, also across a move or a fork. */
function expectFolds(world: Bench, run: string): void {
  const state = world.run(run)
  const compiled = world.store.flows.get(state.flow, state.version)
  const folded = compiled === null ? null : foldJournal(compiled, world.store.journal.read(run))
  expect(folded && digestRun(folded)).toBe(digestRun(state))
}

function sent(): { readonly world: Bench; readonly run: string; readonly keys: readonly string[] } {
  const world = bench({ flows: [send] })
  const [run = ''] = startedBy(world.send('test', { n: 1 }, { subject: 'c-1' }))
  const keys: string[] = []
  for (const data of ['mailed', 'noted']) {
    keys.push(world.acts[0]?.idempotencyKey ?? '')
    world.answer(output(data))
  }
  expect(world.run(run).status).toBe('succeeded')
  return { world, run, keys }
}

test('taking a run up again first says which effects would repeat, and writes nothing', () => {
  const { world, run } = sent()
  const before = world.store.runIds().length
  const preview = given<RerunPreview>(world.command('engine.run.preview-rerun', { run, node: 'shape' }))
  expect(preview).toMatchObject({ cancels: false, aloneAt: [] })
  expect(preview.effects.map(({ node, effect, done, failed }) => ({ node, effect, done, failed }))).toEqual([
    { node: 'mail', effect: 'idempotent', done: 1, failed: 0 },
    { node: 'note', effect: 'idempotent', done: 1, failed: 0 },
  ])
  expect(world.store.runIds()).toHaveLength(before)
})

test('a confirmed effect acts again under a fresh key; one that was not confirmed hands on what it gave', () => {
  const { world, run, keys } = sent()
  const { shown } = given<RerunPreview>(world.command('engine.run.preview-rerun', { run, node: 'shape' }))
  const again = given<{ run: string }>(world.command('engine.run.rerun', { run, node: 'shape', shown, repeat: ['note'] }))
  expect(world.run(again.run)).toMatchObject({ forkedFrom: { run, node: 'shape' }, outputs: { start: { n: 1 }, mail: 'mailed' } })
  expect(world.acts.map(({ node }) => node)).toEqual(['note'])
  expect(keys).not.toContain(world.acts[0]?.idempotencyKey)
  expectFolds(world, again.run)
  world.answer(output('noted twice'))
  expect(world.run(again.run)).toMatchObject({ status: 'succeeded', output: 'noted twice' })
  expect(world.kinds(run).at(-1)).toBe('run.succeeded')
})

test('a confirmation counts once, and only for what was shown', () => {
  const { world, run } = sent()
  const { shown } = given<RerunPreview>(world.command('engine.run.preview-rerun', { run, node: 'mail' }))
  expect(world.command('engine.run.rerun', { run, node: 'note', shown, repeat: [] })).toMatchObject({
    ok: false,
    code: 'SLU_RERUN_CHANGED',
  })
  expect(world.command('engine.run.rerun', { run, node: 'mail', shown, repeat: ['nobody'] })).toMatchObject({ code: 'SLU_RERUN_NODE' })
  given(world.command('engine.run.rerun', { run, node: 'mail', shown, repeat: [] }))
  expect(world.command('engine.run.rerun', { run, node: 'mail', shown, repeat: [] })).toMatchObject({ code: 'SLU_RERUN_CHANGED' })
})

test('what acted several times, or failed, acts again only when it is named: no one outcome stands for all', () => {
  const loop = flow('loop')
    .node('start', 'test.event')
    .node('mail', 'test.act')
    .node('more', 'test.port', { port: '{% input = "again" ? "again" : "done" %}' })
    .wire('start', 'mail')
    .wire('mail', 'more')
    .wire('more.again', 'mail')
    .build()
  const world = bench({ flows: [loop] })
  const [run = ''] = startedBy(world.send('test'))
  for (const data of ['again', 'enough']) world.answer(output(data))
  const preview = given<RerunPreview>(world.command('engine.run.preview-rerun', { run, node: 'start' }))
  expect(preview.effects).toMatchObject([{ node: 'mail', done: 2, outcome: null }])
  const order = { run, node: 'start', shown: preview.shown, repeat: [] as string[] }
  expect(world.command('engine.run.rerun', order)).toMatchObject({ ok: false, code: 'SLU_RERUN_UNCONFIRMED', status: 422 })
  given(world.command('engine.run.rerun', { ...order, repeat: ['mail'] }))
  expect(world.acts).toHaveLength(1)
})

test('a living run is cancelled before it is taken up again, so that nothing happens twice at once', () => {
  const world = bench({ flows: [send] })
  const [run = ''] = startedBy(world.send('test', { n: 1 }))
  const preview = given<RerunPreview>(world.command('engine.run.preview-rerun', { run, node: 'start' }))
  expect(preview).toMatchObject({
    cancels: true,
    effects: [
      { node: 'mail', done: 0 },
      { node: 'note', done: 0 },
    ],
  })
  const again = given<{ run: string; cancelled: boolean }>(
    world.command('engine.run.rerun', { run, node: 'start', shown: preview.shown, repeat: [] }),
  )
  expect(again.cancelled).toBe(true)
  expect(world.run(run).status).toBe('cancelled')
  expect(world.acts.map((act) => act.run)).toEqual([run, again.run])
  expectFolds(world, again.run)
})

test('a run that another one waits for is not taken up behind its back', () => {
  const child = flow('child').node('start', 'core.manual').node('act', 'test.act').wire('start', 'act').build()
  const parent = flow('parent').node('start', 'test.event').node('call', 'test.call', { flow: 'child' }).wire('start', 'call').build()
  const world = bench({ flows: [child, parent] })
  world.send('test')
  const called = world.store.runIds().find((id) => world.run(id).flow === 'child') ?? ''
  const { shown } = given<RerunPreview>(world.command('engine.run.preview-rerun', { run: called, node: 'act' }))
  expect(world.command('engine.run.rerun', { run: called, node: 'act', shown, repeat: [] })).toMatchObject({ code: 'SLU_RERUN_CALLED' })
  expect(world.run(called).status).not.toBe('cancelled')
})

test('a run cannot be taken up at a join or where it never was, and is told which joins would meet one line alone', () => {
  const forked = flow('forked')
    .node('start', 'test.event')
    .node('a', 'test.echo')
    .node('b', 'test.echo')
    .node('join', 'test.join')
    .node('never', 'test.echo')
    .wire('start', 'a', 'b')
    .wire('a', 'join')
    .wire('b', 'join')
    .wire('a.other', 'never')
    .build()
  const world = bench({ flows: [forked] })
  const [run = ''] = startedBy(world.send('test', 1))
  for (const node of ['join', 'never', 'gone'])
    expect(world.command('engine.run.preview-rerun', { run, node })).toMatchObject({ ok: false, code: 'SLU_RERUN_NODE' })
  const preview = given<RerunPreview>(world.command('engine.run.preview-rerun', { run, node: 'a' }))
  expect(preview.aloneAt).toEqual(['join'])
  const again = given<{ run: string }>(world.command('engine.run.rerun', { run, node: 'a', shown: preview.shown, repeat: [] }))
  expect(world.run(again.run).status).toBe('succeeded')
  expectFolds(world, again.run)
})

test('a stuck step is skipped with a stated output, which the journal keeps with who and why', () => {
  const stuck = flow('stuck')
    .node('start', 'test.event')
    .node('bad', 'test.fail', { terminal: true })
    .node('end', 'test.echo')
    .wire('start', 'bad')
    .wire('bad', 'end')
    .build()
  const world = bench({ flows: [stuck] })
  const [run = ''] = startedBy(world.send('test'))
  expect(world.run(run).status).toBe('incident')
  const skip = { run, token: 't1', port: 'out', data: { stated: true }, reason: 'known fault' }
  expect(world.command('engine.run.skip', { ...skip, port: 'nowhere' })).toMatchObject({ ok: false, code: 'SLU_SKIP_PORT', status: 422 })
  given(world.command('engine.run.skip', skip))
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: { stated: true } })
  const entries = world.store.journal.read(run).flatMap((row) => row.entries)
  expect(entries.find(({ kind }) => kind === 'node.skipped')).toMatchObject({ node: 'bad', reason: 'known fault', by: 'u-test' })
  expectFolds(world, run)
  expect(world.command('engine.run.skip', skip)).toMatchObject({ ok: false, code: 'SLU_TOKEN_UNKNOWN' })
})

const booked = flow('booked')
  .node('start', 'test.event')
  .node('book', 'test.act')
  .node('pay', 'test.act')
  .node('cancel', 'test.act')
  .wire('start', 'book')
  .wire('book', 'pay')
  .wire('book.undo', 'cancel')
  .settings({ onError: 'fail' })
  .build()

const refused = { kind: 'failure', error: { code: 'SLU_TEST', message: 'no', terminal: true } } as const

test('what was undone does not stand any more: taking the run up again does it anew, and has to name it', () => {
  const world = bench({ flows: [booked] })
  const [run = ''] = startedBy(world.send('test'))
  world.answer(output('booked'))
  world.answer(refused)
  world.answer(output('cancelled'))
  expect(world.run(run)).toMatchObject({ status: 'failed', undone: [{ node: 'book' }] })
  const preview = given<RerunPreview>(world.command('engine.run.preview-rerun', { run, node: 'start' }))
  expect(preview.effects).toMatchObject([
    { node: 'book', done: 1, outcome: null },
    { node: 'pay', done: 0, failed: 1 },
  ])
  const order = { run, node: 'start', shown: preview.shown }
  expect(world.command('engine.run.rerun', { ...order, repeat: ['pay'] })).toMatchObject({ code: 'SLU_RERUN_UNCONFIRMED' })
  const again = given<{ run: string }>(world.command('engine.run.rerun', { ...order, repeat: ['book', 'pay'] }))
  world.answer(output('booked again'))
  world.answer(refused)
  expect(world.acts.map(({ node }) => node)).toEqual(['cancel'])
  world.answer(output('cancelled again'))
  expect(world.run(again.run).undone).toMatchObject([{ node: 'book' }])
  expectFolds(world, again.run)
})

test('a step that only undoes another one is no place to begin at, and no port a skipped step leaves by', () => {
  const world = bench({ flows: [booked] })
  const [run = ''] = startedBy(world.send('test'))
  const skip = { run, token: 't1', data: null, reason: 'by hand' }
  expect(world.command('engine.run.skip', { ...skip, port: 'undo' })).toMatchObject({ ok: false, code: 'SLU_SKIP_PORT' })
  world.answer(output('booked'))
  world.answer(refused)
  world.answer(output('cancelled'))
  expect(world.command('engine.run.preview-rerun', { run, node: 'cancel' })).toMatchObject({ ok: false, code: 'SLU_RERUN_NODE' })
})

test('a run is taken up again at a for-each, which runs all its items', () => {
  const items = flow('items')
    .node('start', 'test.event')
    .node('each', 'test.each', { group: 'work', items: [1, 2] })
    .node('one', 'test.echo')
    .group('work', ['one'])
    .wire('start', 'each')
    .build()
  const world = bench({ flows: [items] })
  const [run = ''] = startedBy(world.send('test'))
  expect(world.command('engine.run.preview-rerun', { run, node: 'one' })).toMatchObject({ ok: false, code: 'SLU_RERUN_NODE' })
  const { shown } = given<RerunPreview>(world.command('engine.run.preview-rerun', { run, node: 'each' }))
  const again = given<{ run: string }>(world.command('engine.run.rerun', { run, node: 'each', shown, repeat: [] }))
  expect(world.run(again.run)).toMatchObject({ status: 'succeeded', output: [1, 2] })
  expectFolds(world, again.run)
})

test('what a skipped step had ordered and has not left is withdrawn, and a late answer is refused', () => {
  const world = bench({ flows: [send] })
  const [run = ''] = startedBy(world.send('test'))
  given(world.command('engine.run.skip', { run, token: 't2', port: 'out', data: 'by hand', reason: 'sent by hand' }))
  expect(world.run(run).outputs.mail).toBe('by hand')
  expect(world.answer(output('late'))).toMatchObject({ ok: false, code: 'SLU_EFFECT_LATE' })
})

test('nobody can skip a decision that a person has to make', () => {
  const asks = flow('asks').node('start', 'test.event').node('ask', 'test.task').node('end', 'test.echo').wire('start', 'ask')
  const world = bench({ flows: [asks.wire('ask.approve', 'end').build()] })
  const [run = ''] = startedBy(world.send('test'))
  const skip = { run, token: 't1', port: 'approve', data: null, reason: 'in a hurry' }
  expect(world.command('engine.run.skip', skip)).toMatchObject({ ok: false, code: 'SLU_SKIP_REFUSED' })
})

const waiting = (value: string, more = false) => {
  const drawn = flow('w')
    .node('start', 'test.event')
    .node('wait', 'test.wait-event', { type: 'go', key: 'k', match: '{% event.data %}' })
    .node('end', 'test.echo', { value })
  if (more) drawn.node('extra', 'test.echo', { value: 'extra' })
  return (more ? drawn.wire('wait', 'extra').wire('extra', 'end') : drawn.wire('wait', 'end')).wire('start', 'wait').build()
}

test('a run is moved to another version only when shown what changes, and goes on there from where it stands', () => {
  const world = bench({ flows: [waiting('old')] })
  const [run = ''] = startedBy(world.send('test'))
  world.publish(waiting('new', true), 2)
  expect(world.run(run).version).toBe(1)
  const preview = given<MovePreview>(world.command('engine.run.preview-move', { run, version: 2 }))
  expect(preview).toMatchObject({ obstacles: [], changes: [{ node: 'wait', where: 'here', what: 'wires' }], from: 1, to: 2 })
  const act = { run, version: 2, reason: 'mended' }
  expect(world.command('engine.run.move', { ...act, shown: 'sha256:other' })).toMatchObject({ code: 'SLU_MOVE_CHANGED' })
  given(world.command('engine.run.move', { ...act, shown: preview.shown }))
  expect(world.run(run)).toMatchObject({ version: 2, status: 'waiting' })
  expectFolds(world, run)
  world.restart()
  world.send('go', 'k')
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: 'new' })
  expect(world.run(run).outputs).toHaveProperty('extra')
  expect(world.kinds(run)).toContain('run.moved')
})

test('a run that has no place in the other version stays where it is, and is told why', () => {
  const world = bench({ flows: [waiting('old'), send] })
  const [run = ''] = startedBy(world.send('test')).filter((id) => world.run(id).flow === 'w')
  world.publish(flow('w').node('start', 'test.event').node('wait', 'test.echo').wire('start', 'wait').build(), 2)
  world.publish(flow('w').node('start', 'test.event').node('other', 'test.echo').wire('start', 'other').build(), 3)
  const kinds = (version: number) =>
    given<MovePreview>(world.command('engine.run.preview-move', { run, version })).obstacles.map(({ kind }) => kind)
  expect([kinds(1), kinds(2), kinds(3)]).toEqual([['same-version'], ['step-other'], ['step-missing']])
  const { shown } = given<MovePreview>(world.command('engine.run.preview-move', { run, version: 3 }))
  expect(world.command('engine.run.move', { run, version: 3, shown, reason: '' })).toMatchObject({ ok: false, code: 'SLU_MOVE_REFUSED' })
  expect(world.run(run).version).toBe(1)
})

test('a run that comes to a step whose pack is gone stands still by name, and can be skipped on, moved beforehand or cancelled', () => {
  const gone = (type: string) =>
    flow('w')
      .node('start', 'test.event')
      .node('wait', 'test.wait-event', { type: 'go', key: 'k', match: '{% event.data %}' })
      .node('later', type)
      .node('end', 'test.echo')
      .wire('start', 'wait')
      .wire('wait', 'later')
      .wire('later', 'end')
      .build()
  const world = bench({ flows: [gone('gone.step')] })
  const [moved = ''] = startedBy(world.send('test'))
  const [skipped = ''] = startedBy(world.send('test'))
  const [cancelled = ''] = startedBy(world.send('test'))
  world.publish(gone('test.echo'), 2)
  const { shown, obstacles } = given<MovePreview>(world.command('engine.run.preview-move', { run: moved, version: 2 }))
  expect(obstacles).toEqual([])
  given(world.command('engine.run.move', { run: moved, version: 2, shown, reason: 'its pack is gone' }))
  world.restart()
  world.send('go', 'k')
  expect(world.run(moved)).toMatchObject({ status: 'succeeded', output: 'k' })
  const token = Object.values(world.run(skipped).tokens)[0]
  expect(token).toMatchObject({ node: 'later', state: 'incident', input: 'k', error: { code: 'SLU_NODE_UNKNOWN' } })
  given(world.command('engine.run.retry', { run: skipped }))
  const again = Object.values(world.run(skipped).tokens)[0]
  expect(again).toMatchObject({ state: 'incident', input: 'k', error: { code: 'SLU_NODE_UNKNOWN' } })
  given(world.command('engine.run.skip', { run: skipped, token: again?.id, port: 'out', data: 'by hand', reason: 'its pack is gone' }))
  expect(world.run(skipped)).toMatchObject({ status: 'succeeded', output: 'by hand' })
  given(world.command('engine.run.cancel', { run: cancelled }))
  expect(world.run(cancelled).status).toBe('cancelled')
  for (const run of [moved, skipped, cancelled]) expectFolds(world, run)
})

test('a run whose step acts outside just now is not moved under it', () => {
  const world = bench({ flows: [send] })
  const [run = ''] = startedBy(world.send('test'))
  world.publish({ ...send, settings: { timeout: 'P1D' } }, 2)
  const preview = given<MovePreview>(world.command('engine.run.preview-move', { run, version: 2 }))
  expect(preview.obstacles).toEqual([{ kind: 'acting', node: 'mail' }])
})

test('a paused flow finishes the step it is at and begins no other; events wait as runs until it goes on', () => {
  const world = bench({ flows: [send] })
  const [run = ''] = startedBy(world.send('test', 1))
  given(world.command('engine.flow.pause', { flow: 'send', mode: 'hold', reason: 'mail is down' }))
  world.answer(output('mailed'))
  expect(world.run(run)).toMatchObject({ status: 'running', outputs: { mail: 'mailed' } })
  const [later = ''] = startedBy(world.send('test', 2))
  expect(world.acts).toHaveLength(0)
  expect(world.command('engine.run.start', { flow: 'send', trigger: 'start' })).toMatchObject({ ok: false, code: 'SLU_FLOW_PAUSED' })
  world.restart()
  expect(world.acts).toHaveLength(0)
  expect(given(world.command('engine.flow.resume', { flow: 'send' }))).toEqual({ resumed: true, held: 2 })
  world.advance(0)
  expect(world.acts.map((act) => [act.run, act.node])).toEqual([
    [run, 'note'],
    [later, 'mail'],
  ])
})

test('events of a flow that refuses while paused are kept and can be delivered again, once', () => {
  const world = bench({ flows: [send] })
  given(world.command('engine.flow.pause', { flow: 'send', mode: 'refuse', reason: '' }))
  expect(startedBy(world.send('test', 7, { subject: 'c-1' }))).toEqual([])
  const [letter] = world.store.records.list(lettersTable)
  expect(letter).toMatchObject({ reason: 'paused', flow: 'send', state: 'open', subject: 'c-1' })
  expect(world.command('engine.letter.redeliver', { id: letter?.id })).toMatchObject({ ok: false, code: 'SLU_FLOW_PAUSED' })
  world.command('engine.flow.resume', { flow: 'send' })
  const [run = ''] = startedBy(world.command('engine.letter.redeliver', { id: letter?.id }))
  expect(world.run(run).event).toMatchObject({ data: 7, subject: 'c-1' })
  expect(world.command('engine.letter.redeliver', { id: letter?.id })).toMatchObject({ ok: false, code: 'SLU_LETTER_CLOSED' })
})

test('an event that nobody listens to is kept, one that woke a step is not, and a person’s vanish with them', () => {
  const world = bench({ flows: [waiting('x')] })
  startedBy(world.send('test'))
  world.send('go', 'k')
  expect(world.store.records.count(lettersTable)).toBe(0)
  world.send('unheard', { name: 'Li Lei' }, { subject: 'c-9' })
  const [letter] = world.store.records.list(lettersTable)
  expect(letter).toMatchObject({ reason: 'nobody', type: 'unheard', content: { data: { name: 'Li Lei' } } })
  expect(world.command('engine.letter.redeliver', { id: letter?.id })).toMatchObject({ ok: false, code: 'SLU_LETTER_UNWANTED' })
  given(world.command('engine.letter.dismiss', { id: letter?.id }))
  const forgetting = bench({ commands: { forget: ({ runs }) => runs.forget({ subjects: ['c-9'], flows: [] }) } })
  forgetting.send('unheard', 1, { subject: 'c-9' })
  forgetting.send('unheard', 1, { subject: 'c-8' })
  forgetting.command('forget', null)
  expect(forgetting.store.records.list(lettersTable).map(({ subject }) => subject)).toEqual(['c-8'])
})
