import { expect, test } from 'vitest'
import { isEnough, isSharp, laid, newSheet } from './far-sheet.ts'

const room = { width: 1_000, height: 600 }
const huge = { x: -10_000, y: -10_000, width: 30_000, height: 30_000 }
const small = { x: 0, y: 0, width: 4_000, height: 2_000 }
const sheet = newSheet({ x: 100, y: 50, zoom: 0.2 }, room, huge)

test('a sheet lies beyond the room on each side, and moves and grows with the view', () => {
  expect(laid(sheet, { x: 100, y: 50, zoom: 0.2 })).toEqual({ x: -250, y: -150, scale: 1 })
  expect(laid(sheet, { x: 130, y: 40, zoom: 0.2 })).toEqual({ x: -220, y: -160, scale: 1 })
  // A place of the flow is where the view has it, at any zoom.
  const now = { x: -40, y: 20, zoom: 0.25 }
  const { x, scale } = laid(sheet, now)
  const painted = 250 + 100 + 0.2 * 800
  expect(x + painted * scale).toBeCloseTo(now.x + 0.25 * 800)
})

test('it is enough until an edge comes into sight, it is stretched too far, or the room is another', () => {
  expect(isEnough(sheet, { x: 340, y: 50, zoom: 0.2 }, room, false)).toBe(true)
  expect(isEnough(sheet, { x: 360, y: 50, zoom: 0.2 }, room, false)).toBe(false)
  expect(isEnough(sheet, { x: 100, y: -110, zoom: 0.2 }, room, false)).toBe(false)
  expect(isEnough(sheet, { x: 100, y: 50, zoom: 0.25 }, room, false)).toBe(true)
  expect(isEnough(sheet, { x: 100, y: 50, zoom: 0.3 }, room, false)).toBe(false)
  expect(isEnough(sheet, { x: 200, y: 100, zoom: 0.16 }, room, false)).toBe(true)
  expect(isEnough(sheet, { x: 100, y: 50, zoom: 0.1 }, room, false)).toBe(false)
  expect(isEnough(sheet, { x: 100, y: 50, zoom: 0.2 }, { width: 900, height: 600 }, false)).toBe(false)
})

test('a sheet that holds the whole flow is enough wherever the view moves, unless something is in the hand', () => {
  const whole = newSheet({ x: 100, y: 50, zoom: 0.2 }, room, small)
  const far = { x: -400, y: 50, zoom: 0.2 }
  expect(isEnough(whole, far, room, false)).toBe(true)
  expect(isEnough(whole, far, room, true)).toBe(false)
  // Stretched it is painted anew, and one that does not hold all is too.
  expect(isEnough(whole, { ...far, zoom: 0.1 }, room, false)).toBe(false)
  expect(isEnough(newSheet({ x: 100, y: 50, zoom: 0.2 }, room, { ...small, x: -2_000 }), { ...far, x: 600 }, room, false)).toBe(false)
})

test('an edge that nothing lies beyond may come into sight, and the others may not', () => {
  // A tall flow: no wider than the sheet, higher than it.
  const tall = newSheet({ x: 100, y: 50, zoom: 0.2 }, room, { x: 0, y: -9_000, width: 4_000, height: 30_000 })
  expect(isEnough(tall, { x: 700, y: 50, zoom: 0.2 }, room, false)).toBe(true)
  expect(isEnough(tall, { x: -400, y: 50, zoom: 0.2 }, room, false)).toBe(true)
  expect(isEnough(tall, { x: 100, y: 210, zoom: 0.2 }, room, false)).toBe(false)
  expect(isEnough(tall, { x: 100, y: -110, zoom: 0.2 }, room, false)).toBe(false)
  expect(isEnough(tall, { x: 700, y: 50, zoom: 0.2 }, room, true)).toBe(false)
  // Nothing is above it: there it ends.
  const below = newSheet({ x: 100, y: 50, zoom: 0.2 }, room, { x: 0, y: 0, width: 4_000, height: 30_000 })
  expect(isEnough(below, { x: 100, y: 400, zoom: 0.2 }, room, false)).toBe(true)
  expect(isEnough(below, { x: 100, y: -110, zoom: 0.2 }, room, false)).toBe(false)
})

test('it is sharp where its points lie on points of the screen', () => {
  expect(isSharp(sheet, { x: 140, y: 50, zoom: 0.2 }, 1)).toBe(true)
  expect(isSharp(sheet, { x: 140.5, y: 50, zoom: 0.2 }, 1)).toBe(false)
  expect(isSharp(sheet, { x: 140.5, y: 50, zoom: 0.2 }, 2)).toBe(true)
  expect(isSharp(sheet, { x: 140, y: 50, zoom: 0.21 }, 1)).toBe(false)
})
