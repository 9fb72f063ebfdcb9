import { problem } from '@sluice/sdk/server'
import { parse } from 'csv-parse/sync'
import type { FieldDefinition } from '../../domain/fields.ts'
import { type Columns, type ImportRow, importLimits, type RowError, readHeading, readRow } from '../../domain/import.ts'

export interface ReadFile {
  readonly columns: Columns
  readonly rows: readonly ImportRow[]
  readonly errors: readonly RowError[]
  readonly total: number
}

const problemsMax = 50

/** What the CSV reader stumbles over, in words. */
const csvMistakes: { readonly [code: string]: { readonly code: string; readonly says: string } } & {
  readonly other: { readonly code: string; readonly says: string }
} = {
  CSV_QUOTE_NOT_CLOSED: { code: 'quote_not_closed', says: 'a quotation mark opens and never closes' },
  CSV_MAX_RECORD_SIZE: { code: 'too_long', says: 'the line is too long' },
  other: { code: 'not_csv', says: 'this is not comma-separated text' },
}

interface Line {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/** Reads a CSV file whole: what can be taken, and what is wrong with each other line. Writes nothing. */
export function readFile(
  bytes: Uint8Array,
  mapping: { readonly [heading: string]: string },
  catalogue: ReadonlyMap<string, FieldDefinition>,
): ReadFile {
  const [heading, ...lines] = parseLines(decode(bytes))
  if (heading === undefined) throw invalid('The file is empty', [{ line: 1, field: '', code: 'empty' }])
  const columns = readHeading(heading.record, mapping)
  if (columns.problems.length > 0) {
    const named = columns.problems.map(({ field }) => field).join(', ')
    throw invalid(
      `Columns are unknown, doubled or missing: ${named.slice(0, 200)}`,
      columns.problems.slice(0, problemsMax).map((problem) => ({ line: 1, ...problem })),
    )
  }
  if (lines.length > importLimits.rowsMax) {
    throw invalid(`At most ${importLimits.rowsMax} lines, this file has ${lines.length}`, [
      { line: lines.length, field: '', code: 'too_many' },
    ])
  }
  const rows: ImportRow[] = []
  const errors: RowError[] = []
  for (const { record, info } of lines) {
    const row = readRow(info.lines, record, columns, catalogue)
    if (Array.isArray(row)) errors.push(...row)
    else rows.push(row as ImportRow)
  }
  return { columns, rows, errors, total: lines.length }
}

function parseLines(text: string): Line[] {
  try {
    return parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      delimiter: delimiterOf(text),
      max_record_size: 200_000,
    }) as unknown as Line[]
  } catch (error) {
    const { lines, code } = error as { lines?: number; code?: string }
    const mistake = csvMistakes[code ?? ''] ?? csvMistakes.other
    throw invalid(`Line ${lines ?? '?'}: ${mistake.says}`, [{ line: lines ?? 1, field: '', code: mistake.code }])
  }
}

/** Spreadsheets of half of Europe write semicolons, and some Chinese tools write tabs. */
function delimiterOf(text: string): string {
  const heading = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'))
  const count = (mark: string) => heading.split(mark).length
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}

/** UTF-8; a file from an older Chinese spreadsheet is GB18030. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** `path` is `/line/column`; `message` one of the words that rows are judged by too, so that a screen can say it in its language. */
function invalid(says: string, mistakes: readonly { readonly line: number; readonly field: string; readonly code: string }[]): Error {
  const details = mistakes.map(({ line, field, code }) => ({ path: `/${line}/${field.slice(0, 100)}`, message: code }))
  return problem('SLU_CRM_CSV_INVALID', 422, says, details)
}
