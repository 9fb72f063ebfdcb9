import { workingCalendar } from '@sluice/sdk'
import { describe, expect, test } from 'vitest'
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

describe('the wall clock of a place', () => {
  const dues = (cron: string, timeZone: string, from: string, count: number) => {
    const found: string[] = []
    for (let at: number | null = Date.parse(from); found.length < count; ) {
      at = nextDue({ cron, every: null, timeZone }, at)
      if (at === null) break
      found.push(new Date(at).toISOString().replace(':00.000Z', 'Z'))
    }
    return found
  }

  test('nine in the morning stays nine when clocks go forward and back', () => {
    expect(dues('0 9 * * *', 'Europe/Berlin', '2026-03-27T12:00:00Z', 3)).toEqual([
      '2026-03-28T08:00Z',
      '2026-03-29T07:00Z',
      '2026-03-30T07:00Z',
    ])
    expect(dues('0 9 * * *', 'Europe/Berlin', '2026-10-23T12:00:00Z', 3)).toEqual([
      '2026-10-24T07:00Z',
      '2026-10-25T08:00Z',
      '2026-10-26T08:00Z',
    ])
  })

  test('an hour that comes twice gives one run, and one that is skipped is made up for on the same day', () => {
    const autumn = dues('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)
    expect(autumn.map((at) => at.slice(0, 10))).toEqual(['2026-10-25', '2026-10-26'])
    const spring = dues('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)
    expect(spring.map((at) => at.slice(0, 10))).toEqual(['2026-03-29', '2026-03-30'])
  })

  test('29 February comes in leap years only', () => {
    expect(dues('0 12 29 2 *', 'UTC', '2026-01-01T00:00:00Z', 2)).toEqual(['2028-02-29T12:00Z', '2032-02-29T12:00Z'])
  })
})

describe('days off', () => {
  const china = workingCalendar('cn')
  const spec = (cron: string | null, every: string | null, rule: 'skip' | 'next' | 'previous') => ({
    cron,
    every,
    timeZone: 'Asia/Shanghai',
    dayOff: china === null ? null : { calendar: china, rule },
  })
  const from = (text: string) => Date.parse(text)
  const next = (it: ReturnType<typeof spec>, after: string) => new Date(nextDue(it, from(after)) ?? 0).toISOString()

  test('a daily time leaves out weekends and holidays, and comes on a Saturday that is worked', () => {
    const daily = spec('0 9 * * *', null, 'skip')
    expect(next(daily, '2026-09-30T09:00:00+08:00')).toBe('2026-10-08T01:00:00.000Z')
    expect(next(daily, '2026-10-09T09:00:00+08:00')).toBe('2026-10-10T01:00:00.000Z')
    expect(next(daily, '2026-10-10T09:00:00+08:00')).toBe('2026-10-12T01:00:00.000Z')
  })

  test('the first of a month moves to the working day after or before, once', () => {
    const monthly = '0 9 1 * *'
    expect(next(spec(monthly, null, 'next'), '2026-09-15T00:00:00+08:00')).toBe('2026-10-08T01:00:00.000Z')
    expect(next(spec(monthly, null, 'next'), '2026-10-08T09:00:00+08:00')).toBe('2026-11-02T01:00:00.000Z')
    expect(next(spec(monthly, null, 'previous'), '2026-09-15T00:00:00+08:00')).toBe('2026-09-30T01:00:00.000Z')
    expect(next(spec(monthly, null, 'previous'), '2026-09-30T09:00:00+08:00')).toBe('2026-10-30T01:00:00.000Z')
  })

  test('times that move to the same moment are one', () => {
    const daily = spec('0 9 * * *', null, 'next')
    expect(next(daily, '2026-03-06T09:00:00+08:00')).toBe('2026-03-09T01:00:00.000Z')
    expect(next(daily, '2026-03-09T09:00:00+08:00')).toBe('2026-03-10T01:00:00.000Z')
  })

  test('an interval keeps its beat over a holiday, also when it was late', () => {
    const each = spec(null, 'PT6H', 'skip')
    expect(next(each, '2026-09-30T20:00:00+08:00')).toBe('2026-10-07T18:00:00.000Z')
    const late = nextAfterFire(each, from('2026-09-30T20:00:00+08:00'), from('2026-10-08T05:00:00+08:00'))
    expect(new Date(late ?? 0).toISOString()).toBe('2026-10-08T00:00:00.000Z')
  })

  test('a time that never falls on a working day has no next one', () => {
    const dayOff = china === null ? null : { calendar: { ...china, shifted: [] }, rule: 'skip' as const }
    expect(nextDue({ ...spec('0 9 * * 0', null, 'skip'), dayOff }, from('2026-03-02T00:00:00+08:00'))).toBeNull()
  })
})
