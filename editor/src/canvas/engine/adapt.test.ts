import { expect, test } from 'vitest'
import { emptyFlow, fromFile } from '../../doc/index.ts'
import { toyCatalogue as catalogue } from '../../doc/testing/toy-catalogue.ts'
import { Adapter } from './adapt.ts'

const doc = fromFile({
  ...emptyFlow('line', 'Line'),
  nodes: ['a', 'b', 'c'].map((id, index) => ({ id, type: 'toy.step', at: [index * 312, 0] as [number, number] })),
  edges: [
    { from: 'a.out', to: 'b.in' },
    { from: 'b.out', to: 'c.in' },
  ],
})
const none: ReadonlySet<string> = new Set()

test('choosing or moving a step gives the engine the same list of wires, and every other step as it was', () => {
  const adapter = new Adapter(catalogue)
  const [nodes, edges] = [adapter.toNodes(doc, none, new Map()), adapter.toEdges(doc, none)]
  const chosen = adapter.toNodes(doc, new Set(['b']), new Map())
  expect(adapter.toEdges(doc, new Set(['b']))).toBe(edges)
  expect(chosen[0]).toBe(nodes[0])
  expect(chosen[1]?.selected).toBe(true)
  const moved = adapter.toNodes(doc, new Set(['b']), new Map([['b', { x: 8, y: 8 }]]))
  expect(moved[1]?.position).toEqual({ x: 8, y: 8 })
  expect(moved[2]).toBe(nodes[2])
})

test('choosing another step tells the engine of two steps, and no card draws itself anew for it', () => {
  const adapter = new Adapter(catalogue)
  const before = adapter.toNodes(doc, new Set(['b']), new Map())
  const now = adapter.toNodes(doc, new Set(['c']), new Map())
  expect(now.filter((node, index) => node !== before[index]).map(({ id }) => id)).toEqual(['b', 'c'])
  // A card draws itself anew with new data only (StepNode); that it is chosen it reads itself.
  expect(now.filter((node, index) => node.data !== before[index]?.data)).toEqual([])
})

test('a wire that is chosen or gone is told, and leaves the list of steps as it is', () => {
  const adapter = new Adapter(catalogue)
  const [nodes, edges] = [adapter.toNodes(doc, none, new Map()), adapter.toEdges(doc, none)]
  const [wire] = [...doc.edges.keys()]
  const chosen = adapter.toEdges(doc, new Set([wire ?? '']))
  expect(adapter.toNodes(doc, new Set([wire ?? '']), new Map())).toBe(nodes)
  expect(chosen.map((edge) => edge.selected)).toEqual([true, false])
  const fewer = { ...doc, edges: new Map([...doc.edges].slice(1)) }
  expect(adapter.toEdges(fewer, none)).toEqual(edges.slice(1))
})
