import { expect, test } from 'vitest'
import { emptyFlow, fromFile, overlaps } from '../../doc/index.ts'
import { toyCatalogue as catalogue } from '../../doc/testing/toy-catalogue.ts'
import { type LayoutRequest, layout } from './layout.ts'
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

test('a line of thousands of steps is laid out, in columns, and a loop leads back', () => {
  const line = Array.from({ length: 5_000 }, (_, index) => ({ id: `s${index}`, width: 216, height: 84 }))
  const wires = [
    ...line.slice(1).map(({ id }, index) => ({ from: `s${index}`, to: id })),
    { from: 's10', to: 's3' },
    { from: 's0', to: 's2' },
    { from: 'a', to: 'b' },
    { from: 'b', to: 'a' },
  ]
  const boxes = [...line, ...['a', 'b'].map((id) => ({ id, width: 216, height: 64 }))]
  const at = placed(boxes, wires)
  expect(at.size).toBe(5_002)
  expect(['s0', 's1', 's2', 's4999'].map((id) => at.get(id)?.x)).toEqual([0, 312, 624, 4_999 * 312])
  expect(at.get('b')?.x).toBe((at.get('a')?.x ?? Number.NaN) + 312)
  expect(clashes([...at.values()].slice(0, 30))).toEqual([])
})

test('the longest way is straight, what leaves it stands beside it, and long wires have room between the steps', () => {
  const ids = ['start', 'fork', 'one', 'two', 'three', 'end', 'short']
  const wires = [
    { from: 'start', to: 'fork' },
    { from: 'fork', to: 'one' },
    { from: 'fork', to: 'short' },
    { from: 'one', to: 'two' },
    { from: 'two', to: 'three' },
    { from: 'three', to: 'end' },
    { from: 'short', to: 'end' },
  ]
  const at = placed(ids.map(box), wires)
  expect(new Set(['start', 'fork', 'one', 'two', 'three', 'end'].map((id) => at.get(id)?.y)).size).toBe(1)
  expect(at.get('short')?.y).toBeGreaterThan(at.get('one')?.y ?? Number.NaN)
})

test('what is not wired together stands one below the other, in the order of the flow', () => {
  const at = placed(['a', 'b', 'c', 'd'].map(box), [{ from: 'a', to: 'c' }])
  const y = (id: string) => at.get(id)?.y ?? Number.NaN
  expect([at.get('b')?.x, at.get('c')?.x, at.get('d')?.x]).toEqual([0, 312, 0])
  expect(y('c')).toBe(y('a'))
  expect(y('b')).toBe(y('a') + 128)
  expect(y('d')).toBeGreaterThan(y('b'))
})

test('wires that can do without crossings have none', () => {
  // Three lines out of one step, written in another order than their ports.
  const ids = ['z2', 'y2', 'x2', 'z1', 'y1', 'x1', 'fork']
  const wires = [
    ...['x1', 'y1', 'z1'].map((to) => ({ from: 'fork', to })),
    ...['x', 'y', 'z'].map((name) => ({ from: `${name}1`, to: `${name}2` })),
  ]
  const at = placed(ids.map(box), wires)
  for (const column of ['1', '2']) {
    const order = ['x', 'y', 'z'].map((name) => at.get(`${name}${column}`)?.y ?? Number.NaN)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  }
})

test('any tangle of wires, with loops, is laid out without overlaps, and the same each time', () => {
  let seed = 7
  const chance = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  for (let round = 0; round < 20; round += 1) {
    const boxes = Array.from({ length: 2 + chance(60) }, (_, index) => ({ ...box(`s${index}`), height: 64 + 20 * chance(4) }))
    const wires = Array.from({ length: chance(120) }, () => ({ from: `s${chance(boxes.length)}`, to: `s${chance(boxes.length)}` }))
    const at = placed(boxes, wires)
    expect(at.size).toBe(boxes.length)
    expect(clashes([...at.values()])).toEqual([])
    expect([...placed(boxes, wires)]).toEqual([...at])
  }
})

function box(id: string) {
  return { id, width: 216, height: 84 }
}

function placed(boxes: LayoutRequest['boxes'], wires: LayoutRequest['wires']) {
  const sizes = new Map(boxes.map((each) => [each.id, each]))
  return new Map(
    layout({ id: 1, boxes, wires }).places.map(([id, x, y]) => [id, { id, x, y, width: 216, height: sizes.get(id)?.height ?? 0 }]),
  )
}

function clashes(
  boxes: readonly { readonly id: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number }[],
) {
  return boxes.flatMap((each, index) =>
    boxes.slice(index + 1).flatMap((other) => (overlaps(each, other) ? [`${each.id} ${other.id}`] : [])),
  )
}
