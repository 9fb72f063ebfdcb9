import { expect, test } from 'vitest'
import { bench, flow, startedBy, type TestNode } from '../testing/index.ts'
import type { Use, WriteContext } from './context.ts'
import { engineLimits } from './limits.ts'
import type { Gate } from './ports.ts'

const act = (config: Record<string, unknown> = {}, options = {}) =>
  flow('f')
    .node('start', 'test.event')
    .node('a', 'test.act', config, options)
    .node('no', 'test.echo')
    .wire('start', 'a')
    .wire('a.no', 'no')
    .build()

const denying = (state: { closed: boolean }): Gate => ({
  name: 'consent',
  check: (context, { use }) => {
    context.audit('asked', {})
    return state.closed && use !== null
      ? { allowed: false, code: 'SLU_CONSENT_MISSING', reason: 'withdrawn', why: { epoch: 2 } }
      : { allowed: true }
  },
})

const used = { purpose: 'recommendation', scene: 'quote_push', refusedPort: 'no' }

test('an act leaves after the commit that ordered it, with one key for all its attempts', () => {
  const world = bench({ flows: [act({ say: 'hello' }, { retry: { attempts: 2, delayMs: 10 } })] })
  const [run = ''] = startedBy(world.send('test'))
  expect(world.acts).toMatchObject([{ run, node: 'a', handler: 'test.act', request: { say: 'hello' }, state: 'begun', attempt: 1 }])
  const key = world.acts[0]?.idempotencyKey
  world.answer({ kind: 'failure', error: { code: 'X', message: 'busy', terminal: false } })
  world.advance(10)
  expect(world.acts).toMatchObject([{ attempt: 2, idempotencyKey: key }])
  world.answer({ kind: 'output', port: 'out', data: 'sent' })
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: 'sent' })
})

test('a second answer is refused and changes nothing', () => {
  const world = bench({ flows: [act()] })
  world.send('test')
  const id = world.acts[0]?.id ?? ''
  world.answer()
  const result = { kind: 'effect.result', id, outcome: { kind: 'output', port: 'out', data: 'again' } } as const
  expect(world.execute(result)).toMatchObject([{ ok: false, code: 'SLU_EFFECT_LATE', status: 409 }])
  expect(world.execute({ ...result, id: 'nope' })).toMatchObject([{ ok: false, code: 'SLU_EFFECT_UNKNOWN', status: 404 }])
})

test('a gate that refuses leads the line to the refused port, and nothing leaves', () => {
  const state = { closed: true }
  const world = bench({ flows: [act(used)], gates: [denying(state)] })
  const [run = ''] = startedBy(world.send('test', null, { subject: 'c-1' }))
  expect(world.acts).toEqual([])
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: { code: 'SLU_CONSENT_MISSING', reason: 'withdrawn' } })
  expect(world.store.audited).toEqual([])
})

test('without a refused port the step fails with the code of the gate; a gate that throws has refused', () => {
  const { refusedPort: _, ...plain } = used
  const world = bench({ flows: [act(plain)], gates: [denying({ closed: true })] })
  const [run = ''] = startedBy(world.send('test', null, { subject: 'c-1' }))
  expect(world.run(run).tokens.t1?.error).toMatchObject({ code: 'SLU_CONSENT_MISSING' })
  const broken = bench({
    flows: [act()],
    gates: [
      {
        name: 'broken',
        check: () => {
          throw new Error('no table')
        },
      },
    ],
  })
  const [second = ''] = startedBy(broken.send('test'))
  expect(broken.run(second).tokens.t1?.error).toMatchObject({ code: 'SLU_GATE_FAILED' })
  expect(broken.acts).toEqual([])
})

