import type { FlowDefinition } from '@sluice/flows'
import { expect, test } from 'vitest'
import { differencesFrom, durationOf, expectationOf, msOf, orderOfTest, testOf, unsayable } from './flow-test.ts'
import { expected, playTest } from './play-test.ts'
import { openTasks, type Simulated } from './result.ts'
import { testShelf } from './saved-tests.ts'
import { answered, jumped, newSession, orderOf, type Session, span, stoodIn, usesIn } from './session.ts'
import { createSimulation } from './simulation-store.ts'

const startAt = Date.parse('2026-03-02T09:00:00Z')
const flow = { format: 'sluice/flow@1', key: 'f', name: 'F', nodes: [], edges: [] } as unknown as FlowDefinition
const uses = [{ purpose: 'recommendation', scene: 'quote_push' }]
const begin = { kind: 'event', type: 'asked', subject: 'c-1', data: { n: 1 } } as const
const fresh = (): Session => newSession(begin, uses, 'u-1', startAt)

const item = (kind: string, at: number, more: object = {}) => ({
  seq: 1,
  at: new Date(at).toISOString(),
  kind,
  run: 'r',
  flow: 'f',
  ...more,
})
const simulated = (timeline: readonly object[], state = 'succeeded', output: unknown = 1): Simulated =>
  ({
    flow: 'f',
    runs: [{ run: 'r', flow: 'f', state, output, error: null, waits: [] }],
    timeline,
    acts: [],
    endedAt: '',
    truncated: false,
  }) as never

test('the order names the person once, with what they agreed to, and when it stops', () => {
  const order = orderOf({ ...fresh(), later: [{ type: 'more', subject: 'c-1', data: null, after: 5 }] }, flow)
  expect(order).toMatchObject({
    flow,
    events: [
      { type: 'asked', subject: 'c-1', after: 0 },
      { type: 'more', after: 5 },
    ],
    customers: [{ id: 'c-1', owner: 'u-1' }],
    consents: [{ customer: 'c-1', ...uses[0] }],
    until: 0,
  })
  expect(orderOf({ ...fresh(), begin: { kind: 'manual', trigger: 't', input: 2 } }, flow)).toMatchObject({
    start: { trigger: 't', input: 2 },
    events: [],
    consents: [],
  })
})

test('time goes on by a length or to the next thing, never back, and not beyond a year', () => {
  expect(jumped(fresh(), 'day', [])?.until).toBe(span.day)
  expect(jumped(fresh(), 'next', [startAt + 9_000, startAt + 4_000])?.until).toBe(4_000)
  expect(jumped({ ...fresh(), until: 9_000 }, 'next', [startAt + 9_000, startAt + 4_000])).toBeNull()
  expect(jumped({ ...fresh(), until: 366 * span.day }, 'week', [])?.until).toBe(366 * span.day)
})

test('an answer counts from when the task was put to somebody, and a stand-in is forgotten again', () => {
  const later = { ...fresh(), until: span.day }
  expect(answered(later, { node: 'ask', askedAt: startAt + 1_000 }, 'approve', {}).answers).toEqual([
    { node: 'ask', action: 'approve', data: {}, after: span.day - 1_000 },
  ])
  const told = stoodIn(later, 'send', { port: 'out', data: 1 })
  expect(told.standIns).toEqual({ send: [{ port: 'out', data: 1 }] })
  expect(stoodIn(told, 'send', null).standIns).toEqual({})
})

test('consents are read from the steps, each use once, and no expression is taken for a name', () => {
  const [use] = uses
  expect(usesIn([{ config: use }, { config: use }, { config: { purpose: '{% x %}', scene: 'quote_push' } }, {}])).toEqual(uses)
})

test('a task is open from its question to its answer', () => {
  const asked = item('node.waiting', startAt, { node: 'ask', token: 't1', wait: { kind: 'task', actions: ['approve'], dueAt: 5 } })
  expect(openTasks([asked])).toEqual([{ node: 'ask', actions: ['approve'], askedAt: startAt, dueAt: 5, asked: null }])
  expect(openTasks([asked, item('task.noted', startAt, { node: 'ask', token: 't1' })])).toHaveLength(1)
  expect(openTasks([asked, item('task.answered', startAt, { node: 'ask', token: 't1' })])).toEqual([])
})

