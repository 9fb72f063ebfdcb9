/** One write transaction at a time, with parts that can be undone alone. */
import { problem } from '@sluice/sdk/server'
import type { Connection } from '../connection.ts'
import { diskProblem } from '../disk-problem.ts'
import type { SqliteStore } from './index.ts'

export function transactions(db: Connection): Pick<SqliteStore, 'transaction' | 'savepoint' | 'part' | 'commitMs'> {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  const save = db.prepare('SAVEPOINT part')
  const release = db.prepare('RELEASE part')
  const undo = db.prepare('ROLLBACK TO part')
  let commitMs = 0

  return {
    commitMs: () => commitMs,
    transaction(work) {
      begin.run()
      try {
        const result = work()
        const began = performance.now()
        commit.run()
        commitMs += (performance.now() - began - commitMs) / 4
        return result
      } catch (error) {
        if (db.inTransaction) rollback.run()
        throw named(error)
      }
    },
    savepoint(work) {
      assertOpen(db)
      save.run()
      try {
        const result = work()
        release.run()
        return result
      } catch (error) {
        if (db.inTransaction) {
          undo.run()
          release.run()
        }
        throw named(error)
      }
    },
    part(work) {
      assertOpen(db)
      try {
        const result = work()
        assertOpen(db)
        return result
      } catch (error) {
        throw named(error)
      }
    },
  }
}

/** SQLite may end the whole transaction on a full disk. Going on would then commit each part alone, without the rest. */
function assertOpen(db: Connection): void {
  if (!db.inTransaction) throw fatal(problem('SLU_TRANSACTION_LOST', 503, 'The write transaction ended early; nothing of it was kept.'))
}

/** Faults of the file or the disk end the whole batch: what a later part of it would read could be wrong. */
function named(error: unknown): unknown {
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return error
  const disk = diskProblem(error)
  if (disk?.code === 'SLU_DISK_FULL') return fatal(disk)
  const broken = code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB'
  return broken ? fatal(problem('SLU_DATA_DAMAGED', 503, `SQLite reports ${code}. Stop the server and run "sluice verify".`)) : error
}

function fatal(error: Error): Error {
  return Object.assign(error, { fatal: true })
}
