import type { Json } from '@sluice/flows'
import { expect, test } from 'vitest'
import { compilePlainly } from '../testing/builders/compile-plainly.ts'
import { bench, flow, kindsOf, startedBy, type TestNode, testNodes } from '../testing/index.ts'
import type { WriteContext } from './context.ts'
import { engineLimits } from './limits.ts'
import { lettersTable } from './operate-tables.ts'
import { defineTable } from './records.ts'

const four = flow('four')
  .node('start', 'test.event')
  .node('a', 'test.echo')
  .node('b', 'test.echo', { value: '{% input.n + 1 %}' })
  .node('c', 'test.echo')
  .wire('start', 'a')
  .wire('a', 'b')
  .wire('b', 'c')
  .build()

interface Note {
  readonly id: string
  readonly text: string
}
const notes = defineTable<Note>({
  name: 'notes',
  columns: { id: { type: 'text' }, text: { type: 'text' } },
  primaryKey: ['id'],
})

test('a flow of steps inside runs to its end in the commit of its event, as one journal row', () => {
  const world = bench({ flows: [four] })
  const [run = ''] = startedBy(world.send('test', { n: 41 }))
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: 42 })
  expect(world.store.journal.read(run)).toHaveLength(1)
  expect(world.kinds(run)).toEqual(['run.started', 'node.completed', 'node.completed', 'node.completed', 'run.succeeded'])
  expect(world.feed).toMatchObject([{ kind: 'run', run, flow: 'four', status: 'succeeded', seq: 1 }])
})

test('the same event again gives the first answer and starts nothing', () => {
  const world = bench({ flows: [four] })
  const first = world.send('test', { n: 1 }, { id: 'same' })
  const again = world.send('test', { n: 2 }, { id: 'same' })
  expect(first).toMatchObject({ ok: true, result: { repeated: false } })
  expect(again).toMatchObject({ ok: true, result: { repeated: true, runs: startedBy(first).map((run) => ({ flow: 'four', run })) } })
  expect(startedBy(world.send('test', { n: 2 }, { id: 'same', source: 'elsewhere' }))).not.toEqual(startedBy(first))
  expect(world.store.runIds()).toHaveLength(2)
})

test('a flow that says what makes events the same starts once for all of them', () => {
  const twoTriggers = flow('once').node('start', 'test.event').node('other', 'test.event')
  const once = twoTriggers.settings({ dedupe: '{% event.data.order %}' }).build()
  const world = bench({ flows: [once] })
  expect(startedBy(world.send('test', { order: 7 }))).toHaveLength(1)
  expect(startedBy(world.send('test', { order: 7 }))).toHaveLength(0)
  expect(startedBy(world.send('test', { order: 8 }))).toHaveLength(1)
})

test('a request that throws leaves nothing behind; the others of its batch are kept', () => {
  const refuse = (context: WriteContext): never => {
    context.records.insert(notes, { id: 'n', text: 'x' })
    context.emit({ source: 'pack', type: 'test', data: { n: 1 } })
    context.notify('notes', {})
    throw Object.assign(new Error('not today'), { code: 'SLU_NOT_TODAY', status: 422 })
  }
  const world = bench({ flows: [four], commands: { 'notes.refuse': refuse } })
  const actor = { kind: 'user', id: 'u' } as const
  const event = { id: 'e', source: 's', type: 'test', subject: null, time: '2026-01-01T00:00:00Z', data: { n: 1 } }
  const replies = world.execute({ kind: 'command', name: 'notes.refuse', payload: null, actor }, { kind: 'event', event, actor })
  expect(replies).toMatchObject([{ ok: false, code: 'SLU_NOT_TODAY', status: 422 }, { ok: true }])
  expect(world.store.records.count(notes)).toBe(0)
  expect(world.store.runIds()).toHaveLength(1)
  expect(world.feed).toHaveLength(1)
})