test('a session becomes a flow test, and durations read back as they were written', () => {
  const told = answered(stoodIn({ ...fresh(), until: span.day }, 'send', { data: 1 }), { node: 'ask', askedAt: startAt }, 'approve', {})
  expect(testOf(told, 'one')).toEqual({
    name: 'one',
    given: [
      { command: 'crm.create-customer', payload: { id: 'c-1', name: 'c-1', owner: 'u-1' } },
      { command: 'consent.grant', payload: { customer: 'c-1', ...uses[0], act: 'button', language: 'en' } },
    ],
    event: { type: 'asked', subject: 'c-1', data: { n: 1 } },
    mocks: { send: { data: 1 } },
    answers: { ask: { action: 'approve', data: {} } },
    advance: 'P1D',
  })
  for (const ms of [0, 1_000, span.hour, span.day, span.week + 61_000]) expect(msOf(durationOf(ms))).toBe(ms)
  expect(orderOfTest(testOf(told, 'one'), '', flow)).toMatchObject({ until: 2 * span.day, startAt: '2026-03-02T09:00:00.000Z' })
})

test('what a flow test cannot say is said before it is saved', () => {
  const ask = { node: 'ask', askedAt: startAt }
  expect(unsayable(answered(answered(fresh(), ask, 'a', {}), ask, 'b', {}))).toBe('answers')
  expect(unsayable({ ...fresh(), standIns: { a: [{}, { real: true }] } })).toBe('stand-ins')
  expect(unsayable(answered(fresh(), ask, 'a', {}))).toBeNull()
})

test('a test is played in two halves: time passes, then people answer at that moment', async () => {
  const asked = item('node.waiting', startAt + 1_000, { node: 'ask', token: 't1', wait: { kind: 'task', actions: ['approve'] } })
  const orders: { readonly until: number; readonly answers?: readonly { readonly after: number }[] }[] = []
  const play = (_flow: string, order: object) => {
    orders.push(order as never)
    return Promise.resolve(
      orders.length % 2 === 1
        ? simulated([asked], 'waiting')
        : simulated([asked, item('task.answered', startAt + span.day, { node: 'ask', token: 't1' })]),
    )
  }
  const told = testOf(answered({ ...fresh(), until: span.day }, { node: 'ask', askedAt: startAt }, 'approve', {}), 'one')
  expect(await expected(play, told, '', flow)).toMatchObject({ expect: { state: 'succeeded', output: 1 } })
  expect(orders.map(({ until }) => until)).toEqual([span.day, 2 * span.day])
  expect(orders[1]?.answers).toMatchObject([{ after: span.day - 1_000 }])
  // The answer came before its time: `sluice test` would find that the step asks nobody.
  expect(await playTest(() => Promise.resolve(simulated([asked])), told, '', flow)).toBeNull()
})

test('an expectation is what the run did, and names what differs', () => {
  const done = simulated([item('node.completed', startAt, { node: 'b' }), item('node.completed', startAt, { node: 'a' })])
  expect(expectationOf(done)).toEqual({ state: 'succeeded', output: 1, passed: ['a', 'b'] })
  expect(differencesFrom(expectationOf(done), done)).toEqual([])
  expect(differencesFrom({ state: 'failed', output: 2, passed: ['c'] }, done)).toEqual(['state', 'output', 'passed'])
  expect(differencesFrom({ starts: false }, done)).toEqual(['starts'])
  expect(differencesFrom({ starts: false }, { ...done, runs: [] })).toEqual([])
})

test('what was told last can be taken back, a refusal changes nothing, and a late answer is dropped', async () => {
  const waiting: ((result: Simulated | Error) => void)[] = []
  const simulation = createSimulation(
    () => new Promise((resolve, reject) => waiting.push((it) => (it instanceof Error ? reject(it) : resolve(it)))),
  )
  const first = simulation.tell(fresh(), flow)
  waiting[0]?.(simulated([]))
  expect(await first).toBe(true)
  const second = simulation.tell({ ...fresh(), until: 1 }, flow)
  const third = simulation.tell({ ...fresh(), until: 2 }, flow)
  waiting[2]?.(simulated([], 'waiting'))
  waiting[1]?.(simulated([], 'failed'))
  expect([await second, await third]).toEqual([false, true])
  expect(simulation.getState()).toMatchObject({ session: { until: 2 }, result: { runs: [{ state: 'waiting' }] }, past: [{ until: 0 }] })
  const refused = simulation.tell({ ...fresh(), until: 3 }, flow)
  waiting[3]?.(new Error('no'))
  expect(await refused).toBe(false)
  expect(simulation.getState()).toMatchObject({ session: { until: 2 }, isPlaying: false })
  const back = simulation.takeBack(flow)
  waiting[4]?.(simulated([]))
  expect(await back).toBe(true)
  expect(simulation.getState()).toMatchObject({ session: { until: 0 }, past: [] })
})

test('saved tests survive a reload, and rubbish in their place is no test', () => {
  const kept = new Map<string, string>()
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) }
  const shelf = testShelf(storage)
  shelf.write('f', [{ name: 'one', expect: {} }])
  expect(testShelf(storage).read('f')).toEqual([{ name: 'one', expect: {} }])
  kept.set('sluice.flow-tests.f', '{ rubbish')
  expect(shelf.read('f')).toEqual([])
  expect(shelf.read('other')).toEqual([])
})
