import { expect, test } from 'vitest'
import { emptyFlow, fromFile, overlaps } from '../../doc/index.ts'
import { toyCatalogue as catalogue } from '../../doc/testing/toy-catalogue.ts'
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
