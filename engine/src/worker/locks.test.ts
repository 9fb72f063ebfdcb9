import type { FlowDefinition } from '@sluice/flows'
import { describe, expect, test } from 'vitest'
import type { CompiledFlow } from '../core/index.ts'
import { compilePlainly } from '../testing/builders/compile-plainly.ts'
import { flow, kindsOf, memoryStore, runtimesOf, testNodes } from '../testing/index.ts'
import { createEngine, type EngineReply, locksTable } from './index.ts'
import { fairEach } from './rank.ts'

const actor = { kind: 'user', id: 'u' } as const

/** A small world: orders start runs, acts answer when told. */
function world(...flows: readonly (FlowDefinition | CompiledFlow)[]) {
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
  const one = (reply: EngineReply | undefined) => (reply?.ok === true ? reply.result : reply)
  const command = (name: string, payload: unknown) => one(engine.execute([{ kind: 'command', name, payload, actor }])[0])
  for (const one of flows)
    command('engine.flow.put', { flow: 'triggers' in one ? one : compilePlainly(one, kindsOf(testNodes)), activate: true })
  return {
    store,
    command,
    start: (key: string, input: unknown = null) => (command('engine.run.start', { flow: key, input }) as { run: string }).run,
    /** The act at this step of this run succeeds. */
    done(run: string, node: string) {
      const row = store.allOutbox().find((it) => it.run === run && it.node === node && it.state === 'begun')
      if (row === undefined) throw new Error(`nothing is out at ${node} of ${run}`)
      return one(engine.execute([{ kind: 'effect.result', id: row.id, outcome: { kind: 'output', port: 'out', data: null } }])[0])
    },
    fail(run: string, node: string) {
      const row = store.allOutbox().find((it) => it.run === run && it.node === node && it.state === 'begun')
      const error = { code: 'SLU_TEST', message: 'no', terminal: true }
      return one(engine.execute([{ kind: 'effect.result', id: row?.id ?? '', outcome: { kind: 'failure', error } }])[0])
    },
    advance(ms: number) {
      now += ms
      engine.fireDue()
    },
    restart() {
      engine = make()
      engine.recover()
    },
    at: (run: string) => Object.values(store.runs.load(run)?.state.tokens ?? {}).map(({ node }) => node),
    run: (run: string) => store.runs.load(run)?.state,
  }
}

/** What the compiler makes of a flow that a withdrawal starts. */
function urgent(definition: FlowDefinition): CompiledFlow {
  const plain = compilePlainly(definition, kindsOf(testNodes))
  return { ...plain, settings: { ...plain.settings, priority: 'withdrawal' } }
}

const guarded = (key = 'one', config: Record<string, unknown> = {}) =>
  flow(key)
    .node('start', 'core.manual')
    .node('lock', 'test.lock', { key: 'k', ...config })
    .node('work', 'test.act')
    .node('unlock', 'test.unlock')
    .node('after', 'test.act')
    .wire('start', 'lock')
    .wire('lock', 'work')
    .wire('work', 'unlock')
    .wire('unlock', 'after')

