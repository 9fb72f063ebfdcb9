import { decodeTime, isValid } from 'ulid'
import { expect, test } from 'vitest'
import { idSource } from './ids.ts'

test('ids are ULIDs of their moment, all different, and only grow, also when the clock goes back', () => {
  let now = 1_000_000
  const next = idSource(() => now)
  const ids: string[] = []
  for (let n = 0; n < 10_000; n += 1) {
    if (n % 100 === 0) now += n === 5_000 ? -500 : 1
    ids.push(next())
  }
  expect(ids.every((id) => isValid(id))).toBe(true)
  expect(decodeTime(ids[0] ?? '')).toBe(1_000_001)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})
