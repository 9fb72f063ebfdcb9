import type { FlowSettings } from '@sluice/flows'
import { describe, expect, test } from 'vitest'
import { compilePlainly } from '../testing/builders/compile-plainly.ts'
import { flow, kindsOf, memoryStore, runtimesOf, testNodes } from '../testing/index.ts'
import { createEngine, type EngineReply } from './index.ts'

const actor = { kind: 'user', id: 'u' } as const

/** One flow with an outside step, and the events that start it. */
function world(settings: FlowSettings, onError: 'incident' | 'fail' = 'incident') {
  const store = memoryStore()
  let now = 1_000
  let ids = 0
  const make = () =>
    createEngine({
      store,
      clock: { now: () => now },
      newId: () => `id${String(++ids).padStart(4, '0')}`,
      random: () => 0.5,
      nodes: runtimesOf(testNodes),
      commands: new Map(),
      gates: [],
      dispatch: { effects: () => {}, feed: () => {} },
      fence: { bump: () => {}, read: () => 0 },
    })
  let engine = make()
  const one = <Result>(reply: EngineReply | undefined) => (reply?.ok === true ? reply.result : reply) as Result
  const definition = flow('f')
    .node('start', 'test.event', { type: 'go' })
    .node('work', 'test.act')
    .wire('start', 'work')
    .settings({ onError, ...settings })
    .build()
  const called = compilePlainly(
    flow('fence').node('start', 'core.manual').node('call', 'test.call', { flow: 'f', wait: false }).wire('start', 'call').build(),
    kindsOf(testNodes),
  )
  const twice = compilePlainly(
    flow('twice')
      .node('start', 'core.manual')
      .node('one', 'test.call', { flow: 'f', wait: false })
      .node('two', 'test.call', { flow: 'f', wait: false })
      .wire('start', 'one')
      .wire('one', 'two')
      .build(),
    kindsOf(testNodes),
  )
  const fence = { ...called, settings: { ...called.settings, priority: 'withdrawal' as const } }
  for (const flow of [compilePlainly(definition, kindsOf(testNodes)), fence, twice])
    engine.execute([{ kind: 'command', name: 'engine.flow.put', payload: { flow, activate: true }, actor }])
  const state = (run: string) => store.runs.load(run)?.state
  return {
    store,
    /** A withdrawal's run starts the flow and does not wait for it. */
    urgent(): string {
      const { run } = one<{ run: string }>(
        engine.execute([{ kind: 'command', name: 'engine.run.start', payload: { flow: 'fence', input: null }, actor }])[0],
      )
      const output = state(run)?.output as { readonly run: string }
      return output.run
    },
    dueAt(run: string | undefined): number | null {
      const [token] = Object.values(state(run ?? '')?.tokens ?? {})
      return token?.wait?.kind === 'timer' ? token.wait.dueAt : null
    },
    /** Sends an event about this subject; gives the runs it is answered with. */
    send(subject = 's', data: unknown = null): readonly string[] {
      const event = { id: `e${++ids}`, source: 't', type: 'go', subject, time: '2026-03-02T03:00:00Z', data: data as never }
      return one<{ runs: readonly { run: string }[] }>(engine.execute([{ kind: 'event', event, actor }])[0]).runs.map(({ run }) => run)
    },
    done(run: string) {
      const row = store.allOutbox().find((it) => it.run === run && it.state === 'begun')
      engine.execute([{ kind: 'effect.result', id: row?.id ?? '', outcome: { kind: 'output', port: 'out', data: null } }])
    },
    command: (name: string, payload: unknown) => one(engine.execute([{ kind: 'command', name, payload, actor }])[0]),
    advance(ms: number) {
      const until = now + ms
      for (let next = engine.nextDueAt(); next !== null && next <= until; next = engine.nextDueAt()) {
        now = Math.max(now, next)
        engine.fireDue()
      }
      now = until
    },
    jump(ms: number) {
      now += ms
    },
    restart() {
      engine = make()
      engine.recover()
    },
    /** `work`, or what the run waits for, or how it ended. */
    is(run: string | undefined): string | undefined {
      const run_ = state(run ?? '')
      const [token] = Object.values(run_?.tokens ?? {})
      return token === undefined ? run_?.status : token.node === 'work' ? 'work' : token.wait?.kind
    },
  }
}

const bySubject = '{% event.subject %}'

