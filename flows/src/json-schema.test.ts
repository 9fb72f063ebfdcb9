import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryFlow } from '../test/arbitrary-flow.ts'
import { flowJsonSchema, readFlow } from './index.ts'

const validate = new Ajv2020({ strict: false }).compile(flowJsonSchema())

test('the published schema accepts every flow that we read', () => {
  fc.assert(
    fc.property(arbitraryFlow, (flow) => {
      expect(validate(flow), JSON.stringify(validate.errors)).toBe(true)
    }),
  )
})

test('the published schema refuses what we refuse', () => {
  const good = { format: 'sluice/flow@1', key: 'k', name: 'K', nodes: [{ id: 'a', type: 'core.event', at: [0, 0] }], edges: [] }
  expect(readFlow(good).ok).toBe(true)
  for (const bad of [
    { ...good, x: 1 },
    { ...good, key: 'K' },
    { ...good, nodes: [{ id: 'a', type: 'core.event', at: [0, 0, 0] }] },
  ]) {
    expect(validate(bad)).toBe(false)
    expect(readFlow(bad).ok).toBe(false)
  }
})
