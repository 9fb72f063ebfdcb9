import type { FlowDefinition, FlowSettings } from '@sluice/flows'
import { expect, test } from 'vitest'
import type { CompiledFlow } from '../core/index.ts'
import { compilePlainly } from '../testing/builders/compile-plainly.ts'
import { flow, kindsOf, memoryStore, runtimesOf, testNodes } from '../testing/index.ts'
import { Random } from '../testing/simulation/random.ts'
import { type BegunRow, createEngine, type EngineRequest, engineLimits } from './index.ts'
import { fairEach } from './rank.ts'

const actor = { kind: 'user', id: 'u' } as const

function drawn(key: string, settings: FlowSettings = {}): FlowDefinition {
  return flow(key).node('start', 'test.event', { type: key }).node('work', 'test.act').wire('start', 'work').settings(settings).build()
}

const compiled = (definition: FlowDefinition): CompiledFlow => compilePlainly(definition, kindsOf(testNodes))

/** What the compiler makes of a flow that a withdrawal starts. */
function urgent(definition: FlowDefinition): CompiledFlow {
  const plain = compiled(definition)
  return { ...plain, settings: { ...plain.settings, priority: 'withdrawal' } }
}

/** An engine whose outside answers only when told to. */
function world(flows: readonly CompiledFlow[]) {
  const store = memoryStore()
  const begun: BegunRow[] = []
  let now = 1_000
  let ids = 0
  const engine = createEngine({
    store,
    clock: { now: () => now },
    newId: () => `id${String(++ids).padStart(6, '0')}`,
    random: () => 0.5,
    nodes: runtimesOf(testNodes),
    commands: new Map(),
    gates: [],
    dispatch: { effects: (rows) => begun.push(...rows), feed: () => {} },
    fence: { bump: () => {}, read: () => 0 },
  })
  for (const one of flows) engine.execute([{ kind: 'command', name: 'engine.flow.put', payload: { flow: one, activate: true }, actor }])
  const event = (type: string): EngineRequest => ({
    kind: 'event',
    event: { id: `e${++ids}`, source: 't', type, subject: 's', time: '2026-03-02T03:00:00Z', data: null },
    actor,
  })
  return {
    engine,
    store,
    begun,
    send: (...types: readonly string[]) => engine.execute(types.map(event)),
    answer(count: number) {
      const rows = begun.splice(0, count)
      engine.execute(rows.map(({ id }) => ({ kind: 'effect.result', id, outcome: { kind: 'output', port: 'out', data: null } })))
    },
    event,
    pass: (ms: number) => {
      now += ms
    },
  }
}

const flowOf = (row: BegunRow, { store }: ReturnType<typeof world>): string => store.runs.load(row.run ?? '')?.state.flow ?? ''
const fill = (count: number, type: string): readonly string[] => Array.from({ length: count }, () => type)

test('behind a thousand acts at work, what a withdrawal orders begins first, then what is high, and what is low last', () => {
  const it = world([
    compiled(drawn('plain')),
    compiled(drawn('low', { priority: 'low' })),
    compiled(drawn('high', { priority: 'high' })),
    urgent(drawn('fence')),
  ])
  it.send(...fill(engineLimits.effectsInFlightMax, 'plain'))
  for (const type of ['low', 'plain', 'high', 'fence']) it.send(...fill(5, type))
  expect(it.begun).toHaveLength(engineLimits.effectsInFlightMax)
  const first = it.begun.length
  it.answer(7)
  const order = it.begun.slice(first - 7).map((row) => flowOf(row, it))
  expect(order.slice(0, 5)).toEqual(fill(5, 'fence'))
  expect(order.slice(5)).toEqual(fill(2, 'high'))
})