describe('concurrency', () => {
  test('queue: one at a time for each key, in the order of the events', () => {
    const it = world({ concurrency: { key: bySubject, limit: 1 } })
    const [a] = it.send('s')
    const [b] = it.send('s')
    const [c] = it.send('s')
    const [other] = it.send('t')
    expect([a, b, c, other].map(it.is)).toEqual(['work', 'lock', 'lock', 'work'])
    it.done(a ?? '')
    expect([a, b, c].map(it.is)).toEqual(['succeeded', 'work', 'lock'])
    it.restart()
    it.done(b ?? '')
    expect([b, c].map(it.is)).toEqual(['succeeded', 'work'])
  })

  test('queue: a waiting run can be cancelled, and a cancelled one makes room', () => {
    const it = world({ concurrency: { limit: 1 } })
    const runs = [it.send('s'), it.send('t'), it.send('u')].flat()
    it.command('engine.run.cancel', { run: runs[1] })
    it.command('engine.run.cancel', { run: runs[0] })
    expect(runs.map(it.is)).toEqual(['cancelled', 'cancelled', 'work'])
  })

  test('drop: what does not fit in starts nothing, and the log says so', () => {
    const it = world({ concurrency: { key: bySubject, limit: 2, whenFull: 'drop' } })
    const runs = [it.send(), it.send(), it.send()]
    expect(runs.map((list) => list.length)).toEqual([1, 1, 0])
    expect(it.store.audited.filter(({ kind }) => kind === 'engine.start-dropped')).toMatchObject([
      { refs: { flow: 'f', by: 'concurrency' } },
    ])
    it.done(runs[0]?.[0] ?? '')
    expect(it.send()).toHaveLength(1)
  })

  test('drop: two starts from one run are both within a limit of two', () => {
    const it = world({ concurrency: { limit: 2, whenFull: 'drop' } })
    const { run } = it.command('engine.run.start', { flow: 'twice' }) as { readonly run: string }
    expect(it.is(run)).toBe('succeeded')
    expect(it.send()).toEqual([])
  })

  test('drop: starting by hand is refused with the reason', () => {
    const it = world({ concurrency: { limit: 1, whenFull: 'drop' } })
    it.send()
    expect(it.command('engine.run.start', { flow: 'f' })).toMatchObject({ ok: false, code: 'SLU_FLOW_FULL' })
  })

  test('replace: the newest one goes on and the oldest ends', () => {
    const it = world({ concurrency: { key: bySubject, limit: 1, whenFull: 'replace' } })
    const [a] = it.send()
    const [b] = it.send()
    expect([a, b].map(it.is)).toEqual(['cancelled', 'work'])
  })
})

describe('rate', () => {
  test('queue: no more than the limit begin within any window; the others wait for theirs', () => {
    const it = world({ rate: { limit: 2, per: 'PT1M' } })
    const runs = [it.send(), it.send(), it.send(), it.send(), it.send()].flat()
    expect(runs.map(it.is)).toEqual(['work', 'work', 'timer', 'timer', 'timer'])
    it.advance(59_999)
    expect(runs.map(it.is)).toEqual(['work', 'work', 'timer', 'timer', 'timer'])
    it.advance(1)
    expect(runs.map(it.is)).toEqual(['work', 'work', 'work', 'work', 'timer'])
    it.advance(60_000)
    expect(it.is(runs[4])).toBe('work')
  })

  test('drop: beyond the limit nothing starts until the window has moved on', () => {
    const it = world({ rate: { key: bySubject, limit: 1, per: 'PT10S', whenFull: 'drop' } })
    expect([it.send('s').length, it.send('s').length, it.send('t').length]).toEqual([1, 0, 1])
    it.advance(10_000)
    expect(it.send('s')).toHaveLength(1)
  })

  test('a clock that is set back holds nobody up: what has begun counts as begun by now', () => {
    const it = world({ rate: { limit: 2, per: 'PT1M' } })
    expect([it.send(), it.send()].flat().map(it.is)).toEqual(['work', 'work'])
    it.jump(-3_600_000)
    it.restart()
    const [third] = it.send()
    expect(it.is(third)).toBe('timer')
    it.advance(59_999)
    expect(it.is(third)).toBe('timer')
    it.advance(1)
    expect(it.is(third)).toBe('work')
    it.jump(86_400_000)
    expect([it.send(), it.send(), it.send()].flat().map(it.is)).toEqual(['work', 'work', 'timer'])
  })

  test('then the turn: one that waited for its share and finds no room is dropped, or takes the place of the oldest', () => {
    for (const whenFull of ['drop', 'replace'] as const) {
      const it = world({ rate: { limit: 1, per: 'PT10S' }, concurrency: { limit: 2, whenFull } })
      const [a, b, c] = [it.send(), it.send(), it.send()].flat()
      it.advance(20_000)
      expect([a, b, c].map(it.is), whenFull).toEqual(whenFull === 'drop' ? ['work', 'work', 'cancelled'] : ['cancelled', 'work', 'work'])
    }
  })

  test('then the turn: a start that waited for its share still waits for room', () => {
    const it = world({ rate: { limit: 1, per: 'PT1S' }, concurrency: { limit: 1 } })
    const [a] = it.send()
    const [b] = it.send()
    it.advance(1_000)
    expect([a, b].map(it.is)).toEqual(['work', 'lock'])
    it.done(a ?? '')
    expect(it.is(b)).toBe('work')
  })
})

