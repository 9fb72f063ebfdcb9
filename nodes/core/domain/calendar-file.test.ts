import { expect, test } from 'vitest'
import { calendarLimits } from './calendar.ts'
import { readCalendarFile } from './calendar-file.ts'

test.each([
  ['CSV with a header and names', 'date,kind,name\r\n2027-01-01,holiday,New Year\r\n2027-01-03,workday,\r\n'],
  ['CSV as a Chinese office writes it', '\uFEFF日期,类型\n2027/01/01,放假\n2027/01/03,上班\n'],
  ['JSON with two lists', '{"holidays":["2027-01-01"],"shifted":["2027-01-03"]}'],
  ['JSON with kinds', '[{"date":"2027-01-01","kind":"holiday"},{"date":"2027-01-03","kind":"班"}]'],
  [
    'JSON of public holiday data',
    '{"year":2027,"days":[{"name":"x","date":"2027-01-01","isOffDay":true},{"name":"x","date":"2027-01-03","isOffDay":false}]}',
  ],
])('%s is read', (_, text) => {
  expect(readCalendarFile(text)).toEqual({ ok: true, holidays: ['2027-01-01'], shifted: ['2027-01-03'] })
})

test.each([
  ['', 'empty'],
  ['2027-02-30,holiday', '2027-02-30'],
  ['2027-01-01,holiday\n2027-01-01,workday', 'both'],
  ['2027-01-01,perhaps', 'neither'],
  ['{"holidays":', 'no JSON'],
  ['{"days":[{"date":{"a":1},"isOffDay":true}]}', 'no date'],
  ['[[[]]]', 'no date'],
  ['{}', 'no days'],
  ['x'.repeat(calendarLimits.fileCharsMax + 1), 'longer than'],
])('a file %j is refused with what is wrong', (text, says) => {
  expect(readCalendarFile(text)).toMatchObject({ ok: false, says: expect.stringContaining(says) })
})

test('the line of a CSV file is named', () => {
  expect(readCalendarFile('date,kind\n2027-01-01,holiday\nsoon,holiday')).toMatchObject({ ok: false, line: 3 })
})