test('when the fence moved, the door asks again: still allowed leaves with the new fence, no longer allowed does not', () => {
  const state = { closed: false }
  const raise = { raise: ({ raiseFence }: WriteContext) => raiseFence('c-1') }
  const world = bench({ flows: [act(used)], gates: [denying(state)], commands: raise })
  const [run = ''] = startedBy(world.send('test', null, { subject: 'c-1' }))
  const [first] = world.acts.splice(0)
  expect(first?.fence).toBe(0)
  world.command('raise', null)
  world.execute({ kind: 'effect.recheck', id: first?.id ?? '' })
  expect(world.acts.splice(0)).toMatchObject([{ id: first?.id, fence: 1 }])
  state.closed = true
  world.command('raise', null)
  expect(world.execute({ kind: 'effect.recheck', id: first?.id ?? '' })).toMatchObject([{ ok: true, result: { dispatched: false } }])
  expect(world.acts).toEqual([])
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: { code: 'SLU_CONSENT_MISSING' } })
  expect(world.engine.stats().inFlight).toBe(0)
})

test('an act ordered and withdrawn in the same commit never leaves', () => {
  const covers = (use: Use) => use.purpose === 'recommendation'
  const results: unknown[] = []
  const commands = {
    withdraw: (context: WriteContext) => {
      context.raiseFence('c-1')
      const result = context.cancelEffects({ subject: 'c-1', covers, reason: 'withdrawn' })
      results.push(result)
      return result
    },
  }
  const world = bench({ flows: [act(used)], commands })
  const actor = { kind: 'system', id: 's' } as const
  const event = { id: 'e', source: 's', type: 'test', subject: 'c-1', time: '2026-01-01T00:00:00Z', data: null }
  world.execute({ kind: 'event', event, actor }, { kind: 'command', name: 'withdraw', payload: null, actor })
  expect(results).toEqual([{ cancelled: 1, begun: [] }])
  expect(world.acts).toEqual([])
  expect(world.run(world.store.runIds()[0] ?? '')).toMatchObject({ status: 'succeeded', output: { code: 'SLU_EFFECT_CANCELLED' } })
  world.send('test', null, { subject: 'c-1' })
  world.command('withdraw', null)
  expect(results.at(-1)).toMatchObject({ cancelled: 0, begun: [{ use: { subject: 'c-1' }, begunAt: 1_000_000 }] })
})

test('a withdrawal that is refused after all takes back nothing', () => {
  const commands = {
    withdraw: (context: WriteContext) => {
      context.cancelEffects({ subject: 'c-1', covers: () => true, reason: 'withdrawn' })
      throw Object.assign(new Error('no'), { code: 'SLU_NO', status: 400 })
    },
  }
  const world = bench({ flows: [act(used)], commands })
  const actor = { kind: 'system', id: 's' } as const
  const event = { id: 'e', source: 's', type: 'test', subject: 'c-1', time: '2026-01-01T00:00:00Z', data: null }
  world.execute({ kind: 'event', event, actor }, { kind: 'command', name: 'withdraw', payload: null, actor })
  expect(world.acts).toHaveLength(1)
  expect(world.engine.stats().inFlight).toBe(1)
})

test('cancelling a run withdraws its act; an answer that still comes is refused', () => {
  const world = bench({ flows: [act()] })
  const [run = ''] = startedBy(world.send('test'))
  const id = world.acts[0]?.id ?? ''
  world.command('engine.run.cancel', { run })
  expect(world.store.outbox.find(id)?.state).toBe('cancelled')
  expect(world.answer()).toMatchObject({ ok: false, code: 'SLU_EFFECT_LATE' })
})

