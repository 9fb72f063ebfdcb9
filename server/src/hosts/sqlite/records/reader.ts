/** Reads of declared tables, on any connection. Statements are prepared at first use and kept by their text. */
import type { Query, RecordsReader, TableDefinition, Where } from '@sluice/engine/worker'
import { problem } from '@sluice/sdk/server'
import type { Statement } from 'better-sqlite3'
import type { Connection } from '../connection.ts'
import { type AnyTable, decode, sqlName } from './columns.ts'
import { quote } from './make-tables.ts'
import { orderSql, whereSql } from './where.ts'

const queryLimits = { rowsDefault: 1_000, rowsMax: 100_000 } as const

export type StatementCache = (text: string) => Statement

/** Query shapes are few: they come from code, not from users. The bound only guards against a mistake there. */
export function statementCache(db: Connection): StatementCache {
  const cache = new Map<string, Statement>()
  return (text) => {
    const known = cache.get(text)
    if (known !== undefined) return known
    if (cache.size >= 2_000) cache.clear()
    const statement = db.prepare(text)
    cache.set(text, statement)
    return statement
  }
}

export function sqliteRecordsReader(db: Connection, statement: StatementCache = statementCache(db)): RecordsReader {
  return {
    find<Row extends object>(table: TableDefinition<Row>, key: Partial<Row>): Row | null {
      for (const name of table.primaryKey) {
        if (key[name] === undefined) throw problem('SLU_RECORD_INVALID', 400, `The key of ${table.name} lacks ${name}`)
      }
      const where = whereSql(table, key)
      const row = statement(`SELECT ${columnList(table)} FROM ${sqlName(table)}${where.text}`).get(...where.values)
      return row === undefined ? null : rowOf<Row>(table, row as Record<string, unknown>)
    },
    list<Row extends object>(table: TableDefinition<Row>, query: Query<Row> = {}): Row[] {
      const where = whereSql(table, query.where)
      const limit = bounded(query.limit)
      const text = `SELECT ${columnList(table)} FROM ${sqlName(table)}${where.text}${orderSql(table, query.orderBy)} LIMIT ? OFFSET ?`
      const rows = statement(text).all(...where.values, limit, query.offset ?? 0) as Record<string, unknown>[]
      return rows.map((row) => rowOf<Row>(table, row))
    },
    count<Row extends object>(table: TableDefinition<Row>, where?: Where<Row>): number {
      const condition = whereSql(table, where)
      const row = statement(`SELECT count(*) AS n FROM ${sqlName(table)}${condition.text}`).get(...condition.values) as { n: number }
      return row.n
    },
  }
}

function bounded(limit: number | undefined): number {
  const rows = limit ?? queryLimits.rowsDefault
  if (Number.isInteger(rows) && rows >= 0 && rows <= queryLimits.rowsMax) return rows
  throw problem('SLU_QUERY_LIMIT', 400, `A query may give 0 to ${queryLimits.rowsMax} rows; ${String(rows)} were asked for`)
}

function columnList(table: AnyTable): string {
  return Object.keys(table.columns).map(quote).join(', ')
}

/** Only these kinds differ from what SQLite gives. */
function rowOf<Row>(table: AnyTable, row: Record<string, unknown>): Row {
  for (const [name, column] of Object.entries(table.columns)) {
    if (column.type === 'boolean' || column.type === 'json') row[name] = decode(column, row[name])
  }
  return row as Row
}
