import { expect, test } from 'vitest'
import { cutTo, dotsApart, groundOf, isUnder, missing } from './ground.ts'

const room = { width: 1_000, height: 600 }

test('the ground reaches beyond the view on each side, and the view may move that far before it is laid anew', () => {
  const view = { x: -310, y: 77.5, zoom: 0.8 }
  const ground = groundOf(view, room)
  expect(isUnder(ground, view, room)).toBe(true)
  for (const [dx, dy] of [
    [400, 0],
    [-400, 0],
    [0, 240],
    [0, -240],
  ] as const) {
    expect(isUnder(ground, { ...view, x: view.x + dx, y: view.y + dy }, room)).toBe(true)
    expect(isUnder(ground, { ...view, x: view.x + 1.1 * dx, y: view.y + 1.2 * dy }, room)).toBe(false)
  }
  // From further away more is seen than was laid.
  expect(isUnder(ground, { ...view, zoom: 0.3 }, room)).toBe(false)
})

test('wherever it is laid its dots lie in the same places', () => {
  for (const x of [0, 13.25, -4_711, 24_000.5])
    for (const zoom of [0.05, 0.45, 1, 2]) {
      const { box } = groundOf({ x, y: -x / 3, zoom }, room)
      for (const side of [box.x, box.y, box.width, box.height]) expect(side / dotsApart).toBe(Math.round(side / dotsApart))
    }
})

test('what is cut off begins where the ground ends', () => {
  const ground = { box: { x: -240, y: 48, width: 2_400, height: 1_200 }, zoom: 1, room }
  expect(cutTo(ground)).toBe('inset(48px -1160px -648px -240px)')
})

test('a place is completed to the nearest point of the screen, of which a fine screen has more', () => {
  expect(missing(-5_801, 1)).toBe(0)
  expect(missing(-438 + 2e-13, 1)).toBe(0)
  expect(missing(10.3, 1)).toBeCloseTo(-0.3)
  expect(missing(-10.3, 1)).toBeCloseTo(0.3)
  expect(missing(10.5, 2)).toBe(0)
  expect(missing(10.3, 2)).toBeCloseTo(0.2)
})
