/**
 * One process per data folder. The lock is an open SQLite transaction on a file of its own: the operating system drops it
 * when the process dies, however it dies, so no stale lock can ever stop a restart.
 */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { problem } from '@sluice/sdk/server'
import Database from 'better-sqlite3'
import { type DataFolder, ensurePrivateFile } from './data-folder.ts'

export interface DataLock {
  release(): void
}

export function lockDataFolder(folder: DataFolder): DataLock {
  ensurePrivateFile(folder.lock)
  const db = new Database(folder.lock, { timeout: 200 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') throw locked(folder)
    throw error
  }
  writeFileSync(folder.pid, `${process.pid}\n`, { mode: 0o600 })
  chmodSync(folder.pid, 0o600)
  return {
    release() {
      if (db.open) db.close()
    },
  }
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