describe('what a withdrawal calls goes first where starts wait', () => {
  test('concurrency: before the others in the queue, and they keep their order', () => {
    const it = world({ concurrency: { limit: 1 } })
    const runs = [it.send(), it.send(), it.send()].flat()
    const fenced = it.urgent()
    it.done(runs[0] ?? '')
    expect([...runs, fenced].map(it.is)).toEqual(['succeeded', 'lock', 'lock', 'work'])
    it.done(fenced)
    expect([...runs, fenced].map(it.is)).toEqual(['succeeded', 'work', 'lock', 'succeeded'])
  })

  test('replace: what is normal never ends what a withdrawal called, but waits for it', () => {
    const it = world({ concurrency: { limit: 1, whenFull: 'replace' } })
    const fenced = it.urgent()
    const [plain] = it.send()
    expect([fenced, plain].map(it.is)).toEqual(['work', 'lock'])
    expect([it.is(it.urgent()), it.is(fenced)]).toEqual(['work', 'cancelled'])
  })

  test('rate: it takes the first moment that is given away, and each of the others the next one; no window holds more', () => {
    const it = world({ rate: { limit: 1, per: 'PT1M' } })
    const runs = [it.send(), it.send(), it.send()].flat()
    expect(runs.map(it.dueAt)).toEqual([null, 61_000, 121_000])
    const fenced = it.urgent()
    expect([...runs, fenced].map(it.dueAt)).toEqual([null, 121_000, 181_000, 61_000])
    it.restart()
    it.advance(60_000)
    expect([...runs, fenced].map(it.is)).toEqual(['work', 'timer', 'timer', 'work'])
    it.advance(60_000)
    expect([...runs, fenced].map(it.is)).toEqual(['work', 'work', 'timer', 'work'])
    it.advance(60_000)
    expect(it.is(runs[2])).toBe('work')
    const entries = it.store.journal.read(runs[1] ?? '').flatMap((row) => row.entries)
    expect(entries.filter(({ kind }) => kind === 'node.waiting')).toMatchObject([{ why: null }, { why: { gaveWayTo: fenced } }])
  })

  test('rate: a start that was cancelled gives no way, and its moment stays empty', () => {
    const it = world({ rate: { limit: 1, per: 'PT1M' } })
    const runs = [it.send(), it.send(), it.send()].flat()
    it.command('engine.run.cancel', { run: runs[1] })
    const fenced = it.urgent()
    expect([it.dueAt(runs[2]), it.dueAt(fenced)]).toEqual([181_000, 121_000])
  })

  test('rate: the one that waited longest gives way seven times; those behind it still do', () => {
    const it = world({ rate: { limit: 1, per: 'PT1M' } })
    const [, patient, next] = [it.send(), it.send(), it.send()].flat()
    const fences = Array.from({ length: 8 }, () => it.urgent())
    const minute = (run: string | undefined) => ((it.dueAt(run) ?? 0) - 1_000) / 60_000
    expect(fences.map(minute)).toEqual([1, 2, 3, 4, 5, 6, 7, 9])
    expect([minute(patient), minute(next)]).toEqual([8, 10])
  })
})

