import type { Json } from '@sluice/flows'

export type ColumnType = 'text' | 'integer' | 'real' | 'boolean' | 'json'

export interface Column {
  readonly type: ColumnType
  readonly nullable?: boolean
}

/** A table, declared once; each host turns it into its own DDL. Column and table names are snake_case or camelCase letters only. */
export interface TableDefinition<Row extends object = Record<string, unknown>> {
  readonly name: string
  readonly columns: { readonly [Name in keyof Row & string]: Column }
  readonly primaryKey: readonly (keyof Row & string)[]
  readonly indexes?: readonly { readonly columns: readonly (keyof Row & string)[]; readonly unique?: boolean }[]
}

export type Condition<Value> =
  | Value
  | { readonly in: readonly Value[] }
  | { readonly not: Value }
  | { readonly lt?: Value; readonly lte?: Value; readonly gt?: Value; readonly gte?: Value }
  /** Text that contains this, ignoring ASCII case. */
  | { readonly contains: string }

export type Where<Row> = { readonly [Name in keyof Row]?: Condition<Row[Name]> }

export interface Query<Row> {
  readonly where?: Where<Row>
  readonly orderBy?: readonly (readonly [keyof Row & string, 'asc' | 'desc'])[]
  /** 1,000 unless told; 100,000 at the most. */
  readonly limit?: number
  readonly offset?: number
}

/** Synchronous reads of declared tables. Rows are plain objects; `json` columns come back parsed. */
export interface RecordsReader {
  /** The one row with this primary key, or null. */
  find<Row extends object>(table: TableDefinition<Row>, key: Partial<Row>): Row | null
  list<Row extends object>(table: TableDefinition<Row>, query?: Query<Row>): Row[]
  count<Row extends object>(table: TableDefinition<Row>, where?: Where<Row>): number
}

/** Writes happen inside the transaction of the request that runs; they commit or vanish with it. */
export interface Records extends RecordsReader {
  /** Throws `SLU_RECORD_EXISTS` on a key or unique-index clash. */
  insert<Row extends object>(table: TableDefinition<Row>, row: Row): void
  upsert<Row extends object>(table: TableDefinition<Row>, row: Row): void
  /** Changes matching rows, gives their number. */
  update<Row extends object>(table: TableDefinition<Row>, where: Where<Row>, patch: Partial<Row>): number
  delete<Row extends object>(table: TableDefinition<Row>, where: Where<Row>): number
}

/** @example `const reps = defineTable<Rep>({ name: 'reps', columns: { id: { type: 'text' } }, primaryKey: ['id'] })` */
export function defineTable<Row extends object>(definition: TableDefinition<Row>): TableDefinition<Row> {
  return definition
}

export type JsonColumn = Json