test('after a crash an act goes out again with the same key, asked for anew; an unsafe one asks a person', () => {
  const state = { closed: false }
  const unsafe = flow('u')
    .node('start', 'test.event', { type: 'once' })
    .node('a', 'test.act-once')
    .node('b', 'test.echo')
    .wire('start', 'a')
  const world = bench({ flows: [act(used), unsafe.wire('a.error', 'b').build()], gates: [denying(state)] })
  const [safe = ''] = startedBy(world.send('test', null, { subject: 'c-1' }))
  const [other = ''] = startedBy(world.send('test', null, { subject: 'c-2' }))
  const [once = ''] = startedBy(world.send('once'))
  const keys = world.acts.map(({ idempotencyKey }) => idempotencyKey)
  world.restart()
  expect(world.acts.map(({ idempotencyKey }) => idempotencyKey)).toEqual(keys.slice(0, 2))
  expect(world.run(once)).toMatchObject({ status: 'incident', tokens: { t1: { error: { code: 'SLU_EFFECT_UNCERTAIN' } } } })
  expect(world.engine.stats().inFlight).toBe(2)
  world.answer()
  expect(world.run(safe).status).toBe('succeeded')
  state.closed = true
  world.restart()
  expect(world.acts).toEqual([])
  expect(world.run(other)).toMatchObject({ status: 'succeeded', output: { code: 'SLU_CONSENT_MISSING' } })
})

test('each try of an order has a permit of its own, and the gates hear how each of them ended', () => {
  const ends: string[] = []
  const ledger: Gate = {
    name: 'ledger',
    check: (_context, { permit, earlier }) => {
      ends.push(`${permit.touches} ${earlier}`)
      return { allowed: true }
    },
    closed: (_context, { id }, end) => void ends.push(`${id.split(':').at(-1)} ${end}`),
  }
  const world = bench({ flows: [act(used, { retry: { attempts: 2, delayMs: 10 } })], gates: [ledger] })
  const [run = ''] = startedBy(world.send('test', null, { subject: 'c-1' }))
  const given = [world.acts[0]]
  world.answer({ kind: 'failure', error: { code: 'X', message: 'busy', terminal: false } })
  world.advance(10)
  given.push(world.acts[0])
  const [second] = world.acts.splice(0)
  world.execute({ kind: 'effect.recheck', id: second?.id ?? '' })
  given.push(world.acts[0])
  world.restart()
  given.push(world.acts[0])
  const id = world.acts[0]?.id ?? ''
  world.command('engine.run.cancel', { run })
  // The door tells that it had not begun: what counted as gone did not go.
  expect(world.execute({ kind: 'effect.recheck', id })).toMatchObject([
    { ok: true, result: { dispatched: false, code: 'SLU_EFFECT_LATE' } },
  ])
  expect(new Set(given.map((row) => row?.permit.id)).size).toBe(4)
  expect(new Set(given.map((row) => row?.idempotencyKey)).size).toBe(1)
  expect(given.every((row) => row?.permit.order === row?.id)).toBe(true)
  expect(ends).toEqual(['person none', '1 done', 'person none', 'person unsent', 'person unknown', '2 unknown', '2 unsent'])
})

test('no more acts are out at once than allowed; the others begin as answers come', () => {
  const world = bench({ flows: [act()] })
  const events = engineLimits.effectsInFlightMax + 3
  for (let count = 0; count < events; count++) world.send('test')
  expect(world.acts).toHaveLength(engineLimits.effectsInFlightMax)
  expect(world.engine.nextDueAt()).toBeNull()
  world.answer()
  world.answer()
  expect(world.acts).toHaveLength(engineLimits.effectsInFlightMax)
  while (world.acts.length > 0) world.answer()
  expect(world.engine.stats()).toMatchObject({ inFlight: 0, effectsDone: events })
})

test('expressions that may take long are answered by the worker pool, then the step runs', () => {
  const value = '{% ($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(input)) %}'
  const drawn = flow('f').node('start', 'test.event').node('a', 'test.echo', { value }).wire('start', 'a').build()
  const world = bench({ flows: [drawn] })
  const [run = ''] = startedBy(world.send('test', 5))
  expect(world.acts).toMatchObject([{ handler: '$evaluate', request: { scope: { input: 5 }, expressions: [{ slot: '/value' }] } }])
  world.answer({ kind: 'output', port: 'out', data: { '/value': { ok: true, value: 120 } } })
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: 120 })
  const [bad = ''] = startedBy(world.send('test', 5))
  const error = { code: 'SLU_EXPRESSION_LIMIT', message: { en: 'Too long', 'zh-CN': '太久' }, position: null, reason: null }
  world.answer({ kind: 'output', port: 'out', data: { '/value': { ok: false, error } } })
  expect(world.run(bad).tokens.t1?.error).toMatchObject({ code: 'SLU_EXPRESSION_LIMIT' })
})

