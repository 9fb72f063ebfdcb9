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
  if (heading === undefined) throw invalid('the file is empty', '')
  const columns = readHeading(heading.record, mapping)
  if (columns.problems.length > 0) throw invalid('columns are unknown, doubled or missing', columns.problems.join(', ').slice(0, 200))
  if (lines.length > importLimits.rowsMax) throw invalid(`at most ${importLimits.rowsMax} lines, this file has ${lines.length}`, '')
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
    throw invalid(`line ${lines ?? '?'}: ${code ?? 'not CSV'}`, '')
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

function invalid(message: string, path: string): Error {
  return problem('SLU_CRM_CSV_INVALID', 422, message, [{ path, message }])
}
