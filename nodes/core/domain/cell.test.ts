import type { Json } from '@sluice/sdk'
import { expect, test } from 'vitest'
import { cellFits, parseCell } from './cell.ts'

const fits = (cell: string, value: Json | undefined) => {
  const parsed = parseCell(cell)
  if (parsed === null) throw new Error(`no cell: ${cell}`)
  return cellFits(parsed, value)
}

test.each<[string, Json | undefined, boolean]>([
  ['-', 7, true],
  ['-', undefined, true],
  ['', null, true],
  ['= 1', 1, true],
  ['1', 1, true],
  ['1', '1', false],
  ['"1"', '1', true],
  ['> 1万', 10_001, true],
  ['> 1万', 10_000, false],
  ['<= 1.5亿', 150_000_000, true],
  ['>= 30%', 0.3, true],
  ['≥ 3', 3, true],
  ['!= 3', 4, true],
  ['[1..5]', 5, true],
  ['[1..5)', 5, false],
  ['(1..5]', 1, false],
  [']1..5[', 1, false],
  ['[2026-01-01..2026-12-31]', '2026-06-01', true],
  ['[1..5], 9', 9, true],
  ['a, b', 'b', true],
  ['北京,上海', '上海', true],
  ['a, b', 'c', false],
  ['not a, b', 'c', true],
  ['not a', 'a', false],
  ['不是 a', 'b', true],
  ['not a', undefined, true],
  ['> 1', undefined, false],
  ['> 1', '2', false],
  ['true', true, true],
  ['null', undefined, true],
  ['"a, b"', 'a, b', true],
])('%s with %j: %s', (cell, value, expected) => {
  expect(fits(cell, value)).toBe(expected)
})

test('an endless cell is none', () => {
  expect(parseCell('a,'.repeat(1_000))).toBeNull()
})