describe('a lock across runs', () => {
  test('lets one in; the others follow in the order in which they came', () => {
    const it = world(guarded().build(), guarded('two').build())
    const runs = [it.start('one'), it.start('two'), it.start('one')] as const
    expect(runs.map(it.at)).toEqual([['work'], ['lock'], ['lock']])
    it.done(runs[0], 'work')
    expect(runs.map(it.at)).toEqual([['after'], ['work'], ['lock']])
    it.done(runs[1], 'work')
    expect(runs.map(it.at)).toEqual([['after'], ['after'], ['work']])
  })

  test('lets as many in as its limit says', () => {
    const it = world(guarded('one', { limit: 2 }).build())
    const runs = [it.start('one'), it.start('one'), it.start('one')] as const
    expect(runs.map(it.at)).toEqual([['work'], ['work'], ['lock']])
    it.done(runs[1], 'work')
    expect(runs.map(it.at)).toEqual([['work'], ['after'], ['work']])
  })

  test('is given on when its holder is cancelled, and kept while it stands in an incident', () => {
    const it = world(guarded().build())
    const [first, second] = [it.start('one'), it.start('one')]
    it.fail(first, 'work')
    expect([it.run(first)?.status, it.at(second)]).toEqual(['incident', ['lock']])
    it.command('engine.run.cancel', { run: first })
    expect(it.at(second)).toEqual(['work'])
  })

  test('forgets who no longer waits for it', () => {
    const it = world(guarded().build())
    const runs = [it.start('one'), it.start('one'), it.start('one')] as const
    it.command('engine.run.cancel', { run: runs[1] })
    it.done(runs[0], 'work')
    expect(it.at(runs[2])).toEqual(['work'])
    expect(it.store.records.count(locksTable)).toBe(1)
  })

  test('is waited for at most as long as the step says', () => {
    const it = world(guarded('one', { timeoutMs: 500 }).build())
    const [first, second] = [it.start('one'), it.start('one')]
    it.advance(500)
    expect(it.run(second)?.status).toBe('succeeded')
    it.done(first, 'work')
    expect(it.store.records.count(locksTable)).toBe(0)
  })

  test('whose holder is skipped on, moved, or whose waiting runs are cancelled, is given on in order, across restarts', () => {
    const it = world(guarded().build())
    const runs = Array.from({ length: 5 }, () => it.start('one'))
    const [first = '', second = '', third = '', fourth = '', fifth = ''] = runs
    const acting = Object.values(it.run(first)?.tokens ?? {})[0]
    it.command('engine.run.skip', { run: first, token: acting?.id, port: 'out', data: null, reason: 'done by hand' })
    it.restart()
    expect([it.at(first), it.at(second), it.at(third)]).toEqual([['after'], ['work'], ['lock']])
    // The third waits on its place on another version of the flow.
    const next = guarded().node('more', 'test.act').wire('after', 'more').build()
    it.command('engine.flow.put', { flow: compilePlainly(next, kindsOf(testNodes), 2), activate: true })
    const preview = it.command('engine.run.preview-move', { run: third, version: 2 }) as { shown: string; obstacles: readonly unknown[] }
    expect(preview.obstacles).toEqual([])
    it.command('engine.run.move', { run: third, version: 2, shown: preview.shown, reason: 'mended' })
    expect(it.run(third)).toMatchObject({ version: 2 })
    it.command('engine.run.cancel', { run: fourth })
    it.restart()
    it.done(second, 'work')
    expect([it.at(third), it.at(fifth)]).toEqual([['work'], ['lock']])
    it.command('engine.run.cancel', { run: third })
    expect([it.run(third)?.status, it.run(fourth)?.status, it.at(fifth)]).toEqual(['cancelled', 'cancelled', ['work']])
    it.done(fifth, 'work')
    expect(it.store.records.count(locksTable)).toBe(0)
  })

  test('is held and waited for across a restart', () => {
    const it = world(guarded().build())
    const [first, second] = [it.start('one'), it.start('one')]
    it.restart()
    it.done(first, 'work')
    expect(it.at(second)).toEqual(['work'])
  })
})

