import { expect, test } from 'vitest'
import { emptyFlow, fromFile } from '../../doc/index.ts'
import { toyCatalogue as catalogue } from '../../doc/testing/toy-catalogue.ts'
import { boxBetween, combined, foundInBox } from './box.ts'
import { crossedBy } from './cut.ts'
import { align } from './guides.ts'
import { shakeDetector } from './shake.ts'

const doc = fromFile({
  ...emptyFlow('chain', 'Chain'),
  nodes: [
    { id: 'a', type: 'toy.step', at: [0, 0] },
    { id: 'b', type: 'toy.step', at: [320, 0] },
    { id: 'c', type: 'toy.step', at: [640, 0] },
  ],
  edges: [
    { from: 'a.out', to: 'b.in' },
    { from: 'b.out', to: 'c.in' },
  ],
  groups: [{ id: 'box', nodes: ['c'], at: [600, -40], size: [300, 200] }],
})

test('a box takes what lies inside, or also what it touches', () => {
  const box = boxBetween({ x: 700, y: 100 }, { x: -10, y: -10 })
  expect(foundInBox(doc, catalogue, box, false)).toEqual(['a', 'b'])
  expect(foundInBox(doc, catalogue, box, true)).toEqual(['a', 'b', 'c'])
})

test('a folded frame is one thing, and its steps are not in reach', () => {
  const folded = { ...doc, groups: new Map([['box', { id: 'box', nodes: ['c'], at: [600, -40] as [number, number], collapsed: true }]]) }
  expect(foundInBox(folded, catalogue, boxBetween({ x: 590, y: -50 }, { x: 900, y: 200 }), false)).toEqual(['group:box'])
})

test('Shift adds, Alt removes, neither starts anew', () => {
  const before = new Set(['a', 'b'])
  expect([...combined(before, ['b', 'c'], 'replace')]).toEqual(['b', 'c'])
  expect([...combined(before, ['b', 'c'], 'add')]).toEqual(['a', 'b', 'c'])
  expect([...combined(before, ['b', 'c'], 'remove')]).toEqual(['a'])
})

test('a stroke cuts exactly the wires it crosses', () => {
  expect(crossedBy(doc, catalogue, { x: 268, y: -50 }, { x: 268, y: 150 })).toEqual(['a.out>b.in'])
  expect(crossedBy(doc, catalogue, { x: 540, y: 60 }, { x: 630, y: 30 })).toEqual(['b.out>c.in'])
  expect(crossedBy(doc, catalogue, { x: 268, y: 60 }, { x: 268, y: 150 })).toEqual([])
})

test('a dragged step is drawn in line by one grid step at the most, and the space to its neighbours is told', () => {
  const others = [{ x: 0, y: 0, width: 216, height: 84 }]
  const near = align({ x: 320, y: 8, width: 216, height: 84 }, others)
  expect([near.dx, near.dy]).toEqual([0, -8])
  expect(near.guides).toContainEqual({ axis: 'y', at: 0, from: 0, to: 536 })
  expect(near.gaps).toEqual([{ axis: 'x', from: 216, to: 320, at: 42 }])
  expect(align({ x: 320, y: 24, width: 216, height: 84 }, others).dy).toBe(0)
})

test('a shake is quick, wide and goes to and fro', () => {
  const shaken = shakeDetector()
  expect([0, 30, 0, 30, 0, 30].map((x, index) => shaken(x, index * 90)).at(-1)).toBe(true)
  const slow = shakeDetector()
  expect([0, 30, 0, 30, 0, 30].some((x, index) => slow(x, index * 500))).toBe(false)
  const straight = shakeDetector()
  expect(Array.from({ length: 20 }, (_, index) => straight(index * 30, index * 20)).some(Boolean)).toBe(false)
  const trembling = shakeDetector()
  expect([0, 4, 0, 4, 0, 4, 0].some((x, index) => trembling(x, index * 30))).toBe(false)
})
