/** A declared table as this host keeps it: checked names, and values in the few types SQLite knows. */
import type { Column, TableDefinition } from '@sluice/engine/worker'
import { problem } from '@sluice/sdk/server'
import { storedJson } from '../stored-json.ts'

// biome-ignore lint/suspicious/noExplicitAny: a table whatever its rows.
export type AnyTable = TableDefinition<any>
export type SqlValue = string | number | null

/** Letters, digits and underscores only, so a name can stand in SQL text as it is. */
const namePattern = /^[a-z][A-Za-z0-9_]{0,62}$/

/** What a pack's table is called in the file: no pack can name a platform table. */
export function sqlName(table: AnyTable): string {
  return `pack_${checkedName(table.name)}`
}

function checkedName(name: string): string {
  if (!namePattern.test(name)) throw new Error(`SLU_TABLE_NAME: "${name}" must match ${namePattern.source}`)
  return name
}

export function checkTable(table: AnyTable): void {
  sqlName(table)
  const columns = Object.keys(table.columns)
  columns.forEach(checkedName)
  if (columns.includes('row_checksum')) throw new Error(`SLU_TABLE_NAME: column row_checksum of ${table.name} is the host's own`)
  if (table.primaryKey.length === 0) throw new Error(`SLU_TABLE_KEY: table ${table.name} has no primary key`)
  for (const name of [...table.primaryKey, ...(table.indexes ?? []).flatMap((index) => index.columns)]) {
    if (!columns.includes(name)) throw new Error(`SLU_TABLE_KEY: table ${table.name} has no column ${name}`)
  }
}

export function columnOf(table: AnyTable, name: string): Column {
  const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined
  if (column === undefined) throw problem('SLU_RECORD_COLUMN_UNKNOWN', 400, `Table ${table.name} has no column ${name.slice(0, 80)}`)
  return column
}

/** A value on its way into the file. A wrong type is refused here, not bent. */
export function encode(table: AnyTable, name: string, column: Column, value: unknown): SqlValue {
  if (value === null || value === undefined) {
    if (column.nullable === true) return null
    // JSON null is a value of its own kind: a json column that is not nullable holds it as text.
    if (column.type === 'json' && value === null) return 'null'
    throw refused(table, name, 'must not be empty')
  }
  switch (column.type) {
    case 'text':
      if (typeof value === 'string') return value
      throw refused(table, name, 'must be text')
    case 'integer':
      if (Number.isSafeInteger(value)) return value as number
      throw refused(table, name, 'must be a whole number')
    case 'real':
      if (Number.isFinite(value)) return value as number
      throw refused(table, name, 'must be a number')
    case 'boolean':
      if (typeof value === 'boolean') return value ? 1 : 0
      throw refused(table, name, 'must be true or false')
    case 'json':
      return JSON.stringify(value)
  }
}

export function decode(column: Column, value: unknown): unknown {
  if (value === null) return null
  if (column.type === 'boolean') return value === 1
  return column.type === 'json' ? storedJson<unknown>(value as string) : value
}

function refused(table: AnyTable, name: string, message: string): Error {
  return problem('SLU_RECORD_INVALID', 400, `Column ${name} of ${table.name} ${message}`, [{ path: `/${name}`, message }])
}