describe('what goes first in the queue of a lock', () => {
  const ranked = (key: string, priority: 'high' | 'low') => guarded(key).settings({ priority }).build()
  const fence = () => guarded('fence').build()

  test('a withdrawal, then what is high, then the rest in the order in which they came, and what is low last', () => {
    const it = world(guarded().build(), ranked('low', 'low'), ranked('high', 'high'), urgent(fence()))
    const holder = it.start('one')
    const [low, first, second, high, fenced] = ['low', 'one', 'one', 'high', 'fence'].map((key) => it.start(key))
    let inside = holder
    const order: string[] = []
    for (let turn = 0; turn < 5; turn++) {
      it.done(inside, 'work')
      inside = [low, first, second, high, fenced].find((run) => !order.includes(run ?? '') && it.at(run ?? '')[0] === 'work') ?? ''
      order.push(inside)
    }
    expect(order).toEqual([fenced, high, first, second, low])
  })

  test('whoever has waited longest is passed seven times and no more', () => {
    const it = world(guarded().build(), urgent(fence()))
    let inside = it.start('one')
    const patient = it.start('one')
    const fences = Array.from({ length: 9 }, () => it.start('fence'))
    let passed = 0
    while (it.at(patient)[0] !== 'work' && passed < 20) {
      it.done(inside, 'work')
      inside = fences.find((run) => it.at(run)[0] === 'work') ?? patient
      if (inside !== patient) passed++
    }
    expect(passed).toBe(fairEach - 1)
  })

  test('a withdrawal does not stand behind a line that waits for a narrower lock of the same name', () => {
    const it = world(
      guarded('wide', { limit: 2 }).build(),
      guarded('narrow', { limit: 1 }).build(),
      urgent(guarded('fence', { limit: 2 }).build()),
    )
    it.start('wide')
    const narrow = it.start('narrow')
    const [plain, fenced] = [it.start('wide'), it.start('fence')]
    expect([narrow, plain, fenced].map(it.at)).toEqual([['lock'], ['lock'], ['work']])
  })

  test('ranks and how often one was passed outlive a restart', () => {
    const it = world(guarded().build(), urgent(fence()))
    const holder = it.start('one')
    const [plain, fenced] = [it.start('one'), it.start('fence')]
    it.restart()
    it.done(holder, 'work')
    expect([plain, fenced].map(it.at)).toEqual([['lock'], ['work']])
    expect(it.store.records.list(locksTable, { where: { run: plain } })).toMatchObject([{ rank: null, passed: 1 }])
  })
})

describe('locks that could wait for each other for ever', () => {
  const both = (key: string, first: string, second: string) =>
    flow(key)
      .node('start', 'core.manual')
      .node('outer', 'test.lock', { key: first })
      .node('work', 'test.act')
      .node('inner', 'test.lock', { key: second })
      .node('more', 'test.act')
      .wire('start', 'outer')
      .wire('outer', 'work')
      .wire('work', 'inner')
      .wire('inner', 'more')
      .build()

  test('the one that would close the ring fails with the reason, and the other goes on', () => {
    const it = world(both('ab', 'a', 'b'), both('ba', 'b', 'a'))
    const [first, second] = [it.start('ab'), it.start('ba')]
    it.done(first, 'work')
    expect(it.at(first)).toEqual(['inner'])
    it.done(second, 'work')
    expect(it.run(second)?.tokens).toMatchObject({ t3: { state: 'incident', error: { code: 'SLU_LOCK_DEADLOCK' } } })
    it.command('engine.run.cancel', { run: second })
    expect(it.at(first)).toEqual(['more'])
  })

  test('a ring through a third is found too, and a queue without a ring is not refused', () => {
    const it = world(both('ab', 'a', 'b'), both('bc', 'b', 'c'), both('ca', 'c', 'a'))
    const runs = [it.start('ab'), it.start('bc'), it.start('ca')] as const
    it.done(runs[0], 'work')
    it.done(runs[1], 'work')
    expect(runs.slice(0, 2).map((run) => it.run(run)?.status)).toEqual(['waiting', 'waiting'])
    it.done(runs[2], 'work')
    expect(it.run(runs[2])?.status).toBe('incident')
  })
})

