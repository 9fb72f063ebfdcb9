import { expect, test } from 'vitest'
import { sparing } from './sparing.ts'

test('what takes long is asked a hundredth of the time, what is quick nearly each time', () => {
  let now = 0
  let takes = 50
  let asked = 0
  const read = sparing(
    () => {
      now += takes
      asked += 1
      return asked
    },
    () => now,
  )
  const within = (ms: number) => {
    const before = asked
    for (const until = now + ms; now < until; now += 10) read()
    return asked - before
  }
  expect(within(20_000)).toBeLessThanOrEqual(4)
  now += 10_000
  takes = 0
  expect(within(1_000)).toBe(100)
})