test('an event that fails after it wrote leaves nothing behind; the others of its batch are kept and counted once', () => {
  const take = ({ records }: WriteContext, payload: unknown) => {
    const { id, data } = payload as { readonly id: string; readonly data: unknown }
    records.insert(notes, { id, text: 'x' })
    if (data === 'bad') throw Object.assign(new Error('not this one'), { code: 'SLU_NOT_THIS', status: 422 })
  }
  const world = bench({ flows: [four], commands: { 'notes.take': take }, consumers: { test: ['notes.take'] } })
  const actor = { kind: 'user', id: 'u' } as const
  const event = (id: string, data: Json) =>
    ({ kind: 'event', actor, event: { id, source: 's', type: 'test', subject: null, time: '2026-01-01T00:00:00Z', data } }) as const
  const before = world.engine.stats()
  const refused = { ok: false, code: 'SLU_NOT_THIS', status: 422 }
  expect(world.execute(event('a', { n: 1 }), event('b', 'bad'), event('c', { n: 1 }))).toMatchObject([{ ok: true }, refused, { ok: true }])
  expect(world.execute(event('d', 'bad'), event('e', { n: 1 }))).toMatchObject([refused, { ok: true }])
  expect(world.store.records.list(notes).map(({ id }) => id)).toEqual(['a', 'c', 'e'])
  expect(world.store.runIds()).toHaveLength(3)
  expect(world.feed).toHaveLength(3)
  const { requests, refused: refusals, commits, events, runsStarted } = world.engine.stats()
  const counted = { requests: requests - before.requests, commits: commits - before.commits, refusals, events, runsStarted }
  expect(counted).toEqual({ requests: 5, commits: 2, refusals: 2, events: 3, runsStarted: 3 })
})

test('a step that throws takes back what it wrote and what it set off, and becomes an incident', () => {
  const step = ({ records, emit, schedule, newId }: WriteContext): never => {
    records.insert(notes, { id: newId(), text: 'x' })
    emit({ source: 'pack', type: 'test', data: { n: 1 } })
    schedule({ key: 'later', command: 'x', dueAt: 0, payload: null })
    throw new Error('customer Li Lei has no phone')
  }
  const bad = flow('bad').node('start', 'test.event', { type: 'bad' }).node('a', 'test.bad').wire('start', 'a').build()
  const node = { type: 'test.bad', effect: 'internal', config: {}, step } as const
  const world = bench({ flows: [four, bad], nodes: [node] })
  const [run = ''] = startedBy(world.send('bad'))
  expect(world.run(run)).toMatchObject({ status: 'incident', tokens: { t1: { error: { code: 'SLU_NODE_THREW' } } } })
  expect(JSON.stringify(world.store.journal.read(run))).not.toContain('Li Lei')
  expect(world.store.runIds()).toEqual([run])
  expect(world.store.records.count(notes)).toBe(0)
  expect(world.store.allTimers()).toEqual([])
})

test('a refusal thrown by a step is its failure, by code; only those of the server kind are worth a retry', () => {
  const thrown = (status: number) => () => {
    throw Object.assign(new Error('no such customer'), { code: 'SLU_CUSTOMER_UNKNOWN', status })
  }
  const make = (status: number) => {
    const drawn = flow('f')
      .node('start', 'test.event')
      .node('a', 'test.bad', {}, { retry: { attempts: 2 } })
      .wire('start', 'a')
      .build()
    const world = bench({ flows: [drawn], nodes: [{ type: 'test.bad', effect: 'internal', config: {}, step: thrown(status) }] })
    const [run = ''] = startedBy(world.send('test'))
    return world.kinds(run).at(-1)
  }
  expect(make(404)).toBe('incident.raised')
  expect(make(503)).toBe('node.retry-scheduled')
})

