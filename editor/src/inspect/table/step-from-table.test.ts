import { expect, test } from 'vitest'
import { stepFromTable } from './step-from-table.ts'
import { columnsMax, rowsMax } from './table-model.ts'

test('a block of a spreadsheet becomes a decision table: the first line names it, the last column is what it gives', () => {
  expect(stepFromTable('Deal size\tRegion\tDiscount\n> 1,000\tEU, CN\t5%\n*\t\t0\n')).toEqual({
    config: {
      hitPolicy: 'first',
      inputs: [
        { name: 'Deal_size', value: '{% input.Deal_size %}', type: 'number' },
        { name: 'Region', value: '{% input.Region %}', type: 'text' },
      ],
      outputs: [{ name: 'Discount', type: 'number' }],
      rows: [
        { when: ['> 1000', 'EU, CN'], give: [0.05] },
        { when: ['-', '-'], give: [0] },
      ],
    },
    rows: 2,
    left: 0,
  })
})

test('a file with commas or semicolons, quotes and a byte order mark is read too', () => {
  const found = stepFromTable('\ufefftier;"reason; long";→ level;→ 说明\r\ngold;"a; ""b""";1;好\r\n')
  expect(found?.config).toMatchObject({
    inputs: [{ name: 'tier' }, { name: 'reason_long' }],
    outputs: [{ name: 'level', type: 'number' }, { name: '说明' }],
    rows: [{ when: ['gold', 'a; "b"'], give: [1, '好'] }],
  })
  expect(stepFromTable('a,b\n1,2\n3,4')?.rows).toBe(2)
})

test('headings that are empty, the same or strange get names of their own', () => {
  expect(stepFromTable('\tamount\tamount\t1€\nx\t1\t2\t3')?.config).toMatchObject({
    inputs: [{ name: 'column1' }, { name: 'amount' }, { name: 'amount2' }],
    outputs: [{ name: 'column4' }],
  })
})

test('sentences, single lines, JSON and what is too wide are no table; what is too long says how much was left out', () => {
  for (const text of [
    '',
    'a\tb',
    'Dear team, hello\nyours',
    'one\ntwo',
    '{"a": 1,\n"b": 2}',
    '[1,\n2]',
    Array.from({ length: columnsMax + 1 }, () => 'x')
      .join('\t')
      .concat('\n')
      .repeat(2),
    'a\tb\n'.repeat(300_000),
  ])
    expect(stepFromTable(text), text.slice(0, 30)).toBeNull()
  expect(stepFromTable(`a\tb\n${'1\t2\n'.repeat(rowsMax + 7)}`)).toMatchObject({ rows: rowsMax, left: 7 })
})
