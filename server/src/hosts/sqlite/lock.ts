/**
 * One process per data folder. The lock is an open SQLite transaction on a file of its own: the operating system drops it
 * when the process dies, however it dies, so no stale lock can ever stop a restart.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { problem } from '@sluice/sdk/server'
import Database from 'better-sqlite3'
import { type DataFolder, ensurePrivateFile } from './data-folder.ts'
import { diskProblem } from './disk-problem.ts'

export interface DataLock {
  release(): void
  /** Also takes the lock's own file away: for a folder that was made just now and for nothing. */
  releaseAndRemove(): void
}

export function lockDataFolder(folder: DataFolder): DataLock {
  for (;;) {
    const lock = tryLock(folder)
    if (lock !== null) return lock
  }
}

/** Null: the file was taken away between being opened and being locked, so the lock would keep nobody out. */
function tryLock(folder: DataFolder): DataLock | null {
  ensurePrivateFile(folder.lock)
  const opened = inode(folder.lock)
  const db = new Database(folder.lock, { timeout: 200 })
  try {
    db.exec('BEGIN EXCLUSIVE')
    if (opened === null || inode(folder.lock) !== opened) {
      db.close()
      return null
    }
    // A full disk: the lock holds, only whose it is cannot be said.
    unlessFull(() => writeFileSync(folder.pid, `${process.pid}\n`, { mode: 0o600 }))
  } catch (error) {
    db.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') throw locked(folder)
    if ((error as { code?: string }).code === 'SQLITE_NOTADB') throw notOurs(folder)
    throw error
  }
  const release = (files: readonly string[]) => {
    if (!db.open) return
    // While the lock holds: afterwards they could be the next owner's.
    for (const file of files) rmSync(file, { force: true })
    db.close()
  }
  return { release: () => release([folder.pid]), releaseAndRemove: () => release([folder.pid, folder.lock, `${folder.lock}-journal`]) }
}

function inode(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null
}

function unlessFull(write: () => void): void {
  try {
    write()
  } catch (error) {
    if (diskProblem(error)?.code !== 'SLU_DISK_FULL') throw error
  }
}

function notOurs({ lock }: DataFolder): Error {
  return problem('SLU_DATA_UNUSABLE', 500, `${lock} is no file of Sluice. Choose another folder with SLUICE_DATA, or move the file away.`)
}

function locked(folder: DataFolder): Error {
  const pid = readPid(folder)
  const owner = pid === null ? 'another process' : `process ${pid}`
  return problem('SLU_DATA_LOCKED', 503, `The data folder is in use by ${owner}. Stop it first, or choose another folder with SLUICE_DATA.`)
}

function readPid(folder: DataFolder): number | null {
  try {
    const pid = Number.parseInt(readFileSync(folder.pid, 'utf8'), 10)
    return Number.isInteger(pid) ? pid : null
  } catch {
    return null
  }
}