test('timers, tasks and retries wake a run that left memory, each in its own journal row', () => {
  const drawn = flow('f')
    .node('start', 'test.event')
    .node('wait', 'test.wait', { ms: 60_000 })
    .node('ask', 'test.task')
    .node('done', 'test.echo')
    .wire('start', 'wait')
    .wire('wait', 'ask')
    .wire('ask.approve', 'done')
    .build()
  const world = bench({
    flows: [drawn],
    commands: {
      'tasks.answer': (context: WriteContext, { run, task }: { run: string; task: string }) =>
        context.runs.answerTask(run, task, 'approve', { fine: true }, 'u-1'),
    },
  })
  const [run = ''] = startedBy(world.send('test'))
  expect(world.run(run).status).toBe('waiting')
  expect(world.engine.nextDueAt()).toBe(1_060_000)
  expect(world.engine.fireDue()).toBe(0)
  world.advance(60_000)
  const token = Object.values(world.run(run).tokens)[0]
  expect(token?.wait?.kind).toBe('task')
  const task = token?.wait?.kind === 'task' ? token.wait.taskId : ''
  expect(world.command('tasks.answer', { run, task })).toMatchObject({ ok: true })
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: { fine: true } })
  expect(world.command('tasks.answer', { run, task })).toMatchObject({ ok: false, status: 409, code: 'SLU_RUN_ENDED' })
  expect(world.store.journal.read(run)).toHaveLength(3)
})

test('the pack that keeps tasks is told when one closes, whatever closed it', () => {
  const drawn = flow('f').node('start', 'test.event').node('ask', 'test.task', { dueMs: 1_000 }).wire('start', 'ask').build()
  const closed: unknown[] = []
  const world = bench({ flows: [drawn], commands: { 'tasks.closed': (_context: WriteContext, payload: unknown) => closed.push(payload) } })
  const [late = ''] = startedBy(world.send('test'))
  world.advance(1_000)
  const [cancelled = ''] = startedBy(world.send('test'))
  world.command('engine.run.cancel', { run: cancelled })
  expect(closed).toMatchObject([{ reason: 'expired' }, { reason: 'cancelled' }])
  expect(world.run(late).status).toBe('succeeded')
})

test('an event wakes exactly the steps that wait for its key, also in the transaction that opened the wait', () => {
  const wait = { type: 'reply', key: '{% event.subject %}', match: '{% event.data.customer %}' }
  const drawn = flow('f').node('start', 'test.event').node('wait', 'test.wait-event', wait).wire('start', 'wait').build()
  const world = bench({ flows: [drawn] })
  const [one = ''] = startedBy(world.send('test', null, { subject: 'c-1' }))
  const [other = ''] = startedBy(world.send('test', null, { subject: 'c-2' }))
  world.send('reply', { customer: 'c-1', text: 'yes' })
  expect(world.run(one)).toMatchObject({ status: 'succeeded', output: { customer: 'c-1', text: 'yes' } })
  expect(world.run(other).status).toBe('waiting')
  expect(world.store.allWaits()).toHaveLength(1)
  world.command('engine.run.cancel', { run: other })
  expect(world.store.allWaits()).toHaveLength(0)
})

test('an event wakes the steps of all flows that wait for it, each by its own match', () => {
  const waiting = (key: string, match: string) => {
    const wait = { type: 'reply', key: '{% event.subject %}', match }
    return flow(key).node('start', 'test.event').node('wait', 'test.wait-event', wait).wire('start', 'wait').build()
  }
  const flows = [waiting('b', '{% event.data.customer %}'), waiting('a-1', '{% event.subject %}'), waiting('a', '{% event.data.none %}')]
  const world = bench({ flows })
  world.send('test', null, { subject: 'c-1' })
  world.send('test', null, { subject: 'c-2' })
  const standing = () => world.store.allWaits().map(({ key }) => key)
  expect(standing()).toHaveLength(6)
  world.send('reply', { customer: 'c-1' }, { subject: 'c-2' })
  expect(standing().sort()).toEqual(['a-1/1/wait/c-1', 'a/1/wait/c-1', 'a/1/wait/c-2', 'b/1/wait/c-2'])
})

test('without match, an event wakes the steps that wait for its subject', () => {
  const drawn = flow('f')
    .node('start', 'test.event')
    .node('wait', 'test.wait-event', { type: 'reply', key: 'a/b/c' })
    .wire('start', 'wait')
    .build()
  const world = bench({ flows: [drawn] })
  const [run = ''] = startedBy(world.send('test'))
  world.send('reply', 1, { subject: 'a/b' })
  expect(world.run(run).status).toBe('waiting')
  world.send('reply', 2, { subject: 'a/b/c' })
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: 2 })
})