test('room that came free goes by rank, also when a new act is ordered in the very same commit', () => {
  const it = world([compiled(drawn('plain')), urgent(drawn('fence'))])
  it.send(...fill(engineLimits.effectsInFlightMax, 'plain'))
  it.send('fence')
  const [row] = it.begun.splice(0, 1)
  it.engine.execute([{ kind: 'effect.result', id: row?.id ?? '', outcome: { kind: 'output', port: 'out', data: null } }, it.event('plain')])
  expect(flowOf(it.begun.at(-1) as BegunRow, it)).toBe('fence')
})

test('a called run goes with the run that called it', () => {
  const caller = flow('fence')
    .node('start', 'test.event', { type: 'fence' })
    .node('call', 'test.call', { flow: 'plain' })
    .wire('start', 'call')
    .build()
  const it = world([compiled(drawn('plain')), urgent(caller)])
  it.send('fence')
  const [row] = it.begun
  expect(row).toMatchObject({ rank: -1 })
  expect(it.store.runs.load(row?.run ?? '')?.state).toMatchObject({ flow: 'plain', rank: -1 })
  it.send('plain')
  expect(it.begun[1]).not.toHaveProperty('rank')
  expect(it.store.runs.load(it.begun[1]?.run ?? '')?.state).not.toHaveProperty('rank')
})

test('the host is told what goes first: by the flows that listen, by the flow to start, by the run whose act came back', () => {
  const it = world([compiled(drawn('plain')), compiled(drawn('low', { priority: 'low' })), urgent(drawn('fence'))])
  const rank = (request: EngineRequest) => it.engine.rankOf(request)
  expect([rank(it.event('fence')), rank(it.event('plain')), rank(it.event('low')), rank(it.event('nobody'))]).toEqual([-1, 1, 2, 1])
  expect(rank({ kind: 'command', name: 'runs.start', payload: { flow: 'low' }, actor })).toBe(2)
  it.send('fence', 'plain')
  const outcome = { kind: 'output', port: 'out', data: null } as const
  expect(it.begun.map(({ id }) => rank({ kind: 'effect.result', id, outcome }))).toEqual([-1, 1])
  it.answer(2)
  expect(rank({ kind: 'effect.result', id: 'gone', outcome })).toBe(1)
})

test.each([1, 2, 3, 4, 5])(
  'seed %i: under a stream of urgent work that never ends, urgent acts hardly wait and no other waits for ever',
  (seed) => {
    const random = new Random(seed)
    const it = world([compiled(drawn('plain')), compiled(drawn('low', { priority: 'low' })), urgent(drawn('fence'))])
    it.send(...fill(engineLimits.effectsInFlightMax, 'plain'))
    const waiting = new Map<string, number>()
    const waited = { fence: 0, plain: 0, low: 0 }
    let seen = it.begun.length
    it.send(...fill(40, 'plain'), ...fill(10, 'low'))
    const places = 8
    let queuedFences = 0
    for (let turn = 0; turn < 400; turn++) {
      it.pass(10)
      // As many urgent acts as there is room for, in clumps.
      const more = random.between(0, 2 * places)
      queuedFences += more
      if (more > 0) it.send(...fill(more, 'fence'))
      for (const row of it.store.allOutbox()) if (row.state === 'queued' && !waiting.has(row.id)) waiting.set(row.id, turn)
      it.answer(places)
      seen -= places
      for (const row of it.begun.slice(seen)) {
        const key = flowOf(row, it) as keyof typeof waited
        waited[key] = Math.max(waited[key], turn - (waiting.get(row.id) ?? turn))
      }
      seen = it.begun.length
    }
    const left = it.store.allOutbox().filter(({ state, rank }) => state === 'queued' && rank !== -1)
    expect(queuedFences).toBeGreaterThan(2_000)
    expect(left).toEqual([])
    // One place of eight, eight places a turn: fifty others are done within fifty turns.
    expect(Math.max(waited.plain, waited.low)).toBeLessThanOrEqual((50 * fairEach) / places + 1)
    expect(waited.plain).toBeGreaterThan(0)
  },
)
