import { readdirSync, statSync } from 'node:fs'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { openWriter } from './connection.ts'
import { prepareDataFolder } from './data-folder.ts'
import { migrate } from './migrate.ts'
import { allMigrations, type Migration } from './migrations/index.ts'
import { runsReader } from './reader/runs.ts'
import { rowSum } from './row-sum.ts'
import { runsStore } from './store/runs.ts'
import { waitsStore } from './store/waits.ts'
import { temporaryFolder } from './test-database.ts'
import { verifyRows } from './verify/rows.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

function file() {
  const folder = temporaryFolder()
  prepareDataFolder(folder)
  const db = openWriter(folder.database)
  closers.push(() => db.close())
  return { folder, db, options: { backups: folder.backups, now: () => 7 } }
}
const next = allMigrations.length + 1
const second: Migration = { number: next, name: 'second', sql: 'CREATE TABLE added (id TEXT) STRICT' }

test('a fresh file gets every step once, without a copy of nothing', () => {
  const { folder, db, options } = file()
  expect(migrate(db, options)).toEqual(allMigrations.map((step) => step.number))
  expect(migrate(db, options)).toEqual([])
  expect(() => readdirSync(folder.backups)).toThrow()
})

test('a file with data is copied before it changes, for its owner only', () => {
  const { folder, db, options } = file()
  migrate(db, options)
  expect(migrate(db, { ...options, migrations: [...allMigrations, second] })).toEqual([next])
  const [copy] = readdirSync(folder.backups)
  expect(copy).toBe(`before-migration-${next}-7.db`)
  expect(statSync(`${folder.backups}/${copy}`).mode & 0o777).toBe(0o600)
})

test('a run that waited before the file was migrated is found by the event it waits for', () => {
  const { db, options } = file()
  migrate(db, { ...options, migrations: allMigrations.slice(0, 3) })
  const row = ['r1', 't1', 'reply', 'ask/1/wait/c-1']
  db.prepare('INSERT INTO waits (run, token, type, key, sum) VALUES (?, ?, ?, ?, ?)').run(...row, rowSum(row))
  expect(migrate(db, options)).toEqual(allMigrations.slice(3).map((step) => step.number))
  const waits = waitsStore(db)
  expect(waits.keyFrom('reply', '')).toBe('ask/1/wait/c-1')
  expect(waits.matching('reply', 'ask/1/wait/c-1', 9)).toEqual([{ run: 'r1', token: 't1' }])
  expect(verifyRows(db)).toMatchObject({ ok: true })
})

test('runs that ended before the file was migrated are found and forgotten by their customer beside new ones', () => {
  const { db, options } = file()
  migrate(db, { ...options, migrations: allMigrations.slice(0, 5) })
  const row = ['r1', 'f', 1, 'd', 'succeeded', 'c-1', '[]', 'e1', 't', null, null, 1, 2, 3, null, null, null]
  const columns = 'id, flow, version, digest, status, subject, uses, event_id, trigger, parent_run, parent_token, started_at, ended_at, seq'
  db.prepare(`INSERT INTO runs (${columns}, output, error, state, sum) VALUES (${row.map(() => '?')}, ?)`).run(...row, rowSum(row))
  expect(migrate(db, options)).toEqual(allMigrations.slice(5).map((step) => step.number))
  const runs = runsStore(db)
  const old = runs.load('r1')?.state
  if (old === undefined) throw new Error('the run is gone')
  runs.save({ ...old, id: 'r2' }, { subject: 'c-1', uses: [], eventId: 'e2' }, true)
  runs.save({ ...old, id: 'r3' }, { subject: 'c-2', uses: [], eventId: 'e3' }, true)
  const ofCustomer = () =>
    runsReader(drizzle(db))
      .list({ subject: 'c-1' })
      .items.map(({ id }) => id)
  expect(ofCustomer()).toEqual(['r2', 'r1'])
  expect(verifyRows(db)).toMatchObject({ ok: true })
  expect(runs.forget({ subjects: ['c-1'], flows: [] })).toBe(2)
  expect(ofCustomer()).toEqual([])
  expect(runs.load('r3')).not.toBeNull()
})

test('a step that fails leaves nothing of itself behind', () => {
  const { db, options } = file()
  migrate(db, options)
  const broken = { number: next, name: 'broken', sql: 'CREATE TABLE half (id TEXT) STRICT; CREATE TABLE half (id TEXT) STRICT' }
  expect(() => migrate(db, { ...options, migrations: [...allMigrations, broken] })).toThrow('already exists')
  expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0)
})

test('data of a newer version, of a changed migration and of another program are refused by name', () => {
  const { db, options } = file()
  migrate(db, { ...options, migrations: [...allMigrations, second] })
  expect(() => migrate(db, options)).toThrow(expect.objectContaining({ code: 'SLU_DATA_NEWER' }))
  expect(() => migrate(db, options)).toThrow(`migration ${next} "second"`)
  const edited = [...allMigrations, { ...second, sql: 'CREATE TABLE other (id TEXT) STRICT' }]
  expect(() => migrate(db, { ...options, migrations: edited })).toThrow(expect.objectContaining({ code: 'SLU_DATA_MIGRATION_CHANGED' }))
  const foreign = file()
  foreign.db.exec('CREATE TABLE theirs (id TEXT)')
  expect(() => migrate(foreign.db, foreign.options)).toThrow(expect.objectContaining({ code: 'SLU_DATA_FOREIGN' }))
})