test('a called flow returns its output; cancelling the caller cancels it too', () => {
  const child = flow('child').node('start', 'core.manual').node('ask', 'test.task').node('end', 'test.echo', { value: 'answered' })
  const waiting = child.wire('start', 'ask').wire('ask.approve', 'end').build()
  const parent = flow('parent').node('start', 'test.event').node('call', 'test.call', { flow: 'child' }).node('after', 'test.echo')
  const answer = (context: WriteContext, { run, task }: { run: string; task: string }) =>
    context.runs.answerTask(run, task, 'approve', null, 'u-1')
  const world = bench({ flows: [waiting, parent.wire('start', 'call').wire('call', 'after').build()], commands: { answer } })
  const taskOf = (run: string) => {
    const [token] = Object.values(world.run(run).tokens)
    return token?.wait?.kind === 'task' ? token.wait.taskId : ''
  }
  const [run = ''] = startedBy(world.send('test'))
  const called = world.store.runIds().find((id) => id !== run) ?? ''
  expect(world.run(called).parent).toEqual({ run, token: 't1' })
  expect(world.command('answer', { run: called, task: taskOf(called) })).toMatchObject({ ok: true })
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: 'answered' })

  const before = new Set(world.store.runIds())
  const [second = ''] = startedBy(world.send('test'))
  const child2 = world.store.runIds().find((id) => id !== second && !before.has(id)) ?? ''
  world.command('engine.run.cancel', { run: second })
  expect(world.run(child2).status).toBe('cancelled')
})

test('through three flows that call one another a failure goes up to the first error line, and a cancel down to the last act', () => {
  const call = (key: string, next: string) =>
    flow(key).node('start', 'core.manual').node('call', 'test.call', { flow: next }).wire('start', 'call')
  const top = flow('top')
    .node('start', 'test.event')
    .node('call', 'test.call', { flow: 'middle' })
    .node('mend', 'test.echo')
    .wire('start', 'call')
    .wire('call.error', 'mend')
  const bottom = flow('bottom').node('start', 'core.manual').node('act', 'test.act').wire('start', 'act')
  const failing = { onError: 'fail' } as const
  const world = bench({ flows: [bottom.settings(failing).build(), call('middle', 'bottom').settings(failing).build(), top.build()] })
  const statuses = () => world.store.runIds().map((id) => world.run(id).status)
  startedBy(world.send('test'))
  world.restart()
  const [act] = world.store.allOutbox().filter(({ state }) => state === 'begun')
  const error = { code: 'SLU_TEST', message: 'no stock', terminal: true }
  world.execute({ kind: 'effect.result', id: act?.id ?? '', outcome: { kind: 'failure', error } })
  expect(statuses().sort()).toEqual(['failed', 'failed', 'succeeded'])
  const first = world.store.runIds().find((id) => world.run(id).flow === 'top') ?? ''
  expect(world.run(first).output).toMatchObject({ code: 'SLU_TEST', message: 'no stock', node: 'call' })
  const [second = ''] = startedBy(world.send('test'))
  world.command('engine.run.cancel', { run: second })
  expect(statuses().filter((status) => status === 'cancelled')).toHaveLength(3)
  expect(world.store.allOutbox().filter(({ state }) => state === 'queued')).toEqual([])
})

test('a called flow that does not exist fails the step; a call without waiting goes on at once', () => {
  const missing = flow('f').node('start', 'test.event').node('call', 'test.call', { flow: 'nowhere' }).wire('start', 'call').build()
  const world = bench({ flows: [missing] })
  const [run = ''] = startedBy(world.send('test'))
  expect(world.run(run)).toMatchObject({ status: 'incident', tokens: { t1: { error: { code: 'SLU_FLOW_UNKNOWN' } } } })
})

test('flows that start one another without end are stopped by name, and the first run stays whole', () => {
  const ring = flow('ring').node('start', 'test.event').node('again', 'test.emit', { type: 'test' }).wire('start', 'again').build()
  const world = bench({ flows: [ring] })
  const [run = ''] = startedBy(world.send('test'))
  expect(world.run(run).status).toBe('succeeded')
  const states = world.store.runIds().map((id) => world.run(id))
  expect(states).toHaveLength(32)
  expect(states.filter(({ status }) => status === 'incident')).toMatchObject([{ tokens: { t1: { error: { code: 'SLU_CASCADE_LIMIT' } } } }])
})

