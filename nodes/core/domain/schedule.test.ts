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
  expect(cronProblem('61 * * * *', 'UTC')).toEqual({ kind: 'part', part: 'minute', text: '61' })
  expect(cronProblem('0 9 * * 1-9', 'UTC')).toEqual({ kind: 'part', part: 'weekday', text: '1-9' })
  expect(cronProblem('0 61 9 * * *', 'UTC')).toEqual({ kind: 'part', part: 'minute', text: '61' })
  expect(cronProblem('60 0 9 * * *', 'UTC')).toEqual({ kind: 'part', part: 'second', text: '60' })
  expect(cronProblem('every monday', 'UTC')).toEqual({ kind: 'parts' })
  expect(cronProblem('@sometimes', 'UTC')).toEqual({ kind: 'line' })
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

  test('what comes each quarter of an hour keeps coming each quarter of an hour while clocks change, also by half an hour', () => {
    const steps = (timeZone: string, from: string) => {
      const found = dues('*/15 * * * *', timeZone, from, 24).map((at) => Date.parse(at.replace('Z', ':00Z')))
      return new Set(found.slice(1).map((at, index) => at - (found[index] ?? 0)))
    }
    for (const [timeZone, from] of [
      ['Europe/Berlin', '2026-03-28T23:00:00Z'],
      ['Europe/Berlin', '2026-10-24T22:00:00Z'],
      ['America/New_York', '2026-03-08T05:00:00Z'],
      ['America/New_York', '2026-11-01T04:00:00Z'],
      ['Australia/Lord_Howe', '2026-04-04T13:00:00Z'],
      ['Australia/Lord_Howe', '2026-10-03T13:00:00Z'],
    ] as const)
      expect(steps(timeZone, from), `${timeZone} ${from}`).toEqual(new Set([900_000]))
  })

  test('a time in the half hour that Lord Howe skips or repeats comes once a day', () => {
    const dayOf = (at: string) => new Date(Date.parse(at.replace('Z', ':00Z')) + 10.75 * 3_600_000).toISOString().slice(0, 10)
    const spring = dues('15 2 * * *', 'Australia/Lord_Howe', '2026-10-02T12:00:00Z', 4)
    expect(spring.map(dayOf)).toEqual(['2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06'])
    const autumn = dues('45 1 * * *', 'Australia/Lord_Howe', '2026-04-03T12:00:00Z', 4)
    expect(autumn.map(dayOf)).toEqual(['2026-04-04', '2026-04-05', '2026-04-06', '2026-04-07'])
  })

  test('midnight that is skipped comes at one, on its own day', () => {
    expect(dues('0 0 * * *', 'Africa/Cairo', '2026-04-23T12:00:00Z', 2)).toEqual(['2026-04-23T22:00Z', '2026-04-24T21:00Z'])
  })

  test('a day that a place left out of its calendar is left out', () => {
    expect(dues('0 9 * * *', 'Pacific/Apia', '2011-12-29T12:00:00Z', 3)).toEqual([
      '2011-12-29T19:00Z',
      '2011-12-30T19:00Z',
      '2011-12-31T19:00Z',
    ])
    expect(dues('0 9 30 12 *', 'Pacific/Apia', '2011-12-01T12:00:00Z', 1)).toEqual(['2012-12-29T19:00Z'])
  })

  test('the last day, the last weekday, the nearest weekday and the second Monday of a month', () => {
    const days = (cron: string) => dues(cron, 'UTC', '2028-01-31T12:00:00Z', 3).map((at) => at.slice(0, 10))
    expect(days('0 9 L * *')).toEqual(['2028-02-29', '2028-03-31', '2028-04-30'])
    expect(days('0 9 LW * *')).toEqual(['2028-02-29', '2028-03-31', '2028-04-28'])
    expect(days('0 9 15W * *')).toEqual(['2028-02-15', '2028-03-15', '2028-04-14'])
    expect(days('0 9 * * 5L')).toEqual(['2028-02-25', '2028-03-31', '2028-04-28'])
    expect(days('0 9 * * MON#2')).toEqual(['2028-02-14', '2028-03-13', '2028-04-10'])
  })

  test('29 February comes in leap years only, and is passed over where a century has none', () => {
    expect(dues('0 12 29 2 *', 'UTC', '2096-03-01T00:00:00Z', 1)).toEqual(['2104-02-29T12:00Z'])
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

  test('one that was moved and still lies ahead is found on the days off too, and on the day it was moved to', () => {
    const monthly = spec('0 9 1 8 *', null, 'next')
    expect(next(monthly, '2026-08-02T12:00:00+08:00')).toBe('2026-08-03T01:00:00.000Z')
    expect(next(monthly, '2026-08-03T08:59:00+08:00')).toBe('2026-08-03T01:00:00.000Z')
    expect(next(monthly, '2026-08-03T09:00:00+08:00')).toBe('2027-08-02T01:00:00.000Z')
    const twice = spec('0 9,18 * * 6', null, 'next')
    expect(next(twice, '2026-08-03T09:00:00+08:00')).toBe('2026-08-03T10:00:00.000Z')
    expect(next({ ...twice, ...spec('0 9,18 * * 6', null, 'previous') }, '2026-07-31T12:00:00+08:00')).toBe('2026-07-31T10:00:00.000Z')
  })

  test.each(['skip', 'next', 'previous'] as const)('what comes each second outlives the longest holiday (%s)', (rule) => {
    const second = spec('* * * * * *', null, rule)
    const seconds = (text: string) => new Date(nextDue(second, from(text)) ?? 0).toISOString()
    expect(seconds('2026-02-14T23:59:59+08:00')).toBe('2026-02-23T16:00:00.000Z')
    expect(seconds('2026-02-24T10:00:00+08:00')).toBe('2026-02-24T02:00:01.000Z')
    if (rule === 'skip') expect(next(spec(null, 'PT7S', rule), '2026-02-14T23:59:59+08:00')).toBe('2026-02-23T16:00:01.000Z')
  })

  test('a time that never falls on a working day has no next one', () => {
    const dayOff = china === null ? null : { calendar: { ...china, shifted: [] }, rule: 'skip' as const }
    expect(nextDue({ ...spec('0 9 * * 0', null, 'skip'), dayOff }, from('2026-03-02T00:00:00+08:00'))).toBeNull()
  })
})
