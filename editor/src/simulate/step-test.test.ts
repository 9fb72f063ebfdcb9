import type { Scope } from '@sluice/engine/expression'
import { type FlowDefinition, readFlow } from '@sluice/flows'
import { expect, test } from 'vitest'
import { fromFile } from '../doc/index.ts'
import { keepOutput, keptOf, keptOutputs } from '../inspect/data/kept-outputs.ts'
import { withKept } from '../inspect/data/with-kept.ts'
import type { Simulated } from './result.ts'
import { type StepTest, sealsIn, stepOrder, stepResult, withoutSeals } from './step-test.ts'

const flow = {
  format: 'sluice/flow@1',
  key: 'f',
  name: 'F',
  nodes: [
    { id: 'on', type: 'core.event', config: { type: 'lead.created' } },
    { id: 'input', type: 'core.transform', config: { value: '{% event.data.n + 1 %}' } },
    { id: 'send', type: 'core.http', config: { url: 'https://x.example', method: 'POST' }, retry: { attempts: 3 } },
    { id: 'unfinished', type: 'core.http' },
  ],
  edges: [
    { from: 'on.out', to: 'input.in' },
    { from: 'input.out', to: 'send.in' },
  ],
} as unknown as FlowDefinition
const sealed = { $masked: 'policy' }
const scope = {
  event: { id: 'e', source: '/s', type: 'lead.created', subject: 'c-1', time: '', data: { n: 1, phone: sealed } },
  input: 2,
  nodes: { on: { n: 1, phone: sealed }, input: 2 },
  vars: {},
  run: { id: 'r', flow: 'f', version: 1 },
  now: Date.parse('2026-03-02T09:00:00Z'),
} as unknown as Scope
const asked: StepTest = { flow, step: 'send', scope, input: 2, consents: [{ purpose: 'p', scene: 's' }], outside: null, sealed: 'sealed' }
interface Order {
  readonly flow: FlowDefinition
  readonly mocks: Readonly<Record<string, unknown>>
}

test('one step is a flow of its own: what set the sample off, the steps before as their results, the step without its retries', () => {
  const order = stepOrder(asked) as Order
  expect(readFlow(JSON.stringify(order.flow)).ok).toBe(true)
  expect(order.flow.nodes.map(({ id, type }) => `${id} ${type}`)).toEqual([
    'on core.event',
    'input core.transform',
    'input-2 core.transform',
    'send core.http',
  ])
  expect(order.flow.nodes.at(-1)).not.toHaveProperty('retry')
  expect(order.flow.edges.at(-1)).toEqual({ from: 'input-2.out', to: 'send.in' })
  expect(order).toMatchObject({
    events: [{ type: 'lead.created', subject: 'c-1', data: { n: 1, phone: 'sealed' } }],
    consents: [{ customer: 'c-1', purpose: 'p', scene: 's' }],
    mocks: { input: { data: 2 }, 'input-2': { data: 2 } },
    until: 0,
  })
  expect(order.mocks).not.toHaveProperty('send')
  expect(stepOrder({ ...asked, outside: { error: { code: 'X', message: 'X' } } })).toMatchObject({
    mocks: { send: { error: { code: 'X' } } },
  })
})

test('a sample without an event begins by hand, and no customer is made up', () => {
  expect(stepOrder({ ...asked, scope: { ...scope, event: null } })).toMatchObject({
    start: { trigger: 'on', input: { n: 1, phone: 'sealed' } },
    events: [],
    customers: [],
    consents: [],
  })
})

test('what is sealed for the reader never leaves as anything but the word for it', () => {
  const kinds = ['string', 'number', 'boolean'].map((type) => ({ $masked: 'policy', type }))
  expect(withoutSeals(kinds, 'sealed')).toEqual(['sealed', 0, false])
  expect(sealsIn({ a: [1, { b: sealed }], c: sealed })).toEqual(['a[1].b', 'c'])
  expect(withoutSeals({ a: [{ b: { $masked: 'frozen' } }], n: 1 }, 'x')).toEqual({ a: [{ b: 'x' }], n: 1 })
})

const simulated = (timeline: readonly object[], run: object = {}): Simulated =>
  ({
    flow: 'f',
    runs: [{ run: 'r', flow: 'f', state: 'running', output: null, error: null, waits: [], ...run }],
    timeline: timeline.map((item) => ({ run: 'r', flow: 'f', seq: 1, at: '', ...item })),
    acts: [
      { at: '', run: 'r', node: 'send', handler: 'http', request: { url: 'u' } },
      { at: '', run: 'r', node: 'other', handler: 'http', request: {} },
    ],
  }) as never

test('the result says how the step was left, why it failed, or what it waits for', () => {
  const done = simulated([{ kind: 'node.completed', node: 'send', port: 'ok', data: 5 }])
  expect(stepResult(done, 'send')).toEqual({ outcome: { kind: 'done', port: 'ok', data: 5, why: null }, acts: [{ url: 'u' }] })
  const failed = simulated([{ kind: 'incident.raised', node: 'send', error: { code: 'E', message: 'no' } }])
  expect(stepResult(failed, 'send').outcome).toEqual({ kind: 'failed', error: { code: 'E', message: 'no' } })
  const waits = simulated([], { waits: [{ node: 'send', kind: 'task', dueAt: null }] })
  expect(stepResult(waits, 'send').outcome).toEqual({ kind: 'waiting', wait: 'task', dueAt: null })
  expect(stepResult({ ...done, runs: [] }, 'send').outcome).toEqual({ kind: 'nothing' })
})

test('a kept output stands in for its step in the sample of the steps behind, and only there', () => {
  keepOutput('f', 'input', { port: 'out', data: { kept: true } })
  keepOutput('other', 'on', { port: 'out', data: 'elsewhere' })
  const doc = fromFile(flow)
  const kept = keptOf(keptOutputs.getState().byStep, 'f')
  const after = withKept(scope, null, kept, 'send', doc)
  expect(after.used).toEqual(['input'])
  expect(after.scope).toMatchObject({ input: { kept: true }, nodes: { on: { n: 1 }, input: { kept: true } } })
  expect(withKept(scope, null, kept, 'input', doc)).toEqual({ scope, used: [] })
  expect(withKept(null, scope, kept, 'send', doc).scope?.input).toEqual({ kept: true })
  keepOutput('f', 'input', null)
  expect(keptOf(keptOutputs.getState().byStep, 'f').size).toBe(0)
})
