/** Everything Sluice keeps lies in one folder that only its owner may enter. */
import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { problem } from '@sluice/sdk/server'

export interface DataFolder {
  readonly root: string
  readonly database: string
  readonly lock: string
  readonly pid: string
  readonly auditKey: string
  /** Freed when the disk is full, so that what was begun can still be written down. */
  readonly reserve: string
  readonly backups: string
}

export function dataFolder(root: string): DataFolder {
  const folder = resolve(root)
  return {
    root: folder,
    database: join(folder, 'sluice.db'),
    lock: join(folder, 'lock.db'),
    pid: join(folder, 'sluice.pid'),
    auditKey: join(folder, 'keys', 'audit.key'),
    reserve: join(folder, 'reserve.bin'),
    backups: join(folder, 'backups'),
  }
}

/** Makes the folder, 0700 whatever the umask says. Throws SLU_DATA_UNUSABLE where there is a file, or no right to write. */
export function prepareDataFolder({ root }: DataFolder): void {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 })
    chmodSync(root, 0o700)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw problem('SLU_DATA_UNUSABLE', 500, `${root} cannot be the data folder (${reason}). Choose another folder with SLUICE_DATA.`)
  }
}

/** SQLite gives its side files (-wal, -shm) the mode of the main file, so it must exist before SQLite opens it. */
export function ensurePrivateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}

/** Key that hides customer ids in the audit log. Losing it unlinks them for ever, which is also how they are erased. */
export function auditKey(folder: DataFolder): Buffer {
  if (!existsSync(folder.auditKey)) {
    mkdirSync(join(folder.root, 'keys'), { recursive: true, mode: 0o700 })
    writeFileSync(folder.auditKey, randomBytes(32), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(folder.auditKey)
}
