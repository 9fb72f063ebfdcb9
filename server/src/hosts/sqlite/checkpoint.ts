/** Keeps the write-ahead log small. Commits checkpoint on their own; this looks after the times when a reader stood in their way. */
import { statSync } from 'node:fs'
import type { Connection } from './connection.ts'

export const walLimits = { watchBytes: 32 * 1024 * 1024, bytesMax: 64 * 1024 * 1024 } as const

export interface CheckpointWatch {
  /** Cheap; call it after commits. */
  afterCommit(): void
  walBytes(): number
  /** Writes everything into the main file: before a graceful stop. */
  finish(): void
}

export function checkpointWatch(db: Connection, file: string): CheckpointWatch {
  const wal = `${file}-wal`
  let commits = 0
  const walBytes = () => statSync(wal, { throwIfNoEntry: false })?.size ?? 0
  return {
    afterCommit() {
      commits += 1
      // A commit adds at most a few MB, so looking at every eighth is early enough.
      if (commits % 8 !== 0) return
      const bytes = walBytes()
      if (bytes < walLimits.watchBytes) return
      // RESTART lets the next commit write from the file's beginning; TRUNCATE also gives the space back.
      db.pragma(bytes < walLimits.bytesMax ? 'wal_checkpoint(RESTART)' : 'wal_checkpoint(TRUNCATE)')
    },
    walBytes,
    finish() {
      db.pragma('wal_checkpoint(TRUNCATE)')
    },
  }
}
