import { expect, test } from 'vitest'
import { csvLine, neutralise, restore } from './csv.ts'

test.each([
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  ' =1+1',
  '\u00a0=1+1',
  '\n=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
])('the cell %j is no formula for a spreadsheet, and is the same when it is read back', (cell) => {
  expect(neutralise(cell)).toBe(`'${cell}`)
  expect(restore(neutralise(cell))).toBe(cell)
})

test.each(['李雷', '‮evil', '👩‍👩‍👧', "O'Neill", "'quoted'", 'a=b', 'x'.repeat(10_000)])('the cell %j stays as it is', (cell) => {
  expect(neutralise(cell)).toBe(cell)
  expect(restore(cell)).toBe(cell)
})

test('a cell cannot end its line or its column', () => {
  expect(csvLine(['a"b', 'c,d', 'e\r\nf'])).toBe('"a""b","c,d","e\r\nf"\r\n')
})
