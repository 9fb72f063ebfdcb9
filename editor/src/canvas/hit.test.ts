import { expect, test } from 'vitest'
import { emptyFlow, fromFile } from '../doc/index.ts'
import { toyCatalogue as catalogue } from '../doc/testing/toy-catalogue.ts'
import { edgeAt, stepAt } from './hit.ts'
import { wireEnds, wirePlaces } from './wire-places.ts'

const step = (id: string, x: number, y: number) => ({ id, type: 'toy.step', at: [x, y] as [number, number] })
const doc = fromFile({
  ...emptyFlow('cross', 'Cross'),
  nodes: [step('a', 0, 0), step('b', 600, 400), step('c', 0, 400), step('d', 600, 0)],
  edges: [
    { from: 'a.out', to: 'b.in' },
    { from: 'c.out', to: 'd.in' },
    { from: 'c.lost', to: 'b.in' },
  ],
})

test('of two wires that cross, the one nearer to the pointer is picked', () => {
  expect(edgeAt(doc, catalogue, { x: 240, y: 45 }, 12)).toMatch(/^a\.out/)
  expect(edgeAt(doc, catalogue, { x: 576, y: 45 }, 12)).toMatch(/^c\.out/)
  expect(edgeAt(doc, catalogue, { x: 300, y: 700 }, 12)).toBeNull()
})

test('from far away, where wires are drawn straight, they are pointed at as straight lines', () => {
  // A quarter of the way the curve is still near its start, the straight line is not.
  const quarter = { x: 312, y: 142 }
  expect(edgeAt(doc, catalogue, quarter, 12, { isStraight: true })).toBe('a.out>b.in')
  expect(edgeAt(doc, catalogue, quarter, 12)).toBeNull()
})

test('the places of all wires are those of each, and stay until the document changes', () => {
  for (const { wire, from, to } of wirePlaces(doc, catalogue)) expect({ from, to }).toEqual(wireEnds(doc, catalogue, wire))
  expect(wirePlaces(doc, catalogue)).toHaveLength(3)
  expect(wirePlaces(doc, catalogue)).toBe(wirePlaces(doc, catalogue))
})

test('the step drawn last lies on top', () => {
  const stacked = fromFile({ ...emptyFlow('pile', 'Pile'), nodes: [step('low', 0, 0), step('high', 40, 20)], edges: [] })
  expect(stepAt(stacked, catalogue, { x: 60, y: 40 })).toBe('high')
  expect(stepAt(stacked, catalogue, { x: 10, y: 10 })).toBe('low')
  expect(stepAt(stacked, catalogue, { x: 900, y: 10 })).toBeNull()
})