test('a flow whose step emits the event that starts it is stopped, with an act between its rounds too; a withdrawal is not', () => {
  const ring = flow('ring')
    .node('start', 'test.event')
    .node('day', 'test.wait', { ms: 86_400_000 })
    .node('again', 'test.emit', { type: 'test' })
    .wire('start', 'day')
    .wire('day', 'again')
    .build()
  const world = bench({ flows: [ring] })
  world.send('test')
  world.advance(60 * 86_400_000)
  world.restart()
  world.advance(60 * 86_400_000)
  const runs = world.store.runIds()
  expect(runs).toHaveLength(engineLimits.callDepthMax + 1)
  expect(runs.every((id) => world.run(id).status === 'succeeded')).toBe(true)
  expect(world.store.records.list(lettersTable)).toMatchObject([
    { reason: 'failed', flow: 'ring', trigger: 'start', code: 'SLU_CALL_DEPTH' },
  ])
  expect(world.store.allTimers()).toEqual([])
  const urgent = bench({ flows: [] })
  const compiled = compilePlainly(ring, kindsOf(testNodes))
  const flow_ = { ...compiled, settings: { ...compiled.settings, priority: 'withdrawal' } }
  urgent.command('engine.flow.put', { flow: flow_, activate: true })
  urgent.send('test')
  urgent.advance(120 * 86_400_000)
  expect(urgent.store.runIds()).toHaveLength(121)
})

test('runs that call one another for ever are stopped, with days between them too, and the depth outlives a restart', () => {
  const ring = flow('ring')
    .node('start', 'core.manual')
    .node('day', 'test.wait', { ms: 86_400_000 })
    .node('again', 'test.call', { flow: 'ring' })
    .wire('start', 'day')
    .wire('day', 'again')
    .settings({ onError: 'fail' })
    .build()
  const world = bench({ flows: [ring] })
  const first = world.command('engine.run.start', { flow: 'ring' })
  const { run } = first.ok ? (first.result as { run: string }) : { run: '' }
  world.advance(50 * 86_400_000)
  world.restart()
  world.advance(60 * 86_400_000)
  expect(world.store.runIds()).toHaveLength(engineLimits.callDepthMax + 1)
  expect(world.run(run)).toMatchObject({ status: 'failed', error: { code: 'SLU_CALL_DEPTH' } })
})

test('a caller that is cancelled with compensation ends the run it waits for the same way, after a restart too', () => {
  const caller = flow('caller').node('start', 'test.event').node('call', 'test.call', { flow: 'called' }).wire('start', 'call').build()
  const called = flow('called')
    .node('start', 'core.manual')
    .node('a', 'test.echo')
    .node('wait', 'test.wait-event', { type: 'x', key: 'k' })
    .node('undo', 'test.act')
    .wire('start', 'a')
    .wire('a', 'wait')
    .wire('a.undo', 'undo')
    .build()
  const world = bench({ flows: [caller, called] })
  const [run = ''] = startedBy(world.send('test'))
  const child = world.store.runIds().find((id) => id !== run) ?? ''
  world.restart()
  world.command('engine.run.cancel', { run, compensate: true })
  expect(world.run(run).status).toBe('cancelled')
  expect(world.run(child)).toMatchObject({ status: 'running', undoing: { '': { current: { node: 'a' } } } })
  expect(world.command('engine.run.cancel', { run: child })).toMatchObject({ ok: false, code: 'SLU_RUN_UNDOING' })
  world.restart()
  world.answer()
  expect(world.run(child)).toMatchObject({ status: 'cancelled', undone: [{ node: 'a' }] })
})