describe('lines of one run that take turns, when some are taken away', () => {
  /** Three lines, one after the other in any order; the first two stand in groups that acts behind the start take away. */
  const turns = () =>
    flow('turns')
      .node('start', 'core.manual')
      .node('lockA', 'test.lock', { key: 'turn' })
      .node('a', 'test.act')
      .node('unlockA', 'test.unlock')
      .node('lockB', 'test.lock', { key: 'turn' })
      .node('b', 'test.act')
      .node('unlockB', 'test.unlock')
      .node('lockC', 'test.lock', { key: 'turn' })
      .node('c', 'test.act')
      .node('unlockC', 'test.unlock')
      .node('stopA', 'test.act')
      .node('stopB', 'test.act')
      .node('gone', 'test.act')
      .group('groupA', ['lockA', 'a', 'unlockA'], { cancel: true })
      .group('groupB', ['lockB', 'b', 'unlockB'], { cancel: true })
      .wire('start', 'lockA', 'lockB', 'lockC', 'stopA', 'stopB')
      .wire('lockA', 'a')
      .wire('a', 'unlockA')
      .wire('lockB', 'b')
      .wire('b', 'unlockB')
      .wire('lockC', 'c')
      .wire('c', 'unlockC')
      .wire('stopA', 'groupA.cancel')
      .wire('stopB', 'groupB.cancel')
      .wire('groupA.cancelled', 'gone')
      .wire('groupB.cancelled', 'gone')
  const places = (it: ReturnType<typeof world>, run: string) => [...it.at(run)].sort()

  test('the turn of a line that holds it goes on to the next in the same request, also after a restart', () => {
    const it = world(turns().build())
    const run = it.start('turns')
    expect(places(it, run)).toEqual(['a', 'lockB', 'lockC', 'stopA', 'stopB'])
    it.restart()
    it.done(run, 'stopA')
    expect(places(it, run)).toEqual(['b', 'gone', 'lockC', 'stopB'])
    it.done(run, 'b')
    expect(places(it, run)).toEqual(['c', 'gone', 'stopB'])
    it.done(run, 'c')
    expect(it.store.records.count(locksTable)).toBe(0)
  })

  test('a line that waits for its turn is forgotten, and who stands behind it is next', () => {
    const it = world(turns().build())
    const run = it.start('turns')
    it.done(run, 'stopB')
    expect(places(it, run)).toEqual(['a', 'gone', 'lockC', 'stopA'])
    it.restart()
    it.done(run, 'a')
    expect(places(it, run)).toEqual(['c', 'gone', 'stopA'])
  })

  test('a line that is given its turn and taken away in one request hands it on', () => {
    // Leaving the lock gives the turn to the next line, and the same line then takes that one away.
    const it = world(turns().wire('unlockA', 'groupB.cancel').build())
    const run = it.start('turns')
    it.done(run, 'a')
    expect(places(it, run)).toEqual(['c', 'gone', 'stopA', 'stopB'])
    it.done(run, 'c')
    expect(it.store.records.count(locksTable)).toBe(0)
  })

  test('a line that took another one away while it had its turn keeps the turn as long as it lives', () => {
    const it = world(turns().wire('a', 'groupB.cancel').build())
    const run = it.start('turns')
    it.done(run, 'a')
    expect(places(it, run)).toEqual(['gone', 'lockC', 'stopA', 'stopB'])
    it.done(run, 'gone')
    expect(places(it, run)).toEqual(['c', 'stopA', 'stopB'])
  })

  test('the turns of a cancelled run go to other runs, all at once and in order', () => {
    const it = world(turns().build(), guarded('one', { key: 'turn' }).build())
    const run = it.start('turns')
    const others = [it.start('one'), it.start('one')] as const
    expect(others.map(it.at)).toEqual([['lock'], ['lock']])
    it.command('engine.run.cancel', { run })
    expect([it.run(run)?.status, ...others.map(it.at)]).toEqual(['cancelled', ['work'], ['lock']])
    it.done(others[0], 'work')
    expect(it.at(others[1])).toEqual(['work'])
  })

  test('a line whose time is up while it waits for its turn leaves the queue, and its run goes on', () => {
    const it = world(turns().group('late', ['lockB'], { timeout: 'PT5S' }).wire('late.timeout', 'gone').build())
    const run = it.start('turns')
    it.advance(5_000)
    expect(places(it, run)).toEqual(['a', 'gone', 'lockC', 'stopA', 'stopB'])
    it.done(run, 'a')
    expect(places(it, run)).toContain('c')
  })
})
