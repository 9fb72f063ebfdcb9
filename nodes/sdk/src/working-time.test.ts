import { describe, expect, test } from 'vitest'
import { workingCalendar, workingCalendars } from './calendars.ts'
import { afterWorking, hasRealDay, isWorking } from './working-time.ts'

function later(calendar: string, start: string, duration: string): string | null {
  const found = workingCalendar(calendar)
  const at = found === null ? null : afterWorking(found, Date.parse(start), duration)
  return at === null ? null : new Date(at).toISOString().replace('.000Z', 'Z')
}

describe('working time in China', () => {
  test.each([
    ['within one day', '2026-03-02T10:00:00+08:00', 'PT3H', '2026-03-02T05:00:00Z'],
    ['to the very end of a day', '2026-03-02T10:00:00+08:00', 'PT8H', '2026-03-02T10:00:00Z'],
    ['over a night', '2026-03-02T17:00:00+08:00', 'PT2H', '2026-03-03T02:00:00Z'],
    ['over a weekend', '2026-03-06T17:00:00+08:00', 'PT2H', '2026-03-09T02:00:00Z'],
    ['from a night on', '2026-03-02T23:00:00+08:00', 'PT1H', '2026-03-03T02:00:00Z'],
    ['into a Saturday that is worked before the Spring Festival', '2026-02-13T17:00:00+08:00', 'PT2H', '2026-02-14T02:00:00Z'],
    ['over the Spring Festival', '2026-02-14T17:00:00+08:00', 'PT2H', '2026-02-24T02:00:00Z'],
    ['over National Day 2025 with the Mid-Autumn Festival', '2025-09-30T17:30:00+08:00', 'PT1H', '2025-10-09T01:30:00Z'],
    ['by working days', '2026-09-30T15:00:00+08:00', 'P2D', '2026-10-09T07:00:00Z'],
    ['by working days and hours', '2026-09-30T15:00:00+08:00', 'P1DT4H', '2026-10-09T02:00:00Z'],
    ['by no time at all, from a holiday', '2026-10-01T12:00:00+08:00', 'PT0S', '2026-10-08T01:00:00Z'],
  ])('%s', (_, start, duration, end) => {
    expect(later('cn', start, duration)).toBe(end)
  })
})

describe('working time in Germany', () => {
  test.each([
    ['clocks go forward between Friday and Monday', '2026-03-27T17:00:00+01:00', 'PT2H', '2026-03-30T08:00:00Z'],
    ['clocks go back between Friday and Monday', '2026-10-23T17:00:00+02:00', 'PT2H', '2026-10-26T09:00:00Z'],
    ['over Easter', '2026-04-02T17:00:00+02:00', 'PT2H', '2026-04-07T08:00:00Z'],
    ['a working day over 29 February', '2028-02-28T12:00:00+01:00', 'P1D', '2028-02-29T11:00:00Z'],
    ['the same time of day over the change of clocks', '2026-03-27T10:00:00+01:00', 'P1D', '2026-03-30T08:00:00Z'],
  ])('%s', (_, start, duration, end) => {
    expect(later('de', start, duration)).toBe(end)
  })
})

test('months are no working time, and nothing ends in a hundred years', () => {
  expect(later('cn', '2026-03-02T10:00:00+08:00', 'P1M')).toBeNull()
  expect(later('cn', '2026-03-02T10:00:00+08:00', 'PT900000H')).toBeNull()
  expect(later('cn', '2026-03-02T10:00:00+08:00', 'soon')).toBeNull()
})

test.each([
  ['2026-02-28', true],
  ['2028-02-29T09:00:00Z', true],
  ['2026-02-29', false],
  ['2026-02-30T09:00:00+08:00', false],
  ['2026-04-31', false],
  ['tomorrow', false],
])('%s names a day of the calendar: %s', (text, real) => {
  expect(hasRealDay(text)).toBe(real)
})

test('a moment is working time or it is not', () => {
  const cn = workingCalendar('cn')
  expect(cn !== null && isWorking(cn, Date.parse('2026-02-14T10:00:00+08:00'))).toBe(true)
  expect(cn !== null && isWorking(cn, Date.parse('2026-02-16T10:00:00+08:00'))).toBe(false)
  expect(cn !== null && isWorking(cn, Date.parse('2026-03-02T18:00:00+08:00'))).toBe(false)
})

test.each(workingCalendars)(
  '$id: a shifted day is a day off otherwise, hours are in order, days lie in the years it speaks of',
  (calendar) => {
    const weekday = (day: string) => ((new Date(day).getUTCDay() + 6) % 7) + 1
    expect(calendar.shifted.filter((day) => calendar.weekdays.includes(weekday(day)))).toEqual([])
    expect(calendar.holidays.filter((day) => calendar.shifted.includes(day))).toEqual([])
    const [first, last] = calendar.years
    for (const day of [...calendar.holidays, ...calendar.shifted]) {
      expect(Number(day.slice(0, 4))).toBeGreaterThanOrEqual(first)
      expect(Number(day.slice(0, 4))).toBeLessThanOrEqual(last)
    }
    expect(calendar.hours.every(([from, to]) => from < to)).toBe(true)
  },
)
