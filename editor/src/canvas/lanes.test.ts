import { expect, test } from 'vitest'
import { type Box, emptyFlow, fromFile, type Place } from '../doc/index.ts'
import { toyCatalogue as catalogue } from '../doc/testing/toy-catalogue.ts'
import { cornersOf, fromTheTop, laneFor as laneAmong, roundedPath } from './back-wire.ts'
import { crossedBy } from './gestures/cut.ts'
import { edgeAt } from './hit.ts'
import { lanesOf } from './lanes.ts'
import { wirePlaces } from './wire-places.ts'

const step = (id: string, x: number, y: number) => ({ id, type: 'toy.step', at: [x, y] as [number, number] })
/** Three steps in a row; the last leads back to the first. Each is 216 × 84. */
const loop = fromFile({
  ...emptyFlow('loop', 'Loop'),
  nodes: [step('a', 0, 0), step('b', 300, 0), step('c', 600, 0)],
  edges: [
    { from: 'a.out', to: 'b.in' },
    { from: 'b.out', to: 'c.in' },
    { from: 'c.out', to: 'a.in' },
  ],
})
const back = 'c.out>a.in'
const laneFor = (from: Place, to: Place, boxes: readonly Box[], below = false) => laneAmong(from, to, fromTheTop(boxes), below)
const box = (x: number, y: number, width = 216, height = 84) => ({ x, y, width, height })

test('only a wire that leads back has a lane, and the lane runs clear of every card', () => {
  const lanes = lanesOf(loop, catalogue)
  expect([...lanes.keys()]).toEqual([back])
  expect(lanes.get(back)).toBe(104)
  expect(lanesOf(loop, catalogue)).toBe(lanes)
})

test('the lane goes between two rows where there is room, and around what stands in the way', () => {
  const [from, to] = [
    { x: 516, y: 42 },
    { x: 0, y: 242 },
  ]
  const rows = [box(300, 0), box(0, 200)]
  const between = laneFor(from, to, rows)
  expect(between).toBeGreaterThanOrEqual(104)
  expect(between).toBeLessThanOrEqual(180)
  const below = laneFor({ x: 816, y: 42 }, { x: 0, y: 42 }, [box(600, 0), box(0, 0), box(300, 90)])
  expect(below).toBe(-20)
})

test('no height is nearer than the one it takes: every free one at the border of a card was looked at', () => {
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  for (let round = 0; round < 300; round += 1) {
    const boxes = Array.from({ length: random(14) }, () => box(random(9) * 100, random(40) * 20))
    const [from, to] = [
      { x: 500 + random(300), y: random(600) },
      { x: random(200), y: random(600) },
    ]
    const lane = laneFor(from, to, boxes)
    const inTheWay = boxes.filter(({ x, width }) => x - 10 < from.x + 24 && x + width + 10 > to.x - 24)
    const isFree = (at: number) => !inTheWay.some(({ y, height }) => at > y - 20 && at < y + height + 20)
    const cost = (at: number) => Math.abs(at - from.y) + Math.abs(at - to.y) + (at < Math.min(from.y, to.y) ? 40 : 0)
    expect(isFree(lane)).toBe(true)
    for (const at of inTheWay.flatMap(({ y, height }) => [y - 20, y + height + 20]).filter(isFree)) {
      expect(cost(lane)).toBeLessThanOrEqual(cost(at))
    }
  }
})

test('a wire that leaves at the foot of a step never climbs through it', () => {
  const lane = laneFor({ x: 640, y: 84 }, { x: 0, y: 42 }, [box(600, 0), box(0, 0), box(300, 90)], true)
  expect(lane).toBe(194)
  expect(cornersOf({ x: 640, y: 84 }, { x: 0, y: 42 }, lane, true)).toEqual([
    { x: 640, y: 84 },
    { x: 640, y: 194 },
    { x: -24, y: 194 },
    { x: -24, y: 42 },
    { x: 0, y: 42 },
  ])
})

test('it is pointed at, and cut, where it is drawn', () => {
  expect(edgeAt(loop, catalogue, { x: 400, y: 106 }, 8)).toBe(back)
  expect(edgeAt(loop, catalogue, { x: 400, y: 70 }, 8)).not.toBe(back)
  expect(crossedBy(loop, catalogue, { x: 400, y: 95 }, { x: 400, y: 200 })).toEqual([back])
})

test('its corners are rounded and it ends where the wire ends', () => {
  const place = wirePlaces(loop, catalogue).find(({ wire }) => wire.id === back)
  if (place === undefined) throw new Error('no such wire')
  const path = roundedPath(cornersOf(place.from, place.to, 104))
  expect(path.startsWith(`M${place.from.x} ${place.from.y}L`)).toBe(true)
  expect(path.endsWith(`L${place.to.x} ${place.to.y}`)).toBe(true)
  expect(path.match(/Q/g)).toHaveLength(4)
})

test('a flow in which very much leads back keeps its plain curves', () => {
  const many = Array.from({ length: 600 }, (_, index) => step(`s${index}`, -300 * index, 0))
  const wild = fromFile({
    ...emptyFlow('wild', 'Wild'),
    nodes: many,
    edges: many.slice(1).map((one, index) => ({ from: `s${index}.out`, to: `${one.id}.in` })),
  })
  expect(lanesOf(wild, catalogue).size).toBe(0)
})
