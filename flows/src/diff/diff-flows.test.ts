import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryFlow } from '../../test/arbitrary-flow.ts'
import { diffFlows, type FlowDefinition } from '../index.ts'

const before: FlowDefinition = {
  format: 'sluice/flow@1',
  key: 'k',
  name: 'K',
  nodes: [
    { id: 'a', type: 'core.event', config: { type: 'x', nested: { keep: 1, change: 2 } }, at: [0, 0] },
    { id: 'b', type: 'core.stop' },
  ],
  edges: [{ from: 'a.out', to: 'b.in' }],
}

test('a flow differs from itself in nothing', () => {
  fc.assert(
    fc.property(arbitraryFlow, (flow) => {
      expect(diffFlows(flow, structuredClone(flow))).toMatchObject({ same: true, sameBehaviour: true })
    }),
  )
})

test('a change names the step and the smallest field, old and new', () => {
  const after: FlowDefinition = {
    ...before,
    name: 'L',
    nodes: [
      { id: 'a', type: 'core.event', config: { type: 'x', nested: { keep: 1, change: 3 } }, at: [10, 0] },
      { id: 'c', type: 'core.fail' },
    ],
    edges: [{ from: 'a.out', to: 'c.in' }],
    settings: { onError: 'fail' },
  }
  const diff = diffFlows(before, after)
  expect(diff.nodes.changed).toEqual([{ id: 'a', fields: [{ path: '/config/nested/change', before: 2, after: 3 }] }])
  expect(diff.nodes.moved).toEqual([{ id: 'a', before: [0, 0], after: [10, 0] }])
  expect(diff.nodes.added.map(({ id }) => id)).toEqual(['c'])
  expect(diff.nodes.removed.map(({ id }) => id)).toEqual(['b'])
  expect(diff.edges).toEqual({ added: [{ from: 'a.out', to: 'c.in' }], removed: [{ from: 'a.out', to: 'b.in' }] })
  expect(diff.settings).toEqual([
    { path: '/name', before: 'K', after: 'L' },
    { path: '/settings', before: undefined, after: { onError: 'fail' } },
  ])
  expect(diff.same).toBe(false)
})

test('a moved step changes the drawing, not what the flow does', () => {
  const [first, ...rest] = before.nodes
  const diff = diffFlows(before, { ...before, nodes: [{ ...(first as (typeof before.nodes)[0]), at: [5, 5] }, ...rest] })
  expect(diff).toMatchObject({ sameBehaviour: true, same: false, nodes: { changed: [] } })
})