test('an effect of a pack calls back its command, and may be told to wait', () => {
  const results: unknown[] = []
  const commands = {
    order: (context: WriteContext) =>
      context.effect({
        handler: 'notify.webhook',
        request: { n: 1 },
        use: null,
        onResult: 'done',
        idempotencyKey: 'k',
        notBefore: context.now + 500,
      }),
    done: (_context: WriteContext, payload: unknown) => results.push(payload),
  }
  const world = bench({ commands })
  world.command('order', null)
  expect(world.acts).toEqual([])
  world.advance(500)
  expect(world.acts).toMatchObject([{ handler: 'notify.webhook', run: null, idempotencyKey: 'k' }])
  world.answer({ kind: 'output', port: 'out', data: 'ok' })
  expect(results).toEqual([{ request: { n: 1 }, outcome: { kind: 'output', port: 'out', data: 'ok' } }])
})

test('an acknowledgement completes a step that waits, and withdraws one that acts', () => {
  const commands = {
    complete: (context: WriteContext, run: string) => context.runs.completeStep(run, 't1', 'out', 'acknowledged'),
  }
  const world = bench({ flows: [act()], commands })
  const [run = ''] = startedBy(world.send('test'))
  expect(world.command('complete', run)).toMatchObject({ ok: true, result: true })
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: 'acknowledged' })
  expect(world.answer()).toMatchObject({ ok: false, code: 'SLU_EFFECT_LATE' })
  expect(world.engine.stats().inFlight).toBe(0)
  expect(world.command('complete', run)).toMatchObject({ ok: true, result: false })
})

test('live runs of a person are listed with what they use, arm and ask', () => {
  const listed: unknown[] = []
  const commands = { look: (context: WriteContext) => listed.push(...context.runs.ofSubject('c-1')) }
  const drawn = flow('g')
    .node('start', 'test.event')
    .node('a', 'test.act', used)
    .node('t', 'test.task', { dueMs: 5_000 })
    .wire('start', 'a', 't')
    .build()
  const world = bench({ flows: [drawn], commands })
  world.send('test', null, { subject: 'c-1' })
  world.send('test', null, { subject: 'c-2' })
  world.command('look', null)
  expect(listed).toMatchObject([
    { flow: 'g', subject: 'c-1', status: 'running', timers: 1, tasks: 1, uses: [{ purpose: 'recommendation', scene: 'quote_push' }] },
  ])
})

const heard = (onResult: string): TestNode => ({
  type: 'test.heard',
  effect: 'idempotent',
  config: { type: 'object', additionalProperties: true },
  step: () => ({ kind: 'act', request: { n: 1 }, use: null, onResult }),
})
const heardFlow = flow('f').node('start', 'test.event').node('a', 'test.heard').node('b', 'test.echo').node('no', 'test.echo')
const hearing = heardFlow.wire('start', 'a').wire('a', 'b').wire('a.denied', 'no').build()

test('the pack has the last word on what a step hands on, in the transaction that takes the answer', () => {
  let says: unknown = { kind: 'output', port: 'denied', data: 'destroyed', why: { rule: 'consent' } }
  const statuses: string[] = []
  const look = (context: WriteContext, payload: unknown) => {
    statuses.push(...context.runs.ofSubject('c-1').map(({ status }) => status))
    expect(payload).toEqual({ request: { n: 1 }, outcome: { kind: 'output', port: 'out', data: 'draft' } })
    return says
  }
  const world = bench({ flows: [hearing], nodes: [heard('look')], commands: { look } })
  const answered = () => {
    const [run = ''] = startedBy(world.send('test', null, { subject: 'c-1' }))
    world.answer({ kind: 'output', port: 'out', data: 'draft' })
    return world.run(run)
  }
  expect(answered()).toMatchObject({ status: 'succeeded', outputs: { a: 'destroyed', no: 'destroyed' } })
  expect(statuses).toEqual(['running'])
  for (const other of [null, undefined, 'ok', { kind: 'act', request: {}, use: null }, { suppressed: 2 }]) {
    says = other
    expect(answered().outputs).toMatchObject({ a: 'draft', b: 'draft' })
  }
  says = { kind: 'stop', output: 'enough' }
  expect(answered()).toMatchObject({ status: 'succeeded', output: 'enough' })
})

