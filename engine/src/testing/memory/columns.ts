import { EngineProblem, type TableDefinition } from '../../worker/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: a table whatever its rows.
export type AnyTable = TableDefinition<any>
/** As a database file would hold it: json columns as text, so nobody shares objects with a stored row. */
export type Stored = string | number | boolean | null
export type StoredRow = Readonly<Record<string, Stored>>

export function columnOf(table: AnyTable, name: string) {
  const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined
  if (column === undefined) throw new EngineProblem('SLU_RECORD_COLUMN_UNKNOWN', 400, `Table ${table.name} has no column ${name}`)
  return column
}

export function encode(table: AnyTable, name: string, value: unknown, nullable = false): Stored {
  const { type, nullable: declared } = columnOf(table, name)
  if (value === null || value === undefined) {
    if (declared === true || nullable) return null
    if (type === 'json' && value === null) return 'null'
    throw invalid(table, name, 'must not be empty')
  }
  if (type === 'json') return JSON.stringify(value)
  if (type === 'text' && typeof value === 'string') return value
  if (type === 'integer' && Number.isSafeInteger(value)) return value as number
  if (type === 'real' && Number.isFinite(value)) return value as number
  if (type === 'boolean' && typeof value === 'boolean') return value
  throw invalid(table, name, `must be ${type}`)
}

export function encodeRow(table: AnyTable, row: object): StoredRow {
  for (const name of Object.keys(row)) columnOf(table, name)
  const stored: Record<string, Stored> = {}
  for (const name of Object.keys(table.columns)) stored[name] = encode(table, name, (row as Record<string, unknown>)[name])
  return stored
}

export function decodeRow<Row>(table: AnyTable, stored: StoredRow): Row {
  const row: Record<string, unknown> = {}
  for (const name of Object.keys(table.columns)) {
    const value = stored[name] ?? null
    row[name] = value !== null && table.columns[name]?.type === 'json' ? JSON.parse(value as string) : value
  }
  return row as Row
}

export function invalid(table: AnyTable, name: string, message: string): EngineProblem {
  return new EngineProblem('SLU_RECORD_INVALID', 400, `Column ${name} of ${table.name} ${message}`)
}
