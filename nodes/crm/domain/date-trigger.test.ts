import { workingCalendar } from '@sluice/sdk'
import { describe, expect, test } from 'vitest'
import { type DateSpec, dateIn, dueOf, endOf } from './date-trigger.ts'

const due = (date: string, spec: Partial<DateSpec>, calendar: string | null = null) => {
  const whole: DateSpec = { when: 'before', days: 3, at: '09:00', timeZone: 'UTC', ...spec }
  const at = dueOf(whole, date, calendar === null ? null : workingCalendar(calendar))
  return at === null ? null : new Date(at).toISOString().replace(':00.000Z', 'Z')
}

describe('days before a date', () => {
  test.each([
    ['over 29 February in a leap year', '2028-03-01', { days: 1 }, '2028-02-29T09:00Z'],
    ['over the end of February in any other year', '2027-03-01', { days: 1 }, '2027-02-28T09:00Z'],
    ['a year before 29 February', '2028-02-29', { days: 365 }, '2027-03-01T09:00Z'],
    ['over the turn of a year', '2027-01-02', {}, '2026-12-30T09:00Z'],
    ['over the night in which clocks go forward', '2026-03-31', { timeZone: 'Europe/Berlin' }, '2026-03-28T08:00Z'],
    ['over the night in which clocks go back', '2026-10-26', { timeZone: 'Europe/Berlin' }, '2026-10-23T07:00Z'],
  ] as const)('%s', (_, date, spec, at) => {
    expect(due(date, spec)).toBe(at)
  })

  test('working days are those of the calendar, with a Saturday that is worked', () => {
    expect(due('2026-10-12', { days: 2, timeZone: 'Asia/Shanghai' }, 'cn')).toBe('2026-10-09T01:00Z')
    expect(due('2026-02-24', { days: 1, timeZone: 'Asia/Shanghai' }, 'cn')).toBe('2026-02-14T01:00Z')
  })
})

describe('a time of day that clocks skip or show twice is one moment, and none before it', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:30Z'],
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30Z'],
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:30Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30Z'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:45Z'],
    ['Africa/Cairo', '2026-04-24', '00:00', '2026-04-23T22:00Z'],
    ['America/Santiago', '2026-09-06', '00:00', '2026-09-06T04:00Z'],
    ['Pacific/Apia', '2011-12-30', '09:00', '2011-12-30T19:00Z'],
  ])('%s, %s at %s', (timeZone, date, at, moment) => {
    expect(due(date, { when: 'on', at, timeZone })).toBe(moment)
  })
})

test('a day ends at midnight there, also when it has 23 or 25 hours', () => {
  const end = (date: string, timeZone: string) => new Date(endOf(date, timeZone)).toISOString()
  expect(end('2026-03-29', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z')
  expect(end('2026-10-25', 'Europe/Berlin')).toBe('2026-10-25T23:00:00.000Z')
  expect(end('2026-02-28', 'Asia/Shanghai')).toBe('2026-02-28T16:00:00.000Z')
})

test('what is no day counts as no date', () => {
  expect(['2026-02-29', '2026-13-01', '01.03.2026', 'soon', 20260301, null].map(dateIn)).toEqual([null, null, null, null, null, null])
  expect(['2028-02-29', '2026-03-01T10:00:00Z', ' 2026-03-01 '].map(dateIn)).toEqual(['2028-02-29', '2026-03-01', '2026-03-01'])
})