test('an answer that its pack could not take goes no further, and nothing of the attempt to take it stays', () => {
  const take = (context: WriteContext) => {
    context.audit('taken', {})
    throw new TypeError('broken on purpose')
  }
  const world = bench({ flows: [hearing], nodes: [heard('take')], commands: { take } })
  const [run = ''] = startedBy(world.send('test'))
  expect(world.answer({ kind: 'output', port: 'out', data: 'draft' })).toMatchObject({ ok: true })
  expect(world.run(run)).toMatchObject({ status: 'incident', tokens: { t1: { error: { code: 'SLU_NODE_THREW' } } } })
  expect(JSON.stringify(world.run(run))).not.toContain('draft')
  expect(world.store.audited.map(({ kind }) => kind)).toEqual(['engine.hook-failed'])
})

test('an act that the door puts back gives its place away, and is asked about and leaves when its time has come', () => {
  const state = { closed: false }
  const world = bench({ flows: [act(used)], gates: [denying(state)] })
  const [run = ''] = startedBy(world.send('test', null, { subject: 'c-1' }))
  const [first] = world.acts.splice(0)
  const back = { kind: 'effect.put-back', id: first?.id ?? '', delayMs: 2_000 } as const
  expect(world.execute(back)).toMatchObject([{ ok: true, result: { putBack: true } }])
  expect(world.engine.stats().inFlight).toBe(0)
  expect(world.execute(back)).toMatchObject([{ ok: false, code: 'SLU_EFFECT_LATE' }])
  world.advance(1_999)
  expect(world.acts).toEqual([])
  world.advance(1)
  expect(world.acts).toMatchObject([{ id: first?.id, attempt: 1, idempotencyKey: first?.idempotencyKey }])
  expect(world.acts[0]?.permit.id).not.toBe(first?.permit.id)
  expect(world.engine.stats().inFlight).toBe(1)
  world.acts.splice(0)
  world.execute({ ...back, delayMs: 86_400_000 })
  state.closed = true
  world.advance(engineLimits.putBackMs.max)
  expect(world.acts).toEqual([])
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: { code: 'SLU_CONSENT_MISSING' } })
})

test('acts put back make room for those that wait in the outbox', () => {
  const world = bench({ flows: [act()] })
  for (let count = 0; count <= engineLimits.effectsInFlightMax; count++) world.send('test')
  expect(world.acts).toHaveLength(engineLimits.effectsInFlightMax)
  const [first, ...others] = world.acts.splice(0)
  world.execute({ kind: 'effect.put-back', id: first?.id ?? '', delayMs: 1_000 })
  expect(world.acts.map(({ run }) => others.some((other) => other.run === run) || run === first?.run)).toEqual([false])
})

test('an act that was put back goes away with its step', () => {
  const world = bench({ flows: [act({}, { timeoutMs: 500 })] })
  const [run = ''] = startedBy(world.send('test'))
  const [first] = world.acts.splice(0)
  world.execute({ kind: 'effect.put-back', id: first?.id ?? '', delayMs: 1_000 })
  world.advance(5_000)
  expect(world.acts).toEqual([])
  expect(world.run(run).status).not.toBe('running')
  expect(world.store.timers.due(Number.MAX_SAFE_INTEGER, 9, 0)).toEqual([])
})