test('an act that a gate refused did nothing, and is not undone', () => {
  const sends = flow('sends')
    .node('start', 'test.event')
    .node('send', 'test.act', { purpose: 'p', refusedPort: 'no' })
    .node('unsend', 'test.act')
    .node('fail', 'test.fail-run')
    .wire('start', 'send')
    .wire('send.no', 'fail')
    .wire('send.undo', 'unsend')
    .build()
  const check = () => ({ allowed: false, code: 'SLU_REFUSED', reason: 'no', why: {} }) as const
  const world = bench({ flows: [sends], gates: [{ name: 'never', check }] })
  const [run = ''] = startedBy(world.send('test', null, { subject: 'c-1' }))
  expect(world.run(run).status).toBe('failed')
  expect(world.kinds(run)).not.toContain('undo.started')
})

test('a long stretch gives way to others and goes on in the next turn', () => {
  const loop = flow('loop')
    .node('start', 'test.event')
    .node('count', 'test.echo', { value: '{% input + 1 %}' })
    .node('more', 'test.port', { port: '{% input < 5000 ? "again" : "enough" %}' })
    .wire('start', 'count')
    .wire('count', 'more')
    .wire('more.again', 'count')
    .build()
  const world = bench({ flows: [loop] })
  const [run = ''] = startedBy(world.send('test', 0))
  expect(world.run(run).status).toBe('running')
  world.advance(0)
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: 5_000 })
  expect(world.store.journal.read(run).length).toBeGreaterThan(3)
})

test('a run goes on with the version it started on; a published version never changes', () => {
  const drawn = (text: string) => {
    const made = flow('f').node('start', 'test.event').node('wait', 'test.wait').node('end', 'test.echo', { value: text })
    return made.wire('start', 'wait').wire('wait', 'end').build()
  }
  const world = bench({ flows: [drawn('one')] })
  const [old = ''] = startedBy(world.send('test'))
  world.publish(drawn('two'), 2)
  const [young = ''] = startedBy(world.send('test'))
  world.advance(1_000)
  expect([world.run(old).output, world.run(young).output]).toEqual(['one', 'two'])
  expect(() => world.publish(drawn('three'), 2)).toThrow('never changes')
  world.command('engine.flow.activate', { key: 'f', version: null })
  expect(startedBy(world.send('test'))).toEqual([])
})

test('a timer of a pack calls its command; one whose command throws is tried again, later each time', () => {
  const rings = new Set<number>()
  const commands = {
    arm: (context: WriteContext) => {
      context.schedule({ key: 'k', command: 'ring', dueAt: context.now + 100, payload: { fail: 2 } })
      context.schedule({ key: 'k', command: 'ring', dueAt: context.now + 200, payload: { fail: 2 } })
      context.schedule({ key: 'gone', command: 'ring', dueAt: context.now + 100, payload: null })
      context.unschedule('gone')
    },
    ring: ({ now }: WriteContext) => {
      rings.add(now)
      if (now < 1_003_200) throw new Error('not yet')
    },
  }
  const world = bench({ commands })
  world.command('arm', null)
  world.advance(10_000)
  expect([...rings]).toEqual([1_000_200, 1_001_200, 1_003_200])
  expect(world.store.audited.map(({ kind }) => kind)).toEqual(['engine.timer-failed', 'engine.timer-failed'])
  expect(world.store.allTimers()).toEqual([])
})

test('a timer that fails after it wrote leaves nothing behind; the others that were due with it ring once and are counted once', () => {
  const commands = {
    arm: (context: WriteContext) => {
      for (const key of ['a', 'bad', 'c']) context.schedule({ key, command: 'ring', dueAt: context.now + 100, payload: key })
    },
    ring: ({ records }: WriteContext, key: unknown) => {
      records.insert(notes, { id: String(key), text: 'x' })
      if (key === 'bad') throw new Error('not this one')
    },
  }
  const world = bench({ commands })
  world.command('arm', null)
  world.advance(100)
  expect(world.store.records.list(notes).map(({ id }) => id)).toEqual(['a', 'c'])
  expect(world.store.allTimers()).toMatchObject([{ payload: 'bad', dueAt: 1_001_100 }])
  expect(world.engine.stats()).toMatchObject({ timersFired: 2, timersFailed: 1 })
})

