import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { afterAll, expect, test } from 'vitest'
import { platformTables } from './schema.ts'
import { openTestDatabase } from './test-database.ts'

const database = openTestDatabase()
afterAll(() => database.close())

interface ColumnInfo {
  readonly name: string
  readonly type: string
  readonly notnull: number
  readonly pk: number
}

test.each(Object.values(platformTables).map((table) => [getTableConfig(table).name, getTableConfig(table)] as const))(
  'the migrations make table %s as schema.ts declares it',
  (name, declared) => {
    const columns = database.db.pragma(`table_xinfo(${name})`) as ColumnInfo[]
    const made = columns.map((column) => ({ name: column.name, type: column.type.toLowerCase(), notNull: column.notnull === 1 }))
    expect(made).toEqual(declared.columns.map((column) => ({ name: column.name, type: column.getSQLType(), notNull: column.notNull })))
    const key = columns.filter((column) => column.pk > 0).sort((a, b) => a.pk - b.pk)
    const declaredKey = declared.primaryKeys.flatMap((one) => one.columns).concat(declared.columns.filter((column) => column.primary))
    expect(key.map((column) => column.name)).toEqual(declaredKey.map((column) => column.name))
  },
)

test('the migrations make exactly the indexes that schema.ts declares', () => {
  const made = database.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name").pluck().all()
  const declared = Object.values(platformTables).flatMap((table) => getTableConfig(table).indexes.map((one) => one.config.name))
  expect(made).toEqual(declared.sort())
})

test('the schema holds no table that schema.ts does not know', () => {
  const made = database.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all()
  expect(new Set(made)).toEqual(new Set(Object.values(platformTables).map((table) => getTableConfig(table).name)))
})
