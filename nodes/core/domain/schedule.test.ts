import { expect, test } from 'vitest'
import { cronProblem, nextAfterFire, nextDue } from './schedule.ts'

const at = (text: string) => Date.parse(text)
const cron = (line: string, timeZone = 'UTC') => ({ cron: line, every: null, timeZone })
const every = (duration: string) => ({ cron: null, every: duration, timeZone: 'UTC' })

test('a cron line is read in its time zone', () => {
  expect(nextDue(cron('0 9 * * *', 'Asia/Shanghai'), at('2026-03-02T00:00:00Z'))).toBe(at('2026-03-02T01:00:00Z'))
})

test('nine in the morning stays nine across daylight saving', () => {
  const berlin = cron('0 9 * * *', 'Europe/Berlin')
  expect(nextDue(berlin, at('2026-03-28T12:00:00Z'))).toBe(at('2026-03-29T07:00:00Z'))
  expect(nextDue(berlin, at('2026-10-24T12:00:00Z'))).toBe(at('2026-10-25T08:00:00Z'))
})

test('an interval keeps its beat however late it fires', () => {
  const start = at('2026-03-02T00:00:00Z')
  expect(nextAfterFire(every('PT15M'), start, start + 5_000)).toBe(start + 900_000)
  expect(nextAfterFire(every('PT15M'), start, start + 2_000_000)).toBe(start + 2_700_000)
})

test('what was missed while nothing ran is made up for once, not once per instant', () => {
  const noon = at('2026-03-02T12:00:00Z')
  expect(nextAfterFire(cron('0 * * * *'), noon, noon + 10 * 3_600_000 + 1)).toBe(noon + 11 * 3_600_000)
})

test('a day that never comes is never due', () => {
  expect(nextDue(cron('0 0 30 2 *'), 0)).toBeNull()
})

test('a second is the shortest interval', () => {
  expect(nextDue(every('PT0.1S'), 0)).toBeNull()
  expect(nextDue(every('PT1S'), 0)).toBe(1_000)
})

test('a broken cron line says why', () => {
  expect(cronProblem('61 * * * *', 'UTC')).not.toBeNull()
  expect(cronProblem('every monday', 'UTC')).not.toBeNull()
  expect(cronProblem('*/5 8-18 * * 1-5', 'UTC')).toBeNull()
})
