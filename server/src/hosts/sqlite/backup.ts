/**
 * Copies of the data and the way back. A backup is a folder: the database, the keys, and a manifest with their digests.
 * A restore proves the copy before it touches anything, and each of its moves can be repeated after a crash.
 */
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { problem } from '@sluice/sdk/server'
import type { Connection } from './connection.ts'
import { type DataFolder, dataFolder, ensurePrivateFile, prepareDataFolder } from './data-folder.ts'
import { lockDataFolder } from './lock.ts'
import { type VerifyReport, verifyDatabase } from './verify/index.ts'

interface Manifest {
  readonly format: 'sluice/backup@1'
  readonly at: string
  /** SHA-256 by file name, hex. */
  readonly files: { readonly [name: string]: string }
}

const databaseName = 'sluice.db'
const keysName = 'keys'

/** Online, on the writing connection, a few pages at a time: what is written meanwhile is in the copy too. */
export async function backup(db: Pick<Connection, 'backup'>, folder: DataFolder, to: string, now: number): Promise<void> {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  chmodSync(to, 0o700)
  if (readdirSync(to).length > 0) throw problem('SLU_BACKUP_TARGET', 409, 'The folder for the backup is not empty. Choose a new one.')
  const copy = join(to, databaseName)
  ensurePrivateFile(copy)
  await db.backup(copy, { progress: () => 512 })
  copyKeys(keysOf(folder), join(to, keysName))
  const files: Record<string, string> = {}
  for (const name of filesOf(to)) files[name] = await digestOf(join(to, name))
  const manifest: Manifest = { format: 'sluice/backup@1', at: new Date(now).toISOString(), files }
  writeFileSync(join(to, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
}

/** Puts a backup in place of the data. What was there is kept under `backups/`. The server must not run. */
export async function restore(root: string, from: string, now: number): Promise<VerifyReport> {
  const folder = dataFolder(root)
  prepareDataFolder(folder)
  const lock = lockDataFolder(folder)
  try {
    finishRestore(folder)
    const staged = join(folder.root, `restoring-${now}`)
    try {
      const report = await stage(from, staged)
      writeFileSync(markerOf(folder), JSON.stringify({ staged, replaced: join(folder.backups, `replaced-${now}`) }), { mode: 0o600 })
      finishRestore(folder)
      return report
    } catch (error) {
      rmSync(staged, { recursive: true, force: true })
      throw error
    }
  } finally {
    lock.release()
  }
}

/** Copies the backup beside the data and proves the copy, not the original: what is proven is what will be used. */
async function stage(from: string, staged: string): Promise<VerifyReport> {
  const manifest = readManifest(from)
  mkdirSync(staged, { mode: 0o700 })
  copyFileSync(join(from, databaseName), join(staged, databaseName))
  chmodSync(join(staged, databaseName), 0o600)
  copyKeys(join(from, keysName), join(staged, keysName))
  for (const name of new Set([...filesOf(staged), ...Object.keys(manifest.files)])) {
    const copy = join(staged, name)
    if (!existsSync(copy) || (await digestOf(copy)) !== manifest.files[name]) {
      throw problem('SLU_BACKUP_DAMAGED', 422, `The backup is damaged: ${name} is not what the manifest says. Nothing was replaced.`)
    }
  }
  const report = verifyDatabase(join(staged, databaseName))
  if (report.bad === null) return report
  const { check, where, why } = report.bad
  throw problem('SLU_BACKUP_DAMAGED', 422, `The backup is damaged (${check}): ${where}: ${why}. Nothing was replaced.`)
}

function readManifest(from: string): Manifest {
  let manifest: Partial<Manifest>
  try {
    manifest = JSON.parse(readFileSync(join(from, 'manifest.json'), 'utf8')) as Partial<Manifest>
  } catch {
    throw problem('SLU_BACKUP_UNKNOWN', 404, 'There is no backup in this folder: its manifest.json is missing or unreadable.')
  }
  if (manifest.format === 'sluice/backup@1' && manifest.files !== undefined) return manifest as Manifest
  throw problem(
    'SLU_BACKUP_UNKNOWN',
    422,
    `This backup has the format ${String(manifest.format).slice(0, 40)}, which this version cannot read.`,
  )
}

/** Done before every open: a crash between the moves must never be taken for an empty workspace. */
export function finishRestore(folder: DataFolder): void {
  const marker = markerOf(folder)
  if (!existsSync(marker)) return
  const { staged, replaced } = JSON.parse(readFileSync(marker, 'utf8')) as { staged: string; replaced: string }
  mkdirSync(replaced, { recursive: true, mode: 0o700 })
  swap(join(staged, databaseName), folder.database, join(replaced, databaseName), ['-wal', '-shm'])
  swap(join(staged, keysName), keysOf(folder), join(replaced, keysName), [])
  rmSync(staged, { recursive: true, force: true })
  rmSync(marker)
}

/** Once the staged file is gone its move is done, and nothing is moved twice. */
function swap(staged: string, place: string, away: string, sideFiles: readonly string[]): void {
  if (!existsSync(staged)) return
  for (const end of ['', ...sideFiles]) if (existsSync(place + end)) renameSync(place + end, away + end)
  renameSync(staged, place)
}

function keysOf(folder: DataFolder): string {
  return dirname(folder.auditKey)
}

/** All of them: without the key a sealed secret or a hidden id in the copy says nothing any more. */
function copyKeys(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 })
  for (const name of readdirSync(from)) {
    copyFileSync(join(from, name), join(to, name))
    chmodSync(join(to, name), 0o600)
  }
}

/** The database and the keys, by their names below the folder. */
function filesOf(folder: string): readonly string[] {
  return [databaseName, ...readdirSync(join(folder, keysName)).map((name) => `${keysName}/${name}`)]
}

function markerOf(folder: DataFolder): string {
  return join(folder.root, 'restore.json')
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
