import { expect, test } from 'vitest'
import { intoSight } from './into-sight.ts'

test('what lies well in sight does not move', () => {
  expect(intoSight(100, 200, 1_000)).toBe(0)
})

test('what stands over either end of the room comes in as far as its margin', () => {
  expect(intoSight(-30, 200, 1_000)).toBe(70)
  expect(intoSight(900, 200, 1_000)).toBe(-140)
})

test('a step below the settings that cover the end of the room comes out from under them', () => {
  const covered = 360
  expect(intoSight(700, 216, 1_000)).toBe(0)
  expect(intoSight(700, 216, 1_000 - covered)).toBe(-316)
})

test('what is longer than the room shows its beginning', () => {
  expect(intoSight(200, 990, 1_000)).toBe(-160)
})
