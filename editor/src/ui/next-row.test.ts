import { expect, test } from 'vitest'
import { nextRow } from './next-row.ts'

test('arrows and pages walk the rows and stop at both ends', () => {
  expect(nextRow('ArrowDown', 0, 3)).toBe(1)
  expect(nextRow('ArrowDown', 2, 3)).toBe(2)
  expect(nextRow('ArrowUp', 0, 3)).toBe(0)
  expect(nextRow('PageDown', 1, 3)).toBe(2)
  expect(nextRow('Home', 2, 3)).toBe(0)
  expect(nextRow('End', 0, 3)).toBe(2)
})

test('other keys are left alone', () => {
  expect(nextRow('Enter', 1, 3)).toBeNull()
  expect(nextRow('n', 1, 3)).toBeNull()
})
