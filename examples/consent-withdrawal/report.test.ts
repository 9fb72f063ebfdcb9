import { expect, test } from 'vitest'
import { isPassed, reportLines } from './report.ts'

const spread = { count: 3, p50: 10, p99: 20, max: 30 }
const result = { withdrawals: 3, steps: { fence: spread, receipt: spread }, answers: spread, worstMs: 30, faults: [] }

test('the verdict is the last line and follows from the faults and the clock', () => {
  expect(reportLines(result).at(-1)).toBe('PASSED: 3 withdrawals, the slowest complete after 30 ms of 90 s allowed.')
  expect(isPassed({ ...result, faults: ['c-1: no withdrawal'] })).toBe(false)
  expect(isPassed({ ...result, worstMs: 90_001 })).toBe(false)
  expect(reportLines({ ...result, faults: ['c-1: no withdrawal'] })).toContain('  ✗ c-1: no withdrawal')
})

test('each step is a row with three figures', () => {
  expect(reportLines(result)).toContain('  fence up                        10 ms    20 ms    30 ms')
})
