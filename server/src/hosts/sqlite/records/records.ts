/** Reads and writes of declared tables on the writing connection. */
import type { Records, TableDefinition, Where } from '@sluice/engine/worker'
import { problem } from '@sluice/sdk/server'
import type { Connection } from '../connection.ts'
import { rowSum } from '../row-sum.ts'
import { type AnyTable, columnOf, encode, type SqlValue, sqlName } from './columns.ts'
import { makeTables, quote } from './make-tables.ts'
import { sqliteRecordsReader, statementCache } from './reader.ts'
import { whereSql } from './where.ts'

export function sqliteRecords(db: Connection, tables: readonly AnyTable[]): Records {
  makeTables(db, tables)
  const statement = statementCache(db)
  return {
    ...sqliteRecordsReader(db, statement),
    insert(table, row) {
      const values = rowValues(table, row)
      try {
        statement(insertSql(table)).run(...values, rowSum(values))
      } catch (error) {
        throw existing(table, error)
      }
    },
    upsert(table, row) {
      const values = rowValues(table, row)
      try {
        statement(upsertSql(table)).run(...values, rowSum(values))
      } catch (error) {
        throw existing(table, error)
      }
    },
    update<Row extends object>(table: TableDefinition<Row>, where: Where<Row>, patch: Partial<Row>): number {
      for (const name of Object.keys(patch)) columnOf(table, name)
      // In column order: the statement takes the new values twice, for the columns and for the checksum.
      const names = Object.keys(table.columns).filter((name) => patch[name as keyof Row] !== undefined)
      if (names.length === 0) return 0
      const changes = names.map((name) => encode(table, name, columnOf(table, name), patch[name as keyof Row]))
      const condition = whereSql(table, where)
      try {
        return statement(updateSql(table, names, condition.text)).run(...changes, ...changes, ...condition.values).changes
      } catch (error) {
        throw existing(table, error)
      }
    },
    delete<Row extends object>(table: TableDefinition<Row>, where: Where<Row>): number {
      const condition = whereSql(table, where)
      return statement(`DELETE FROM ${sqlName(table)}${condition.text}`).run(...condition.values).changes
    },
  }
}

function rowValues(table: AnyTable, row: object): SqlValue[] {
  for (const name of Object.keys(row)) columnOf(table, name)
  const values = row as Record<string, unknown>
  return Object.entries(table.columns).map(([name, column]) => encode(table, name, column, values[name]))
}

function insertSql(table: AnyTable): string {
  const names = Object.keys(table.columns)
  return `INSERT INTO ${sqlName(table)} (${names.map(quote).join(', ')}, row_checksum) VALUES (${names.map(() => '?').join(', ')}, ?)`
}

function upsertSql(table: AnyTable): string {
  const key = table.primaryKey as readonly string[]
  const rest = Object.keys(table.columns).filter((name) => !key.includes(name))
  const sets = [...rest.map(quote), 'row_checksum'].map((name) => `${name} = excluded.${name}`)
  return `${insertSql(table)} ON CONFLICT (${key.map(quote).join(', ')}) DO UPDATE SET ${sets.join(', ')}`
}

/** The checksum is made by SQLite from the changed values and the columns that stay, so one statement changes any number of rows. */
function updateSql(table: AnyTable, names: readonly string[], where: string): string {
  const sets = names.map((name) => `${quote(name)} = ?`)
  const sum = Object.keys(table.columns).map((name) => (names.includes(name) ? '?' : quote(name)))
  return `UPDATE ${sqlName(table)} SET ${sets.join(', ')}, row_checksum = row_sum(${sum.join(', ')})${where}`
}

function existing(table: AnyTable, error: unknown): unknown {
  const code = (error as { code?: unknown }).code
  if (code !== 'SQLITE_CONSTRAINT_PRIMARYKEY' && code !== 'SQLITE_CONSTRAINT_UNIQUE') return error
  return problem('SLU_RECORD_EXISTS', 409, `Table ${table.name} already holds a row with this key`)
}
