/** Everything Sluice keeps lies in one folder that only its owner may enter. */
import { randomBytes } from 'node:crypto'
import { accessSync, chmodSync, closeSync, constants, existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { problem } from '@sluice/sdk/server'
import { createWhole } from './whole-file.ts'

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
    makeFolder(root)
    chmodSync(root, 0o700)
    accessSync(root, constants.W_OK | constants.X_OK)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw problem('SLU_DATA_UNUSABLE', 500, `${root} cannot be the data folder (${reason}). Choose another folder with SLUICE_DATA.`)
  }
}

/**
 * With all that is missing above it, and says which folders were missing, the outermost first. Node's own way to do so never ends where a folder is there and none can be made in it, as in
 * `/proc` (mkdir says ENOENT there, and it tries the folder above again and again).
 */
export function makeFolder(path: string): readonly string[] {
  const missing: string[] = []
  for (let place = path; !existsSync(place) && dirname(place) !== place; place = dirname(place)) missing.unshift(place)
  for (const place of missing) makeOne(place)
  if (!statSync(path).isDirectory()) throw Object.assign(new Error(`EEXIST: ${path} is a file`), { code: 'EEXIST', path })
  return missing
}

/** Somebody else may have made it a moment ago. */
function makeOne(place: string): void {
  try {
    mkdirSync(place, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** SQLite gives its side files (-wal, -shm) the mode of the main file, so it must exist before SQLite opens it. */
export function ensurePrivateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}

/** Key that hides customer ids in the audit log. Losing it unlinks them for ever, which is also how they are erased. */
export function auditKey(folder: DataFolder): Buffer {
  return keyFile(folder.auditKey)
}

const keyBytes = 32

/** A key of 32 random bytes, made at its first use. A shorter one hides nothing, so it is refused and never made anew over data. */
export function keyFile(file: string): Buffer {
  if (!existsSync(file)) {
    makeFolder(dirname(file))
    createWhole(file, randomBytes(keyBytes))
  }
  const key = readFileSync(file)
  if (key.length === keyBytes) return key
  throw problem('SLU_DATA_DAMAGED', 500, `${file} is damaged: it has ${key.length} bytes instead of ${keyBytes}. Restore a backup.`)
}