test('a pack that consumes an event type gets the event before flows start, in the same transaction', () => {
  const seen: string[] = []
  const look: TestNode = {
    type: 'test.look',
    effect: 'internal',
    config: {},
    step: () => ({ kind: 'output', port: 'out', data: seen.length }),
  }
  const drawn = flow('f').node('start', 'test.event').node('a', 'test.look').wire('start', 'a').build()
  const commands = { 'pack.take': (_context: WriteContext, event: { type: string }) => seen.push(event.type) }
  const world = bench({ flows: [drawn], nodes: [look], commands, consumers: { test: ['pack.take'] } })
  const [run = ''] = startedBy(world.send('test'))
  expect(world.run(run).output).toBe(1)
})

test('an unknown command and an unknown node type are answered by name', () => {
  const drawn = flow('f').node('start', 'test.event').node('a', 'gone.node').wire('start', 'a').build()
  const world = bench({ flows: [drawn] })
  expect(world.command('no.such', null)).toMatchObject({ ok: false, code: 'SLU_COMMAND_UNKNOWN', status: 404 })
  const [run = ''] = startedBy(world.send('test'))
  expect(world.run(run).tokens.t1?.error).toMatchObject({ code: 'SLU_NODE_UNKNOWN' })
  expect(world.command('engine.run.cancel', { run: 'nope' })).toMatchObject({ code: 'SLU_RUN_UNKNOWN', status: 404 })
})

test('what a step asks of its own run happens once the step is recorded', () => {
  const step = ({ runs, run }: WriteContext & { run: { id: string } }) => {
    runs.cancel(run.id, 'by its own step')
    return { kind: 'output', port: 'out', data: 'done' } as const
  }
  const drawn = flow('f')
    .node('start', 'test.event')
    .node('a', 'test.self')
    .node('b', 'test.task')
    .wire('start', 'a')
    .wire('a', 'b')
    .build()
  const world = bench({ flows: [drawn], nodes: [{ type: 'test.self', effect: 'internal', config: {}, step }] })
  const [run = ''] = startedBy(world.send('test'))
  expect(world.run(run)).toMatchObject({ status: 'cancelled', outputs: { a: 'done' } })
})

test('a filter decides which events start a flow; one that fails starts nothing and is recorded', () => {
  const world = bench({ flows: [flow('f').node('start', 'test.event', { type: 'test', filter: '{% event.data.n + 1 > 2 %}' }).build()] })
  expect(startedBy(world.send('test', { n: 1 }))).toHaveLength(0)
  expect(startedBy(world.send('test', { n: 2 }))).toHaveLength(1)
  expect(startedBy(world.send('test', { n: 'many' }))).toHaveLength(0)
  expect(world.store.audited).toMatchObject([
    { kind: 'engine.trigger-failed', refs: { flow: 'f', trigger: 'start', code: 'SLU_EXPRESSION_FAILED' } },
  ])
})

test('a step that also takes earlier events looks through a bounded number of them, then fails by name', () => {
  const buffered: TestNode = {
    type: 'test.buffered',
    effect: 'none',
    config: { type: 'object', additionalProperties: true },
    pure: () => ({ kind: 'wait', wait: { kind: 'event', type: 'reply', key: 'c-1', timeoutAt: null, buffered: true } }),
  }
  const drawn = flow('f').node('start', 'test.event').node('p', 'test.wait').node('b', 'test.buffered').wire('start', 'p').wire('p', 'b')
  const world = bench({ flows: [drawn.build()], nodes: [buffered] })
  const [run = ''] = startedBy(world.send('test'))
  world.store.transaction(() => {
    for (let n = 0; n < engineLimits.earlierEventsMax; n++) {
      const event = { id: `n${n}`, source: 's', type: 'reply', subject: 'c-2', time: '', data: null }
      world.store.inbox.insert({ source: 's', id: event.id, event: event.id, runs: [] }, event, world.now)
    }
  })
  world.advance(1_000)
  expect(world.run(run)).toMatchObject({ status: 'incident', tokens: { t2: { error: { code: 'SLU_WAIT_BUFFER_LIMIT' } } } })
})
