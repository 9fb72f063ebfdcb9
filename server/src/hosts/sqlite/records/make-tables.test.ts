import { readdirSync, rmSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { openWriter } from '../connection.ts'
import { openData } from '../open-data.ts'
import { temporaryFolder } from '../test-database.ts'
import { verifyRows } from '../verify/rows.ts'
import type { AnyTable } from './columns.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const before: AnyTable = { name: 'things', columns: { id: { type: 'text' } }, primaryKey: ['id'] }
const after: AnyTable = { ...before, columns: { ...before.columns, more: { type: 'json', nullable: true } } }

function folder() {
  const made = temporaryFolder()
  folders.push(made.root)
  return made
}

test('a table that gets a column is copied with the whole file first, and its rows stay whole', () => {
  const { root, backups } = folder()
  const first = openData(root, [before], () => 5)
  first.store.transaction(() => first.store.records.insert(before, { id: 'a' }))
  first.close()
  const second = openData(root, [after], () => 7)
  expect(second.store.records.find(after, { id: 'a' })).toEqual({ id: 'a', more: null })
  expect(verifyRows(second.db)).toMatchObject({ ok: true })
  second.close()
  expect(readdirSync(backups)).toEqual(['before-columns-7.db'])
  const copy = openWriter(`${backups}/before-columns-7.db`)
  expect(copy.prepare('SELECT id FROM pack_things').pluck().all()).toEqual(['a'])
  copy.close()
})

test('new tables and a start without changes make no copy', () => {
  const { root, backups } = folder()
  for (const tables of [[before], [before], [before, { ...before, name: 'others' }]]) openData(root, tables, () => 5).close()
  expect(() => readdirSync(backups)).toThrow()
})
