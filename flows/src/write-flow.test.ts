import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryFlow } from '../test/arbitrary-flow.ts'
import { canonicalFlow, type FlowDefinition, readFlow, writeFlow } from './index.ts'

const flow: FlowDefinition = {
  edges: [{ to: 'b.in', from: 'a.out' }],
  nodes: [
    { type: 'core.event', id: 'a', config: { type: 'order.placed' }, at: [0, 0] },
    {
      id: 'b',
      type: 'core.http-request',
      retry: { delayMs: 5, attempts: 2 },
      config: { url: 'x'.repeat(120), retry: { b: 1, attempts: 0 } },
    },
  ],
  name: { 'zh-CN': '流程', en: 'Flow' },
  key: 'orders',
  format: 'sluice/flow@1',
}

test('a file has one layout, whatever order the fields came in', () => {
  expect(writeFlow(flow)).toBe(`{
  "format": "sluice/flow@1",
  "key": "orders",
  "name": { "zh-CN": "流程", "en": "Flow" },
  "nodes": [
    { "id": "a", "type": "core.event", "config": { "type": "order.placed" }, "at": [0, 0] },
    {
      "id": "b",
      "type": "core.http-request",
      "config": {
        "url": "${'x'.repeat(120)}",
        "retry": { "b": 1, "attempts": 0 }
      },
      "retry": { "attempts": 2, "delayMs": 5 }
    }
  ],
  "edges": [
    { "from": "a.out", "to": "b.in" }
  ]
}
`)
})

test('reading a written file and writing it again gives the same bytes', () => {
  fc.assert(
    fc.property(arbitraryFlow, (random) => {
      const written = writeFlow(random)
      const read = readFlow(written)
      if (!read.ok) throw new Error(JSON.stringify(read.problems))
      expect(writeFlow(read.flow)).toBe(written)
      expect(read.flow).toEqual(random)
    }),
    { numRuns: 300 },
  )
})

test('the canonical text of a flow does not depend on the order of its fields', () => {
  fc.assert(
    fc.property(arbitraryFlow, (random) => {
      const shuffled = Object.fromEntries(Object.entries(random).reverse()) as unknown as FlowDefinition
      expect(canonicalFlow(shuffled)).toBe(canonicalFlow(random))
    }),
  )
})
