import { describe, expect, test } from 'vitest'
import {
  addColumn,
  changeColumn,
  changesOf,
  clearRange,
  fillDown,
  moveRows,
  pasteTexts,
  removeColumn,
  sheetOf,
  textsIn,
  withRow,
  writeTexts,
} from './table-model.ts'
import { cellFromSheet, readTsv, valueIn, writeTsv } from './table-text.ts'

const sheet = sheetOf({
  inputs: [
    { name: 'amount', value: '{% input.amount %}' },
    { name: 'tier', value: '{% input.tier %}' },
  ],
  outputs: [{ name: 'approver' }],
  rows: [
    { when: ['> 1万', '-'], give: ['director'] },
    { when: ['<= 1万', 'gold'], give: ['rep'] },
  ],
})
const empty = sheetOf({})

describe('text of a spreadsheet', () => {
  test('is read cell by cell, quotes, line breaks and empty cells included', () => {
    expect(readTsv('a\tb\r\n"x\ty"\t\n"say ""hi"""\t"two\nlines"\n')).toEqual([
      ['a', 'b'],
      ['x\ty', ''],
      ['say "hi"', 'two\nlines'],
    ])
    expect(readTsv('')).toEqual([])
    expect(readTsv('5"')).toEqual([['5"']])
  })

  test('comes back as it went', () => {
    const cells = [
      ['a', '', 'tab\there'],
      ['"q"', 'x\ny', '1'],
    ]
    expect(readTsv(writeTsv(cells))).toEqual(cells)
  })

  test.each([
    ['1,200', '1200'],
    ['¥12,000.50', '12000.50'],
    ['10–20', '[10..20]'],
    ['5%-10%', '[5%..10%]'],
    ['*', '-'],
    ['', '-'],
    ['任意', '-'],
    ['＞1万', '>1万'],
    ['gold、silver', 'gold, silver'],
    ['2026-03-01', '2026-03-01'],
  ])('%s is the cell %s', (text, cell) => expect(cellFromSheet(text)).toBe(cell))

  test('an output is read by the type of its column', () => {
    expect([
      valueIn('12', undefined),
      valueIn('12', 'text'),
      valueIn('5%', 'number'),
      valueIn('1.2万', 'number'),
      valueIn('是', 'boolean'),
    ]).toEqual([12, '12', 0.05, 12000, true])
    expect([valueIn('', 'number'), valueIn('', undefined), valueIn('abc', 'number')]).toEqual([null, '', 'abc'])
  })
})

describe('a sheet', () => {
  test('pasted into nothing makes its columns, and their types, from the first line', () => {
    const lines = Array.from({ length: 200 }, (_, row) => [
      `[${row}..${row + 1})`,
      row % 2 === 0 ? 'gold' : 'silver, bronze',
      '是',
      `${row}%`,
    ])
    const { sheet: made, left } = pasteTexts(empty, { row: 0, column: 0 }, [['amount', 'tier', '→ urgent', '→ discount'], ...lines])
    expect(made.inputs).toEqual([
      { name: 'amount', type: 'number', value: '{% input.amount %}' },
      { name: 'tier', type: 'text', value: '{% input.tier %}' },
    ])
    expect(made.outputs).toEqual([
      { name: 'urgent', type: 'boolean' },
      { name: 'discount', type: 'number' },
    ])
    expect(made.rows).toHaveLength(200)
    expect(made.rows[150]).toEqual({ when: ['[150..151)', 'gold'], give: [true, 1.5] })
    expect(left).toEqual({ rows: 0, columns: 0 })
  })

  test('pasted over columns that are there leaves their names out, and says what found no room', () => {
    const {
      sheet: made,
      left,
      range,
    } = pasteTexts(sheet, { row: 1, column: 0 }, [
      ['amount', 'tier', 'approver'],
      ['1,000', 'x', 'y'],
    ])
    expect(made.rows[1]).toEqual({ when: ['1000', 'x'], give: ['y'] })
    expect(range.to).toEqual({ row: 1, column: 2 })
    expect(left).toEqual({ rows: 0, columns: 0 })
    expect(
      pasteTexts(sheet, { row: 499, column: 2 }, [
        ['a', 'b'],
        ['c', 'd'],
      ]).left,
    ).toEqual({ rows: 1, columns: 1 })
  })

  test('fills down, clears, and moves rows like a spreadsheet', () => {
    expect(
      textsIn(fillDown(sheet, { from: { row: 0, column: 0 }, to: { row: 1, column: 0 } }), {
        from: { row: 1, column: 0 },
        to: { row: 1, column: 2 },
      }),
    ).toEqual([['> 1万', 'gold', 'rep']])
    // One row alone takes what stands above it.
    expect(fillDown(sheet, { from: { row: 1, column: 2 }, to: { row: 1, column: 2 } }).rows[1]?.give).toEqual(['director'])
    expect(clearRange(sheet, { from: { row: 1, column: 2 }, to: { row: 0, column: 0 } }).rows[0]).toEqual({ when: ['-', '-'], give: [''] })
    const three = writeTexts(sheet, { row: 2, column: 0 }, [['= 3', '', 'x']])
    const names = (moved: typeof three) => moved.rows.map(({ give }) => give[0])
    expect(names(moveRows(three, 0, 0, 3))).toEqual(['rep', 'x', 'director'])
    expect(names(moveRows(three, 1, 2, 0))).toEqual(['rep', 'x', 'director'])
    expect(moveRows(three, 1, 1, 2)).toBe(three)
  })

  test('begins with a row to write in as soon as it can be asked and can answer', () => {
    const asked = withRow(addColumn(empty, 'inputs', { name: 'amount' }))
    expect(asked.rows).toEqual([])
    expect(withRow(addColumn(asked, 'outputs', { name: 'approver' })).rows).toEqual([{ when: ['-'], give: [''] }])
    expect(withRow(sheet)).toBe(sheet)
  })

  test('keeps rows and test rows as wide as its columns', () => {
    const tested = { ...sheet, tests: [{ given: [1, 'gold'], expect: ['rep'] }] }
    const wider = addColumn(addColumn(tested, 'inputs', { name: 'region' }), 'outputs', { name: 'level', type: 'number' })
    expect(wider.rows[0]).toEqual({ when: ['> 1万', '-', '-'], give: ['director', null] })
    expect(wider.tests).toEqual([{ given: [1, 'gold', null], expect: ['rep', null] }])
    const narrow = removeColumn(removeColumn(wider, 0), 3)
    expect(narrow.tests).toEqual([{ given: ['gold', null], expect: ['rep'] }])
    expect(narrow.rows[1]).toEqual({ when: ['gold', '-'], give: ['rep'] })
  })

  test('tells only what changed, so that two people can change different parts', () => {
    expect(Object.keys(changesOf(sheet, moveRows(sheet, 0, 0, 2)))).toEqual(['rows'])
    expect(changesOf(sheet, sheet)).toEqual({})
    expect(Object.keys(changesOf(sheet, changeColumn(sheet, 1, { name: 'level' })))).toEqual(['inputs'])
  })

  test('is made from any config without throwing', () => {
    for (const config of [
      { rows: 5, inputs: [null] },
      { tests: [{}], rows: [{ when: 'x' }] },
      { inputs: {}, outputs: [[]] },
    ])
      expect(() => sheetOf(config)).not.toThrow()
  })
})
