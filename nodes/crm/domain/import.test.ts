import { expect, test } from 'vitest'
import { csvLine, neutralise, restore } from './csv.ts'
import { shippedFields } from './fields.ts'
import { readHeading, readRow } from './import.ts'

const catalogue = new Map(shippedFields.map((field) => [field.name, field]))
const row = (heading: string, line: string) => readRow(2, line.split(','), readHeading(heading.split(',')), catalogue)

test('usual headings of both languages find their fields', () => {
  expect(readHeading(['姓名', '手机号', '年收入', '授权']).targets).toEqual(['name', 'mobile', 'income', 'consents'])
  expect(readHeading(['Name', 'E-Mail', 'owner', 'shoe_size']).targets).toEqual(['name', 'email', 'owner', 'shoe_size'])
})

test('a mapping wins, an empty target leaves a column out', () => {
  expect(readHeading(['Kunde', 'Notiz'], { Kunde: 'name', Notiz: '' })).toEqual({ targets: ['name', null], problems: [] })
})

test('columns that are doubled, unknown or missing stop the file', () => {
  expect(readHeading(['name', '姓名']).problems).toEqual([{ field: 'name', code: 'twice' }])
  expect(readHeading(['mobile']).problems).toEqual([{ field: 'name', code: 'missing' }])
  expect(readHeading(['name', 'what is this?']).problems).toEqual([{ field: 'what is this?', code: 'unknown_column' }])
})

test('a line becomes a customer with typed values and grants', () => {
  expect(row('name,income,city,consents', '李雷,450000,北京,recommendation:quote_push|service_delivery/aftersales_care')).toMatchObject({
    line: 2,
    name: '李雷',
    fields: { income: 450_000, city: '北京' },
    consents: [
      { purpose: 'recommendation', scene: 'quote_push' },
      { purpose: 'service_delivery', scene: 'aftersales_care' },
    ],
  })
})

test('every fault of a line is named with its column, and no personal value is repeated', () => {
  const errors = row('name,income,email,consents', ',viel,kein-at-zeichen,profit:quote_push')
  expect(errors).toEqual([
    { line: 2, field: 'income', code: 'not_a_number' },
    { line: 2, field: 'email', code: 'not_an_email' },
    { line: 2, field: 'consents', code: 'unknown_consent', value: 'profit:quote_push' },
    { line: 2, field: 'name', code: 'missing' },
  ])
})

test('a line with too few or too many cells is refused', () => {
  expect(row('name,city', 'Li')).toEqual([{ line: 2, field: '', code: 'columns', value: '1/2' }])
})

test('cells that a spreadsheet would run become text, and come back as they were', () => {
  for (const cell of ['=1+1', '+49 30 1', '-2', '@SUM(A1)', '\t=1']) {
    expect(neutralise(cell)).toBe(`'${cell}`)
    expect(restore(neutralise(cell))).toBe(cell)
  }
  expect(neutralise('李雷')).toBe('李雷')
  expect(csvLine(['=HYPERLINK("x")', 'a,b'])).toBe(`"'=HYPERLINK(""x"")","a,b"\r\n`)
})
