/** A file of an earlier version is checked in the shape of this one: in a copy that is migrated and then thrown away. */
import { mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Connection, openReader, openWriter } from '../connection.ts'
import { migrateCopy, stepsOf } from '../migrate.ts'

/** The folder the copy lies in, beside the file: what is left of a killed process is found there and removed. */
export const verifyingPrefix = 'verifying-'

/** Runs the checks on the file as it is, or on its migrated copy. Throws SLU_DATA_NEWER where this version cannot know what is right. */
export function inOwnShape<Result>(db: Connection, file: string, check: (db: Connection) => Result): Result {
  if (!isOlder(db)) return check(db)
  const folder = mkdtempSync(join(dirname(file), verifyingPrefix))
  try {
    const copy = join(folder, 'copy.db')
    // Read-only connections cannot write into other files either, as they are opened here.
    const source = openReader(file)
    source.pragma('query_only = OFF')
    try {
      source.prepare('VACUUM INTO ?').run(copy)
    } finally {
      source.close()
    }
    const migrated = openWriter(copy)
    try {
      migrateCopy(migrated)
      return check(migrated)
    } finally {
      migrated.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What is damaged counts as our own shape: the checks say what is wrong with it. */
function isOlder(db: Connection): boolean {
  try {
    const { applied, pending } = stepsOf(db)
    return applied > 0 && pending.length > 0
  } catch (error) {
    if ((error as { code?: unknown }).code === 'SLU_DATA_NEWER') throw error
    return false
  }
}
