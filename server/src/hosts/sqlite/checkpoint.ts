/** Keeps the write-ahead log small. Commits checkpoint on their own; this looks after the times when a reader stood in their way. */
import { statSync } from 'node:fs'
import type { Connection } from './connection.ts'

export const walLimits = { watchBytes: 32 * 1024 * 1024, bytesMax: 64 * 1024 * 1024 } as const

/** Pages that may stand in the log alone before they are copied into the main file: 8 MB. */
const pagesMax = 1_000
/** Where a commit copies by itself, should nobody else have: 24 MB. */
export const inlinePages = 3_000

/** Copies beside the thread that commits. */
export interface Copier {
  /** False while it copies. */
  readonly free: boolean
  /** Since the last look it has ended. */
  ended(): boolean
  begin(): void
}

export interface CheckpointWatch {
  /** Cheap; call it after commits. */
  afterCommit(): void
  walBytes(): number
  /** Writes everything into the main file: before a graceful stop. */
  finish(): void
}

export function checkpointWatch(db: Connection, file: string, copier: Copier | null = null): CheckpointWatch {
  const wal = `${file}-wal`
  let commits = 0
  const walBytes = () => statSync(wal, { throwIfNoEntry: false })?.size ?? 0
  return {
    afterCommit() {
      if (copier !== null) beside(db, copier)
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

/**
 * The log is written from its beginning again only once all of it is in the main file. What came while the copier worked is little, and
 * this thread copies that itself.
 */
function beside(db: Connection, copier: Copier): void {
  if (copier.ended()) db.pragma('wal_checkpoint(PASSIVE)')
  else if (copier.free && pagesAlone(db) >= pagesMax) copier.begin()
}

function pagesAlone(db: Connection): number {
  const [at] = db.pragma('wal_checkpoint(NOOP)') as readonly { readonly log: number; readonly checkpointed: number }[]
  return at === undefined ? 0 : at.log - at.checkpointed
}
