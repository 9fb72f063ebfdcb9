/** Keeps the write-ahead log small. Commits checkpoint on their own; this looks after the times when a reader stood in their way. */
import { statSync } from 'node:fs'
import type { Connection } from './connection.ts'
import { diskProblem } from './disk-problem.ts'

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

type Log = Pick<Connection, 'pragma'>

export function checkpointWatch(db: Log, file: string, copier: Copier | null = null): CheckpointWatch {
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
      copy(db, bytes < walLimits.bytesMax ? 'RESTART' : 'TRUNCATE')
    },
    walBytes,
    finish() {
      copy(db, 'TRUNCATE')
    },
  }
}

/**
 * The log is written from its beginning again only once all of it is in the main file. What came while the copier worked is little, and
 * this thread copies that itself.
 */
function beside(db: Log, copier: Copier): void {
  if (copier.ended()) copy(db, 'PASSIVE')
  else if (copier.free && pagesAlone(db) >= pagesMax) copier.begin()
}

/** What does not fit into the main file stays in the log, whole: the next commit meets the full disk itself, and says so to who asked. */
function copy(db: Log, how: 'PASSIVE' | 'RESTART' | 'TRUNCATE'): void {
  try {
    db.pragma(`wal_checkpoint(${how})`)
  } catch (error) {
    if (diskProblem(error)?.code !== 'SLU_DISK_FULL') throw error
  }
}

function pagesAlone(db: Log): number {
  const [at] = db.pragma('wal_checkpoint(NOOP)') as readonly { readonly log: number; readonly checkpointed: number }[]
  return at === undefined ? 0 : at.log - at.checkpointed
}
