/**
 * Declared tables become real ones. A table that changed since the last start grows: new columns that may be empty and new
 * indexes are added; anything else needs a migration and is refused by name.
 */
import type { ColumnType } from '@sluice/engine/worker'
import { problem } from '@sluice/sdk/server'
import type { Connection } from '../connection.ts'
import { rowSum } from '../row-sum.ts'
import { sealSchema } from '../schema-seal.ts'
import { storedJson } from '../stored-json.ts'
import { type AnyTable, checkTable, sqlName } from './columns.ts'

const sqlTypes: Record<ColumnType, string> = { text: 'TEXT', integer: 'INTEGER', real: 'REAL', boolean: 'INTEGER', json: 'TEXT' }

export function makeTables(db: Connection, tables: readonly AnyTable[]): void {
  const names = new Set<string>()
  for (const table of tables) {
    checkTable(table)
    if (names.has(table.name)) throw new Error(`SLU_TABLE_TWICE: table ${table.name} is declared twice`)
    names.add(table.name)
  }
  const stored = db.prepare<[string], string>('SELECT definition FROM pack_tables WHERE name = ?').pluck()
  const remember = db.prepare('INSERT OR REPLACE INTO pack_tables (name, definition, sum) VALUES (?, ?, ?)')
  for (const table of tables) {
    const definition = JSON.stringify({ columns: table.columns, primaryKey: table.primaryKey, indexes: table.indexes ?? [] })
    const before = stored.get(table.name)
    if (before === definition) continue
    db.transaction(() => {
      if (before === undefined) db.exec(createTable(table))
      else grow(db, table, storedJson<AnyTable>(before))
      for (const statement of createIndexes(table)) db.exec(statement)
      remember.run(table.name, definition, rowSum([table.name, definition]))
      sealSchema(db)
    }).immediate()
  }
}

/** Names of stored tables whose rows this version writes anew: they get columns. */
export function growingTables(db: Connection, tables: readonly AnyTable[]): readonly string[] {
  const known = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'pack_tables'").get()
  if (known === undefined) return []
  const stored = db.prepare<[string], string>('SELECT definition FROM pack_tables WHERE name = ?').pluck()
  return tables.flatMap((table) => {
    const before = stored.get(table.name)
    if (before === undefined) return []
    const { columns } = storedJson<AnyTable>(before)
    return Object.keys(table.columns).some((name) => columns[name] === undefined) ? [table.name] : []
  })
}

function createTable(table: AnyTable): string {
  const columns = Object.keys(table.columns).map((name) => columnSql(table, name))
  return `CREATE TABLE ${sqlName(table)} (${columns.join(', ')}, row_checksum INTEGER NOT NULL, PRIMARY KEY (${table.primaryKey.map(quote).join(', ')})) STRICT`
}

function columnSql(table: AnyTable, name: string): string {
  const column = table.columns[name]
  if (column === undefined) throw new Error(`SLU_TABLE_KEY: table ${table.name} has no column ${name}`)
  const check = column.type === 'boolean' ? ` CHECK (${quote(name)} IN (0, 1))` : ''
  return `${quote(name)} ${sqlTypes[column.type]}${column.nullable === true ? '' : ' NOT NULL'}${check}`
}

function createIndexes(table: AnyTable): readonly string[] {
  return (table.indexes ?? []).map((index) => {
    const unique = index.unique === true
    const name = `${sqlName(table)}_${unique ? 'one' : 'by'}_${index.columns.join('_')}`
    return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS ${quote(name)} ON ${sqlName(table)} (${index.columns.map(quote).join(', ')})`
  })
}

function grow(db: Connection, table: AnyTable, before: AnyTable): void {
  const changed = (what: string) =>
    problem('SLU_TABLE_CHANGED', 500, `Table ${table.name} of this version does not fit the stored data: ${what}. A migration is needed.`)
  if (JSON.stringify(before.primaryKey) !== JSON.stringify(table.primaryKey)) throw changed('its primary key changed')
  for (const [name, old] of Object.entries(before.columns)) {
    const now = table.columns[name]
    if (now === undefined) throw changed(`column ${name} is gone`)
    if (now.type !== old.type || (now.nullable === true) !== (old.nullable === true)) throw changed(`column ${name} changed its type`)
  }
  const added = Object.entries(table.columns).filter(([name]) => before.columns[name] === undefined)
  if (added.length === 0) return
  for (const [name, column] of added) {
    if (column.nullable !== true) throw changed(`new column ${name} may not be empty`)
    db.exec(`ALTER TABLE ${sqlName(table)} ADD COLUMN ${columnSql(table, name)}`)
  }
  db.exec(`UPDATE ${sqlName(table)} SET row_checksum = row_sum(${Object.keys(table.columns).map(quote).join(', ')})`)
}

export function quote(name: string): string {
  return `"${name}"`
}
