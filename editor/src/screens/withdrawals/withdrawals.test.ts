import { expect, test } from 'vitest'
import { clockOf, logShare } from './clock.ts'
import { contentOf } from './receipt-content.ts'

test('an open clock goes on from what the server said, whatever the clock of this machine shows', () => {
  const clock = clockOf({ completedAt: null, elapsedMs: 12_000 }, 500_000, 503_000)
  expect(clock).toEqual({ elapsedMs: 15_000, isRunning: true })
})

test('a finished clock stands still', () => {
  const clock = clockOf({ completedAt: '2026-03-02T03:00:01.180Z', elapsedMs: 1_180 }, 0, 9_999_999)
  expect(clock).toEqual({ elapsedMs: 1_180, isRunning: false })
})

test('milliseconds and the whole limit both have a visible length', () => {
  expect(logShare(4)).toBeGreaterThan(0.1)
  expect(logShare(90_000)).toBe(1)
  expect(logShare(0)).toBe(0)
})

test('a receipt shows what it says, in any script', () => {
  const payload = Buffer.from(JSON.stringify({ customer: '王伟' })).toString('base64url')
  expect(contentOf(`e30.${payload}.c2ln`)).toEqual({ customer: '王伟' })
  expect(contentOf('no receipt')).toBeNull()
  expect(contentOf('a.%%%.b')).toBeNull()
})
