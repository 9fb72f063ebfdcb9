import { expect, test } from 'vitest'
import { emptyFlow, fromFile } from '../../doc/index.ts'
import { toyCatalogue as catalogue } from '../../doc/testing/toy-catalogue.ts'
import { Adapter } from './adapt.ts'
import { isStillNear, nearOf } from './near.ts'

const room = { width: 1_000, height: 600 }
const here = { x: 0, y: 0, zoom: 1 }
/** A line of steps to the right; the first one is also wired to the last. */
const doc = fromFile({
  ...emptyFlow('line', 'Line'),
  nodes: Array.from({ length: 40 }, (_, index) => ({ id: `s${index}`, type: 'toy.step', at: [index * 312, 0] as [number, number] })),
  edges: [
    ...Array.from({ length: 39 }, (_, index) => ({ from: `s${index}.out`, to: `s${index + 1}.in` })),
    { from: 's0.out', to: 's39.in' },
  ],
})
const none: ReadonlySet<string> = new Set()
const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id)

test('the view may move within what is near it, not beyond, and not come much nearer', () => {
  const near = nearOf(here, room)
  expect(isStillNear(near, { ...here, x: -500, y: 300 }, room)).toBe(true)
  expect(isStillNear(near, { ...here, x: -700 }, room)).toBe(false)
  expect(isStillNear(near, { ...here, zoom: 0.3 }, room)).toBe(false)
  expect(isStillNear(near, { x: -300, y: -300, zoom: 3 }, room)).toBe(false)
})

test('the engine gets the steps near the view, and of each wire that comes by both ends', () => {
  const adapter = new Adapter(catalogue)
  const near = nearOf(here, room)
  const steps = idsOf(adapter.toNodes(doc, none, new Map(), near))
  expect(steps).toContain('s0')
  expect(steps).toContain('s39')
  expect(steps).not.toContain('s20')
  const wires = adapter.toEdges(doc, none, new Map(), near)
  for (const { source, target } of wires) expect(steps).toEqual(expect.arrayContaining([source, target]))
  expect(wires.some(({ source, target }) => source === 's0' && target === 's39')).toBe(true)
  expect(wires.length).toBeLessThan(20)
})

test('what is chosen or in the hand is given wherever it is, in the hand with its wires', () => {
  const adapter = new Adapter(catalogue)
  const near = nearOf(here, room)
  expect(idsOf(adapter.toNodes(doc, new Set(['s20']), new Map(), near))).toContain('s20')
  const moved = new Map([['s20', { x: 100, y: 100 }]])
  const steps = idsOf(adapter.toNodes(doc, none, moved, near))
  expect(steps).toEqual(expect.arrayContaining(['s19', 's20', 's21']))
  expect(adapter.toEdges(doc, none, moved, near).filter(({ source, target }) => source === 's20' || target === 's20')).toHaveLength(2)
})

test('a view that comes back finds its steps as they were', () => {
  const adapter = new Adapter(catalogue)
  const near = nearOf(here, room)
  const [first] = adapter.toNodes(doc, none, new Map(), near)
  adapter.toNodes(doc, none, new Map(), nearOf({ x: -9_000, y: 0, zoom: 1 }, room))
  expect(adapter.toNodes(doc, none, new Map(), near)[0]).toBe(first)
  expect(adapter.toNodes(doc, none, new Map(), near)).toBe(adapter.toNodes(doc, none, new Map(), near))
})
