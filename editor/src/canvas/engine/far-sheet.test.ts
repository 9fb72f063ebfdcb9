import { expect, test } from 'vitest'
import { isEnough, laid, newSheet } from './far-sheet.ts'

const room = { width: 1_000, height: 600 }
const sheet = newSheet({ x: 100, y: 50, zoom: 0.2 }, room)

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
  expect(isEnough(sheet, { x: 340, y: 50, zoom: 0.2 }, room)).toBe(true)
  expect(isEnough(sheet, { x: 360, y: 50, zoom: 0.2 }, room)).toBe(false)
  expect(isEnough(sheet, { x: 100, y: -110, zoom: 0.2 }, room)).toBe(false)
  expect(isEnough(sheet, { x: 100, y: 50, zoom: 0.25 }, room)).toBe(true)
  expect(isEnough(sheet, { x: 100, y: 50, zoom: 0.3 }, room)).toBe(false)
  expect(isEnough(sheet, { x: 200, y: 100, zoom: 0.16 }, room)).toBe(true)
  expect(isEnough(sheet, { x: 100, y: 50, zoom: 0.1 }, room)).toBe(false)
  expect(isEnough(sheet, { x: 100, y: 50, zoom: 0.2 }, { width: 900, height: 600 })).toBe(false)
})
