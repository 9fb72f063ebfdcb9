import type { JsonObject } from '@sluice/flows'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CompiledFlow, CompiledNode } from '../core/compiled.ts'
import type { FlowEvent } from '../core/run.ts'
import { buildTriggerIndex, matchEvent, type TriggerRuntime, typeFits } from './index.ts'
import { patternsFor } from './type-pattern.ts'

const onEvent: TriggerRuntime = {
  trigger: {
    eventTypes: (config) => [String(config.type)],
    matches: (event, config) => typeFits(String(config.type), event.type),
  },
}
const runtimes = new Map<string, TriggerRuntime>([['core.event', onEvent]])

function flow(key: string, config: JsonObject, type = 'core.event'): CompiledFlow {
  const node: CompiledNode = {
    id: 'start',
    type,
    behaviour: 'trigger',
    effect: 'none',
    config,
    out: {},
    join: null,
    retry: null,
    timeoutMs: null,
    reachesJoins: [],
  }
  const settings = { dedupe: null }
  return {
    key,
    version: 1,
    digest: `d-${key}`,
    nodes: { start: node },
    triggers: ['start'],
    onError: 'incident',
    timeoutMs: null,
    settings,
  }
}

function event(type: string, data: FlowEvent['data'] = {}): FlowEvent {
  return { id: 'e', source: 's', type, subject: 'c-1', time: '2026-01-01T00:00:00Z', data }
}

function started(flows: readonly CompiledFlow[], incoming: FlowEvent, types = runtimes): readonly string[] {
  return matchEvent(buildTriggerIndex(flows, types), incoming, 0).starts.map((match) => match.flow.key)
}

test('an event starts the flows that listen to its type, to everything below a name, or to everything', () => {
  const flows = ['order.placed', 'order.*', '*', 'order', 'order.placed.late', 'orders.*'].map((type) => flow(type, { type }))
  expect(started(flows, event('order.placed')).toSorted()).toEqual(['*', 'order.*', 'order.placed'])
  expect(started(flows, event('order'))).toEqual(['order', '*'])
})

test('a filter decides over the event, and one that fails starts nothing and is reported', () => {
  const flows = ['event.data.amount > 10', '{% event.data.vip %}', ''].map((filter, at) => flow(`f${at}`, { type: 'x', filter }))
  expect(started(flows, event('x', { amount: 11 }))).toEqual(['f0', 'f2'])
  expect(started(flows, event('x', { amount: 9, vip: [false, true] }))).toEqual(['f1', 'f2'])
  const matched = matchEvent(buildTriggerIndex(flows, runtimes), event('x', { amount: 'much' }), 0)
  expect(matched.starts.map(({ flow: { key } }) => key)).toEqual(['f2'])
  expect(matched.failures).toMatchObject([{ flow: { key: 'f0' }, error: { code: 'SLU_EXPRESSION_FAILED' } }])
})

test('a filter that is broken or needs the worker starts nothing', () => {
  const flows = ['event.(', '$map([1], function($x) { $x })'].map((filter, at) => flow(`f${at}`, { type: 'x', filter }))
  expect(started(flows, event('x'))).toEqual([])
})

test('the pack has the last word on fitting, and says who the run is about', () => {
  const trigger = { eventTypes: () => ['x', 'x', 'x.*'], matches: (it: FlowEvent) => it.data !== null, subject: () => 'someone' }
  const types = new Map<string, TriggerRuntime>([['core.event', { trigger }]])
  const index = buildTriggerIndex([flow('f', {})], types)
  expect(matchEvent(index, event('x'), 0).starts).toMatchObject([{ trigger: 'start', subject: 'someone' }])
  expect(matchEvent(index, event('x', null), 0).starts).toEqual([])
})

test('a pack that throws and a pack that is gone disturb nobody else', () => {
  const angry: TriggerRuntime = {
    trigger: {
      eventTypes: () => ['x'],
      matches: () => {
        throw new Error('no')
      },
    },
  }
  const types = new Map([...runtimes, ['bad.trigger', angry] as const])
  const flows = [flow('bad', {}, 'bad.trigger'), flow('gone', {}, 'gone.trigger'), flow('good', { type: 'x' })]
  const matched = matchEvent(buildTriggerIndex(flows, types), event('x'), 0)
  expect(matched.starts.map(({ flow: { key } }) => key)).toEqual(['good'])
  expect(matched.failures.map(({ flow: { key } }) => key)).toEqual(['bad'])
})

test('the index finds exactly the patterns that fit', () => {
  const part = fc.constantFrom('a', 'b', '', '*', 'constructor', '__proto__')
  const dotted = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'))
  const pattern = fc.oneof(
    dotted,
    dotted.map((name) => `${name}.*`),
    fc.constant('*'),
  )
  fc.assert(
    fc.property(pattern, dotted, (listened, type) => {
      const found = listened === type || patternsFor(type).includes(listened)
      expect(found).toBe(typeFits(listened, type) || listened === type)
    }),
    { numRuns: 2_000 },
  )
})

test('no event makes matching throw', () => {
  const filters = ['event.data.a.b.c = 1', '$sum(event.data.list) > 3', '$string(event) != ""', 'event.data[0].x in event.data.y']
  const index = buildTriggerIndex(
    filters.map((filter, at) => flow(`f${at}`, { type: '*', filter })),
    runtimes,
  )
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), (type, data) => {
      const { starts, failures } = matchEvent(index, event(type, data as FlowEvent['data']), 0)
      expect(starts.length + failures.length).toBeLessThanOrEqual(filters.length)
    }),
  )
})
