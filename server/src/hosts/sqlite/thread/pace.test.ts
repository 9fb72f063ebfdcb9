import { expect, test } from 'vitest'
import { pace } from './pace.ts'
import { queueLimits } from './protocol.ts'

function after(requests: number, msEach: number, turns = 20): number {
  const speed = pace()
  for (let turn = 0; turn < turns; turn += 1) speed.took(requests, requests * msEach)
  return speed.batchMax
}

test('a commit of slow requests stays within its time, one of quick requests is as large as it can be', () => {
  expect(after(100, 5) * 5).toBeLessThanOrEqual(queueLimits.turnMsMax)
  expect(after(100, 0.1)).toBe(queueLimits.batchMax)
})

test('it never gets so small that commits outweigh the work, nor large on a guess', () => {
  expect(after(100, 500)).toBe(32)
  expect(pace().batchMax).toBeLessThanOrEqual(queueLimits.turnMsMax)
})

test('a lone request behind a slow disk says nothing about the others', () => {
  expect(after(1, 400)).toBe(pace().batchMax)
})

test('it follows when the work changes', () => {
  const speed = pace()
  for (let turn = 0; turn < 10; turn += 1) speed.took(100, 1_000)
  const slow = speed.batchMax
  for (let turn = 0; turn < 10; turn += 1) speed.took(slow, slow * 0.05)
  expect(slow).toBe(32)
  expect(speed.batchMax).toBe(queueLimits.batchMax)
})

test('a clock that is set, to or fro, leaves it as it was', () => {
  const speed = pace()
  for (let turn = 0; turn < 10; turn += 1) speed.took(100, 10)
  const before = speed.batchMax
  speed.took(100, 86_400_000)
  speed.took(100, -3_600_000)
  expect(speed.batchMax).toBe(before)
})
