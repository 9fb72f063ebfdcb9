import { expect, test } from 'vitest'
import { emptyFlow, fromFile } from '../../doc/index.ts'
import { toyCatalogue as catalogue } from '../../doc/testing/toy-catalogue.ts'
import { viewOf, viewOfAll, viewToOpen } from './whole-view.ts'

const room = { width: 1_000, height: 500 }
const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height })

test('what is larger than the room is made small enough, with a margin on each side, and stands in the middle', () => {
  const view = viewOf([box(0, 0, 100, 100), box(8_700, 1_000, 100, 100)], room)
  expect(view).toEqual({ x: 60, y: 195, zoom: 0.1 })
})

test('what is small is shown in its own size, and nothing is shown smaller than can be zoomed', () => {
  expect(viewOf([box(0, 0, 100, 100)], room)).toEqual({ x: 450, y: 200, zoom: 1 })
  expect(viewOf([box(0, 0, 1_000_000, 100)], room)?.zoom).toBe(0.05)
})

test('without anything to show or any room there is no view', () => {
  expect(viewOf([], room)).toBeNull()
  expect(viewOf([box(0, 0, 100, 100)], { width: 0, height: 500 })).toBeNull()
})

test('steps that a folded frame hides have no part in the view', () => {
  const file = {
    ...emptyFlow('folded', 'Folded'),
    nodes: [
      { id: 'near', type: 'toy.step', at: [0, 0] as [number, number] },
      { id: 'far', type: 'toy.step', at: [9_000, 9_000] as [number, number] },
    ],
    edges: [],
  }
  const open = viewOfAll(fromFile(file), catalogue, room)
  const groups = [{ id: 'frame', at: [300, 0] as [number, number], nodes: ['far'], collapsed: true }]
  const folded = viewOfAll(fromFile({ ...file, groups }), catalogue, room)
  expect(open?.zoom).toBeLessThan(0.1)
  expect(folded?.zoom).toBeGreaterThan(0.5)
})

test('on a phone a long flow opens where it begins, near enough to be read; a short one is shown whole', () => {
  const phone = { width: 390, height: 600 }
  const steps = (...places: [number, number][]) =>
    fromFile({
      ...emptyFlow('long', 'Long'),
      nodes: places.map((at, index) => ({ id: `s${index}`, type: index === 1 ? 'toy.start' : 'toy.step', at })),
      edges: [],
    })
  const long = steps([-400, 0], [100, 200], [3_000, 0])
  const opened = viewToOpen(long, catalogue, phone)
  expect(opened?.zoom).toBe(0.8)
  expect(100 * 0.8 + (opened?.x ?? 0)).toBe(24)
  const short = steps([0, 0], [240, 0])
  expect(viewToOpen(short, catalogue, phone)).toEqual(viewOfAll(short, catalogue, phone))
  expect(viewToOpen(steps(), catalogue, phone)).toBeNull()
})

test('on a desk a flow that could not be read whole opens where it begins, its branches in sight; a map is whole, and a picture of it is read', () => {
  const row = (count: number, y = 0) =>
    fromFile({
      ...emptyFlow('row', 'Row'),
      nodes: Array.from({ length: count }, (_, index) => ({
        id: `s${index}`,
        type: index === 0 ? 'toy.start' : 'toy.step',
        at: [index * 312, index === 0 ? 0 : y] as [number, number],
      })),
      edges: [],
    })
  const long = row(9, 200)
  const opened = viewToOpen(long, catalogue, room)
  expect(opened?.zoom).toBe(0.7)
  expect(opened?.x).toBe(24)
  // The middle of all of it, not of the first step.
  expect(opened?.y).toBeLessThan(viewToOpen(row(9), catalogue, room)?.y ?? 0)
  const tall = viewToOpen(row(9, 5_000), catalogue, room)
  expect(tall?.y).toBeGreaterThan(0)
  expect(tall?.y).toBeLessThan(room.height)
  for (const whole of [row(4), row(61)]) expect(viewToOpen(whole, catalogue, room)).toEqual(viewOfAll(whole, catalogue, room))
  expect(viewToOpen(row(4), catalogue, room, true)).toEqual(viewOfAll(row(4), catalogue, room))
  for (const picture of [long, row(61)]) expect(viewToOpen(picture, catalogue, room, true)).toMatchObject({ x: 24, zoom: 0.7 })
})
