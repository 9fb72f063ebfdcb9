import { expect, test } from 'vitest'
import { hoursText, readDays, readHours } from './calendar-text.ts'

test('hours are written and read as people write them, in either language', () => {
  expect(
    hoursText([
      [540, 720],
      [780, 1_080],
    ]),
  ).toBe('09:00-12:00, 13:00-18:00')
  expect(readHours('9:00-12:00， 13：00至18：00')).toEqual([
    [540, 720],
    [780, 1_080],
  ])
  expect(readHours('00:00-24:00')).toEqual([[0, 1_440]])
  for (const wrong of ['', 'nine to six', '9-18', '09:00-25:00', '09:60-12:00', '09:00-12:00,']) expect(readHours(wrong)).toBeNull()
})

test('days stand one a line or with commas between', () => {
  expect(readDays(' 2026-10-01\n2026-10-02, 2026-10-03\n\n')).toEqual(['2026-10-01', '2026-10-02', '2026-10-03'])
})