describe('debounce', () => {
  test('only the last of several events begins, when it has been quiet for so long', () => {
    const it = world({ debounce: { key: bySubject, for: 'PT5S' } })
    const [a] = it.send('s')
    it.advance(3_000)
    const [b] = it.send('s')
    const [other] = it.send('t')
    it.advance(4_999)
    expect([a, b, other].map(it.is)).toEqual(['cancelled', 'timer', 'timer'])
    it.restart()
    it.advance(1)
    expect([b, other].map(it.is)).toEqual(['work', 'work'])
  })

  test('an event after the quiet time does not touch the run that has begun', () => {
    const it = world({ debounce: { for: 'PT5S' } })
    const [a] = it.send()
    it.advance(5_000)
    const [b] = it.send()
    expect([a, b].map(it.is)).toEqual(['work', 'timer'])
  })

  test('drop: what does not fit in is decided when it has been quiet, for the last event', () => {
    const it = world({ debounce: { key: bySubject, for: 'PT5S' }, concurrency: { limit: 1, whenFull: 'drop' } })
    const [first] = it.send('s')
    it.advance(5_000)
    expect(it.is(first)).toBe('work')
    // Both come while there is no room; by the time the second one's quiet is over there is.
    const [early] = it.send('t')
    it.advance(2_000)
    const [last] = it.send('t')
    expect([early, last].map(it.is)).toEqual(['cancelled', 'timer'])
    it.done(first ?? '')
    it.restart()
    it.advance(5_000)
    expect(it.is(last)).toBe('work')
    const [other] = it.send('u')
    it.advance(5_000)
    expect(it.is(other)).toBe('cancelled')
    expect(it.store.runs.load(other ?? '')?.state?.status).toBe('cancelled')
    expect(it.store.audited.filter(({ kind }) => kind === 'engine.start-dropped')).toMatchObject([
      { refs: { run: other, flow: 'f', trigger: 'start', by: 'concurrency' } },
    ])
    expect(it.store.allTimers()).toEqual([])
  })

  test('replace: the one at work ends when the new one begins, not when its event comes', () => {
    const it = world({ debounce: { key: bySubject, for: 'PT5S' }, concurrency: { limit: 1, whenFull: 'replace' } })
    const [first] = it.send('s')
    it.advance(5_000)
    const [second] = it.send('s')
    expect([first, second].map(it.is)).toEqual(['work', 'timer'])
    it.command('engine.run.cancel', { run: second })
    it.advance(10_000)
    expect([first, second].map(it.is)).toEqual(['work', 'cancelled'])
    const [third] = it.send('s')
    it.restart()
    it.advance(5_000)
    expect([first, third].map(it.is)).toEqual(['cancelled', 'work'])
  })

  test('then the rate: an event that a later one replaced has taken no share of it', () => {
    const it = world({ debounce: { key: bySubject, for: 'PT5S' }, rate: { limit: 2, per: 'PT1M' } })
    const [a] = it.send('s')
    for (let count = 0; count < 5; count++) {
      it.advance(1_000)
      it.send('s')
    }
    const [last] = it.send('s')
    expect([it.is(a), it.dueAt(last)]).toEqual(['cancelled', 11_000])
    const [other] = it.send('t')
    const [third] = it.send('u')
    expect([it.dueAt(other), it.dueAt(third)]).toEqual([11_000, 71_000])
    it.restart()
    const [again] = it.send('u')
    expect(it.dueAt(again)).toBe(71_000)
    it.advance(5_000)
    expect([last, other].map(it.is)).toEqual(['work', 'work'])
  })
})

describe('an event that is taken for an earlier one while that one still waits to begin', () => {
  const once: FlowSettings = { dedupe: '{% event.data %}', rate: { limit: 1, per: 'PT1H' } }

  test('starts nothing, neither before nor after the process died between taking it in and beginning', () => {
    const it = world(once)
    const [first] = it.send('s', 'one')
    const [second] = it.send('s', 'two')
    expect([first, second].map(it.is)).toEqual(['work', 'timer'])
    expect(it.send('s', 'two')).toEqual([])
    it.restart()
    expect(it.send('s', 'two')).toEqual([])
    expect(it.is(second)).toBe('timer')
    it.advance(3_600_000)
    expect([it.is(second), it.store.runIds().length]).toEqual(['work', 2])
    it.restart()
    expect([it.is(second), it.send('s', 'two'), it.send('s', 'one')]).toEqual(['work', [], []])
  })

  test('still starts nothing when somebody cancels what waited: the first one counts, whatever became of it', () => {
    const it = world(once)
    it.send('s', 'one')
    const [second] = it.send('s', 'two')
    it.command('engine.run.cancel', { run: second })
    it.restart()
    expect([it.is(second), it.send('s', 'two')]).toEqual(['cancelled', []])
  })

  test('starts a run when the one before it was dropped for want of room: that one never counted', () => {
    const it = world({ dedupe: '{% event.data %}', concurrency: { limit: 1, whenFull: 'drop' } })
    const [first] = it.send('s', 'one')
    expect(it.send('s', 'two')).toEqual([])
    it.restart()
    it.done(first ?? '')
    expect(it.send('s', 'two').map(it.is)).toEqual(['work'])
  })
})
