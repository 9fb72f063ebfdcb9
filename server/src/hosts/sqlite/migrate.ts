/** Brings a database file to the shape this version knows: one transaction per step, a copy of the file before the first. */
import { createHash } from 'node:crypto'
import { chmodSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { problem } from '@sluice/sdk/server'
import { applicationId, type Connection } from './connection.ts'
import { makeFolder } from './data-folder.ts'
import { allMigrations, type Migration } from './migrations/index.ts'
import { rowSum } from './row-sum.ts'
import { sealSchema } from './schema-seal.ts'
import { syncPath } from './whole-file.ts'

interface Applied {
  readonly number: number
  readonly name: string
  readonly checksum: string
}

export interface MigrateOptions {
  /** Where the copy of the file goes before it is changed. */
  readonly backups: string
  readonly now: () => number
  readonly migrations?: readonly Migration[]
}

/** Gives the numbers of the steps that were applied. */
export function migrate(db: Connection, options: MigrateOptions): readonly number[] {
  const { applied, pending } = stepsOf(db, options.migrations)
  if (pending.length === 0) return []
  if (applied > 0) copyFile(db, options.backups, `before-migration-${applied + 1}-${options.now()}.db`)
  for (const step of pending) applyStep(db, step, options.now())
  return pending.map((step) => step.number)
}

/** How many steps the file went through, and what is missing. Throws where it is not ours, or was written by a newer version. */
export function stepsOf(
  db: Connection,
  known: readonly Migration[] = allMigrations,
): { readonly applied: number; readonly pending: readonly Migration[] } {
  refuseForeignFile(db)
  const applied = readApplied(db)
  refuseUnknown(applied, known)
  return { applied: applied.length, pending: known.slice(applied.length) }
}

/** Brings a copy, which nobody else has, to the shape of this version. */
export function migrateCopy(db: Connection): void {
  for (const step of stepsOf(db).pending) applyStep(db, step, 0)
}

function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex')
}

function refuseForeignFile(db: Connection): void {
  const id = db.pragma('application_id', { simple: true })
  const tables = db.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").pluck().get() as number
  if (id === applicationId || tables === 0) return
  throw problem('SLU_DATA_FOREIGN', 500, 'This database file was not made by Sluice. Choose another folder with SLUICE_DATA.')
}

function readApplied(db: Connection): readonly Applied[] {
  const exists = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get()
  if (exists === undefined) return []
  return db.prepare('SELECT number, name, checksum FROM migrations ORDER BY number').all() as Applied[]
}

function refuseUnknown(applied: readonly Applied[], known: readonly Migration[]): void {
  for (const [position, row] of applied.entries()) {
    const step = known[position]
    if (step === undefined) {
      const last = applied[applied.length - 1] ?? row
      const detail = `The data was written by a newer Sluice (migration ${last.number} "${last.name}"; this one knows ${known.length}). Install that version, or restore a backup.`
      throw problem('SLU_DATA_NEWER', 500, detail)
    }
    if (step.number !== row.number || checksumOf(step) !== row.checksum) {
      throw problem('SLU_DATA_MIGRATION_CHANGED', 500, `Migration ${row.number} "${row.name}" differs from the one this data went through.`)
    }
  }
}

/** How a copy is called until it is whole: a process that is killed leaves nothing behind that looks like one. */
export const unfinishedEnd = '.unfinished'

/** `VACUUM INTO` makes a consistent copy in one call, whatever still lies in the WAL. */
export function copyFile(db: Connection, backups: string, name: string): void {
  makeFolder(backups)
  const copy = join(backups, name)
  const unfinished = `${copy}${unfinishedEnd}`
  try {
    db.prepare('VACUUM INTO ?').run(unfinished)
    chmodSync(unfinished, 0o600)
    syncPath(unfinished)
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}

function applyStep(db: Connection, step: Migration, now: number): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    if (step.number === 1) {
      db.pragma(`application_id = ${applicationId}`)
      db.exec(
        'CREATE TABLE migrations (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT',
      )
    }
    db.exec(step.sql)
    const row = [step.number, step.name, checksumOf(step), now]
    db.prepare('INSERT INTO migrations (number, name, checksum, applied_at, sum) VALUES (?, ?, ?, ?, ?)').run(...row, rowSum(row))
    sealSchema(db)
    db.exec('COMMIT')
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw error
  }
}
