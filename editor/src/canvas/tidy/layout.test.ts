import { expect, test } from 'vitest'
import { emptyFlow, fromFile, overlaps } from '../../doc/index.ts'
import { toyCatalogue as catalogue } from '../../doc/testing/toy-catalogue.ts'
import { layers } from './layers.ts'
import { layout } from './layout.ts'
import { requestFor } from './tidy.ts'

/** A comb: every third step forks into a short side line. */
function comb(count: number) {
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `s${index}`,
    type: index % 3 === 0 ? 'toy.fork' : 'toy.step',
    at: [0, 0] as [number, number],
  }))
  const edges = nodes.slice(1).map((node, index) => ({
    from: `s${index - (index % 3 === 1 ? 1 : 0)}.${(index - (index % 3 === 1 ? 1 : 0)) % 3 === 0 ? (index % 3 === 0 ? 'true' : 'false') : 'out'}`,
    to: `${node.id}.in`,
  }))
  return fromFile({ ...emptyFlow('comb', 'Comb'), nodes, edges })
}

test('a tidied flow has no overlaps and its wires lead to the right', () => {
  const doc = comb(100)
  const request = requestFor(doc, catalogue, new Set(doc.nodes.keys()))
  const places = new Map(layout({ id: 1, ...request }).places.map(([id, x, y]) => [id, { x, y }]))
  const boxes = request.boxes.map((box) => ({ ...box, ...(places.get(box.id) ?? { x: 0, y: 0 }) }))
  boxes.forEach((box, index) => {
    for (const other of boxes.slice(index + 1)) expect(overlaps(box, other), `${box.id} ${other.id}`).toBe(false)
  })
  for (const wire of request.wires) expect(places.get(wire.to)?.x ?? 0).toBeGreaterThan(places.get(wire.from)?.x ?? 0)
})

test('the upper port leads to the upper step', () => {
  const doc = fromFile({
    ...emptyFlow('fork', 'Fork'),
    nodes: ['fork', 'no', 'yes'].map((id) => ({ id, type: id === 'fork' ? 'toy.fork' : 'toy.step', at: [0, 0] })),
    edges: [
      { from: 'fork.false', to: 'no.in' },
      { from: 'fork.true', to: 'yes.in' },
    ],
  })
  const request = requestFor(doc, catalogue, new Set(doc.nodes.keys()))
  expect(request.wires.map((wire) => wire.to)).toEqual(['yes', 'no'])
})

test('a line too long for the layout library is laid out in columns, and a loop leads back', () => {
  const line = Array.from({ length: 5_000 }, (_, index) => ({ id: `s${index}`, width: 216, height: 84 }))
  const wires = [
    ...line.slice(1).map(({ id }, index) => ({ from: `s${index}`, to: id })),
    { from: 's10', to: 's3' },
    { from: 's0', to: 's2' },
    { from: 'a', to: 'b' },
    { from: 'b', to: 'a' },
  ]
  const boxes = [...line, ...['a', 'b'].map((id) => ({ id, width: 216, height: 64 }))]
  const places = layers({ boxes, wires }, { ranksep: 96, nodesep: 40 })
  expect(places).toHaveLength(5_002)
  const at = new Map(places.map(([id, x, y]) => [id, { id, x, y, width: 216, height: 84 }]))
  const x = (id: string) => at.get(id)?.x ?? Number.NaN
  expect([x('s0'), x('s1'), x('s2'), x('s4999')]).toEqual([0, 312, 624, 4_999 * 312])
  expect(x('s10')).toBeGreaterThan(x('s3'))
  expect(x('b')).toBe(x('a') + 312)
  const start = ['s0', 's1', 'a', 'b'].flatMap((id) => at.get(id) ?? [])
  start.forEach((box, index) => {
    for (const other of start.slice(index + 1)) expect(overlaps(box, other), `${box.id} ${other.id}`).toBe(false)
  })
})
