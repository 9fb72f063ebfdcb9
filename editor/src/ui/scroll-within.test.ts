import { expect, test } from 'vitest'
import { shiftInto } from './scroll-within.ts'

const seen = { start: 100, end: 200 }

test('a list scrolls as far as its item needs, and not at all where it is in sight', () => {
  expect(shiftInto(seen, { start: 120, end: 140 })).toBe(0)
  expect(shiftInto(seen, { start: 80, end: 110 })).toBe(-20)
  expect(shiftInto(seen, { start: 190, end: 230 })).toBe(30)
})

test('of an item that is longer than the list its beginning is shown', () => {
  expect(shiftInto(seen, { start: 150, end: 400 })).toBe(50)
  expect(shiftInto(seen, { start: 100, end: 400 })).toBe(0)
})
