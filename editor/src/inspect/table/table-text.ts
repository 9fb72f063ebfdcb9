import type { Json } from '@sluice/flows'
import type { ColumnType } from '@sluice/nodes/core/table'

const cells = {
  '\t': /(?:"((?:[^"]|"")*)"(?=\t|\n|$)|([^\t\n]*))(\t|\n|$)/g,
  ',': /(?:"((?:[^"]|"")*)"(?=,|\n|$)|([^,\n]*))(,|\n|$)/g,
  ';': /(?:"((?:[^"]|"")*)"(?=;|\n|$)|([^;\n]*))(;|\n|$)/g,
} as const
export type Separator = keyof typeof cells

/** Cells of a spreadsheet: tab between columns, quotes around what holds tabs, lines or quotes. */
export function readTsv(text: string): readonly (readonly string[])[] {
  return readCells(text, '\t')
}

/** The same with another sign between columns, as files have it. */
export function readCells(text: string, separator: Separator): readonly (readonly string[])[] {
  const rows: string[][] = []
  const clean = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  if (clean === '') return []
  for (const match of clean.matchAll(cells[separator])) {
    if (rows.length === 0) rows.push([])
    rows.at(-1)?.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'))
    const end = match.index + match[0].length
    if (match[3] === '\n') rows.push([])
    if (end >= clean.length && match[3] !== separator) break
  }
  return rows
}

export function writeTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => (/["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t')).join('\n')
}

const thousands = /^([+-]?)[¥￥$€]?\s?(\d{1,3}(?:,\d{3})+(?:\.\d+)?)$/
const compared = /^([<>]=?|=|)\s*(.*)$/
const span = /^(-?[\d.]+\s*[万亿%]?)\s*(?:-|–|—|~|～|至|到)\s*(-?[\d.]+\s*[万亿%]?)$/
const anything = /^(?:\*|any|all|任意|全部|不限|)$/i

/** What a spreadsheet calls a condition, in the language of the cells: `1,200` is one number there, `10–20` a range, `*` anything. */
export function cellFromSheet(text: string): string {
  const trimmed = text.trim()
  if (anything.test(trimmed)) return '-'
  const plain = trimmed.replaceAll('＞', '>').replaceAll('＜', '<').replaceAll('，', ', ').replaceAll('、', ', ')
  const [, sign = '', rest = ''] = compared.exec(plain) ?? []
  const number = thousands.exec(rest)
  if (number !== null) return `${sign === '' ? '' : `${sign} `}${number[1]}${(number[2] ?? '').replaceAll(',', '')}`
  const range = span.exec(trimmed)
  if (range !== null) return `[${range[1]?.trim()}..${range[2]?.trim()}]`
  return plain
}

const units: { readonly [unit: string]: number } = { 万: 1e4, 亿: 1e8, '%': 0.01 }
const yes = /^(?:true|yes|y|是|√)$/i
const no = /^(?:false|no|n|否|×)$/i

/** What a person types into an output, as the value the table gives. Without a type it is what it looks like. */
export function valueIn(text: string, type: ColumnType | undefined): Json {
  const trimmed = text.trim()
  if (trimmed === '') return type === 'text' || type === undefined ? '' : null
  if (type === 'text' || type === 'date') return trimmed
  const number = /^([+-]?\d+(?:\.\d+)?)\s*([万亿%]?)$/.exec(
    trimmed.replace(thousands, (_, sign, digits) => sign + digits.replaceAll(',', '')),
  )
  const isPlain = type === 'number' || (type === undefined && number?.[2] === '')
  if (number !== null && isPlain) return Number((Number(number[1]) * (units[number[2] ?? ''] ?? 1)).toPrecision(15))
  if (type === 'boolean' && yes.test(trimmed)) return true
  if (type === 'boolean' && no.test(trimmed)) return false
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  return trimmed
}

/** How a value of an output stands in its cell. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
