import { expect, test } from 'vitest'
import { spreadOf } from './statistics.ts'

test('percentiles are measured values: the 99th of a hundred is the second largest', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(spreadOf(values)).toEqual({ count: 100, p50: 50, p99: 99, max: 100 })
  expect(spreadOf([7])).toEqual({ count: 1, p50: 7, p99: 7, max: 7 })
  expect(spreadOf([])).toEqual({ count: 0, p50: 0, p99: 0, max: 0 })
})
