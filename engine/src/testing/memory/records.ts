import { EngineProblem, type Query, type Records, type TableDefinition, type Where } from '../../worker/index.ts'
import { type AnyTable, columnOf, decodeRow, encode, encodeRow, invalid, type Stored, type StoredRow } from './columns.ts'
import { compileWhere, orderOf } from './conditions.ts'
import type { UndoLog } from './undo-log.ts'

const rowsDefault = 1_000
const rowsMax = 100_000

interface Held {
  readonly key: string
  /** Rows without an order come as they were first written. */
  readonly position: number
  readonly row: StoredRow
}

/** One table: rows by primary key, and for each declared index the keys of its rows. */
interface Kept {
  readonly rows: Map<string, Held>
  readonly indexes: readonly { readonly columns: readonly string[]; readonly unique: boolean; readonly buckets: Map<string, Set<string>> }[]
}

export function memoryRecords(undo: UndoLog): Records {
  const tables = new Map<string, Kept>()
  let position = 0

  function kept(table: AnyTable): Kept {
    let one = tables.get(table.name)
    if (one === undefined) {
      const indexes = (table.indexes ?? []).map(({ columns, unique }) => ({ columns, unique: unique === true, buckets: new Map() }))
      one = { rows: new Map(), indexes }
      tables.set(table.name, one)
    }
    return one
  }

  function put(table: AnyTable, held: Held, before: Held | undefined): void {
    const { rows, indexes } = kept(table)
    for (const index of indexes) {
      if (!index.unique || index.columns.some((name) => held.row[name] === null)) continue
      for (const key of index.buckets.get(keyOf(held.row, index.columns)) ?? []) if (key !== held.key) throw exists(table)
    }
    if (before !== undefined) drop(table, before)
    link(indexes, held)
    rows.set(held.key, held)
    undo.note(() => {
      unlink(indexes, held)
      rows.delete(held.key)
    })
  }

  function drop(table: AnyTable, held: Held): void {
    const { rows, indexes } = kept(table)
    unlink(indexes, held)
    rows.delete(held.key)
    undo.note(() => {
      link(indexes, held)
      rows.set(held.key, held)
    })
  }

  function select(table: AnyTable, where: object | undefined): Held[] {
    const { test, equal } = compileWhere(table, where)
    const { rows, indexes } = kept(table)
    const values = Object.fromEntries(equal)
    if (table.primaryKey.every((name) => equal.has(name))) {
      const held = rows.get(keyOf(values, table.primaryKey))
      return held !== undefined && test(held.row) ? [held] : []
    }
    const index = indexes.find(({ columns }) => columns.every((name) => equal.has(name)))
    if (index === undefined) return [...rows.values()].filter(({ row }) => test(row)).sort(byPosition)
    const keys = [...(index.buckets.get(keyOf(values, index.columns)) ?? [])]
    return keys
      .flatMap((key) => rows.get(key) ?? [])
      .filter(({ row }) => test(row))
      .sort(byPosition)
  }

  return {
    find<Row extends object>(table: TableDefinition<Row>, key: Partial<Row>): Row | null {
      for (const name of table.primaryKey) if (key[name] === undefined) throw invalid(table, name, 'is missing from the key')
      const [held] = select(table, key)
      return held === undefined ? null : decodeRow<Row>(table, held.row)
    },
    list<Row extends object>(table: TableDefinition<Row>, query: Query<Row> = {}): Row[] {
      const limit = query.limit ?? rowsDefault
      if (!Number.isInteger(limit) || limit < 0 || limit > rowsMax)
        throw new EngineProblem('SLU_QUERY_LIMIT', 400, `A query may give 0 to ${rowsMax} rows; ${limit} were asked for`)
      const order = orderOf(table, query.orderBy as Query<Record<string, unknown>>['orderBy'])
      const found = select(table, query.where).sort((left, right) => order(left.row, right.row) || byPosition(left, right))
      const offset = query.offset ?? 0
      return found.slice(offset, offset + limit).map(({ row }) => decodeRow<Row>(table, row))
    },
    count: (table, where) => select(table, where).length,
    insert(table, row) {
      const stored = encodeRow(table, row)
      const key = keyOf(stored, table.primaryKey)
      if (kept(table).rows.has(key)) throw exists(table)
      put(table, { key, position: position++, row: stored }, undefined)
    },
    upsert(table, row) {
      const stored = encodeRow(table, row)
      const key = keyOf(stored, table.primaryKey)
      const before = kept(table).rows.get(key)
      put(table, { key, position: before?.position ?? position++, row: stored }, before)
    },
    update<Row extends object>(table: TableDefinition<Row>, where: Where<Row>, patch: Partial<Row>): number {
      const changes: Record<string, Stored> = {}
      for (const [name, value] of Object.entries(patch)) {
        columnOf(table, name)
        if (value !== undefined) changes[name] = encode(table, name, value)
      }
      if (Object.keys(changes).length === 0) return 0
      const found = select(table, where)
      undo.run(() => {
        for (const held of found) {
          const row = { ...held.row, ...changes }
          const key = keyOf(row, table.primaryKey)
          if (key !== held.key && kept(table).rows.has(key)) throw exists(table)
          put(table, { key, position: held.position, row }, held)
        }
      })
      return found.length
    },
    delete(table, where) {
      const found = select(table, where)
      for (const held of found) drop(table, held)
      return found.length
    },
  }
}

function link(indexes: Kept['indexes'], held: Held): void {
  for (const { columns, buckets } of indexes) {
    const value = keyOf(held.row, columns)
    const bucket = buckets.get(value)
    if (bucket === undefined) buckets.set(value, new Set([held.key]))
    else bucket.add(held.key)
  }
}

function unlink(indexes: Kept['indexes'], held: Held): void {
  for (const { columns, buckets } of indexes) {
    const value = keyOf(held.row, columns)
    const bucket = buckets.get(value)
    bucket?.delete(held.key)
    if (bucket?.size === 0) buckets.delete(value)
  }
}

function keyOf(row: Readonly<Record<string, Stored | undefined>>, columns: readonly string[]): string {
  return columns.length === 1 ? JSON.stringify(row[columns[0] ?? '']) : JSON.stringify(columns.map((name) => row[name]))
}

function byPosition(left: Held, right: Held): number {
  return left.position - right.position
}

function exists(table: AnyTable): EngineProblem {
  return new EngineProblem('SLU_RECORD_EXISTS', 409, `Table ${table.name} already holds a row with this key`)
}
