import { workingCalendar } from '@sluice/sdk'
import { expect, test } from 'vitest'
import { dueTimes } from './next-times.ts'
import { timeFormat, timesSpec } from './times-spec.ts'

const friday = Date.parse('2026-10-30T12:00:00Z')
const texts = (cron: string, siblings: Readonly<Record<string, unknown>>, language = 'en') => {
  const cn = workingCalendar('cn')
  const spec = timesSpec(cron, siblings, cn === null ? [] : [cn])
  return dueTimes(spec, friday).map((at) => timeFormat(language, spec.timeZone).format(at))
}

test('a cron line comes at the times of its zone, not of the reader', () => {
  expect(texts('0 9 * * *', { timeZone: 'Asia/Shanghai' })[0]).toBe('Sat, Oct 31, 2026, 09:00')
  expect(texts('0 9 * * *', { timeZone: 'America/New_York' })[0]).toBe('Fri, Oct 30, 2026, 09:00')
  // Clocks there go back on the first of November.
  expect(texts('30 1 * * 0', { timeZone: 'America/New_York' })[0]).toBe('Sun, Nov 1, 2026, 01:30')
})

test('days off of the calendar are left out or moved from, as the settings say', () => {
  const cn = { timeZone: 'Asia/Shanghai', calendar: 'cn' }
  expect(texts('0 9 * * *', cn)[0]).toBe('Mon, Nov 2, 2026, 09:00')
  expect(texts('0 9 1 11 *', { ...cn, onDayOff: 'next' })[0]).toBe('Mon, Nov 2, 2026, 09:00')
  expect(texts('0 9 5 12 *', { ...cn, onDayOff: 'previous' })[0]).toBe('Fri, Dec 4, 2026, 09:00')
})

test('a line that is wrong or never comes shows no times', () => {
  expect(texts('every morning', {})).toEqual([])
  expect(texts('0 0 30 2 *', {})).toEqual([])
  expect(texts('0 9 * * *', { timeZone: 'Mars/Olympus' })).toEqual([])
})

test('times are written as Chinese writes them', () => {
  expect(texts('0 9 * * *', { timeZone: 'Asia/Shanghai' }, 'zh-CN')[0]).toBe('2026年10月31日周六 09:00')
})
