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
  rmdirSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { words } from '@sluice/sdk'
import { problem } from '@sluice/sdk/server'
import type { Connection } from './connection.ts'
import { type DataFolder, dataFolder, ensurePrivateFile, makeFolder, prepareDataFolder } from './data-folder.ts'
import { diskProblem } from './disk-problem.ts'
import { lockDataFolder } from './lock.ts'
import { unfinishedEnd } from './migrate.ts'
import { type VerifyReport, verifyDatabase } from './verify/index.ts'
import { verifyingPrefix } from './verify/of-this-version.ts'
import { draftEnd, syncPath, writeWhole } from './whole-file.ts'

interface Manifest {
  readonly format: 'sluice/backup@1'
  readonly at: string
  /** SHA-256 by file name, hex. */
  readonly files: { readonly [name: string]: string }
}

const databaseName = 'sluice.db'
const keysName = 'keys'
const manifestName = 'manifest.json'
const markerName = 'restore.json'
const stagedPrefix = 'restoring-'

/**
 * Online, on the writing connection, a few pages at a time: what is written meanwhile is in the copy too. The manifest comes last and
 * whole, and without one nothing is a backup; a copy that could not be finished is taken away again, with the folders made for it.
 */
export async function backup(db: Pick<Connection, 'backup'>, folder: DataFolder, to: string, now: number): Promise<void> {
  const made = emptyTarget(to)
  try {
    const copy = join(to, databaseName)
    ensurePrivateFile(copy)
    await db.backup(copy, { progress: () => 512 })
    copyKeys(keysOf(folder), join(to, keysName))
    const files: Record<string, string> = {}
    for (const name of filesOf(to)) {
      syncPath(join(to, name))
      files[name] = await digestOf(join(to, name))
    }
    const manifest: Manifest = { format: 'sluice/backup@1', at: new Date(now).toISOString(), files }
    writeWhole(join(to, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
  } catch (error) {
    const gone = takeAway(to, made)
    const disk = diskProblem(error)
    throw disk?.code === 'SLU_DISK_FULL' ? noRoom(to, gone) : (disk ?? error)
  }
}

/** Copied pages are as they were: damage that nobody has met yet would be found on the day the backup is needed. */
export function proveBackup(to: string): VerifyReport {
  const copy = join(to, databaseName)
  try {
    return verifyDatabase(copy)
  } finally {
    for (const end of ['-wal', '-shm']) rmSync(copy + end, { force: true })
  }
}

/** What a copy that broke off has written, and the folders made for it. False: some of it would not go. */
function takeAway(to: string, made: readonly string[]): boolean {
  try {
    for (const name of readdirSync(to)) rmSync(join(to, name), { recursive: true, force: true })
    for (const folder of made.toReversed()) rmdirSync(folder)
    return true
  } catch {
    return false
  }
}

/** The disk of the copy need not be the one of the data, so the folder is named. */
function noRoom(to: string, isGone: boolean): Error {
  const [en, zh] = isGone
    ? ['What was begun is taken away again', '已写入的内容已清除']
    : ['What lies there is no backup', '残留内容不是备份，请删除']
  return problem(
    'SLU_DISK_FULL',
    503,
    words(
      `There is no room for the backup in ${to}: the disk is full. ${en}; free some space or choose another folder.`,
      `磁盘已满：${to} 没有足够空间存放备份。${zh}；请释放空间或选择其他文件夹。`,
    ),
  )
}

/** Gives the folders that were not there before, the outermost first. */
function emptyTarget(to: string): readonly string[] {
  let inside: readonly string[]
  let made: readonly string[]
  try {
    made = makeFolder(to)
    inside = readdirSync(to)
    if (inside.length === 0) chmodSync(to, 0o700)
  } catch (error) {
    throw diskProblem(error) ?? error
  }
  if (inside.length === 0) return made
  const why = inside.includes(manifestName)
    ? 'holds a backup already'
    : inside.includes(databaseName)
      ? 'holds a backup that broke off'
      : 'is not empty'
  throw problem('SLU_BACKUP_TARGET', 409, `The folder for the backup ${why}. Choose a new one.`)
}

/** Puts a backup in place of the data. What was there is kept under `backups/`. The server must not run. */
export async function restore(root: string, from: string, now: number): Promise<VerifyReport> {
  const manifest = readManifest(from)
  const folder = dataFolder(root)
  const isNew = !existsSync(folder.root)
  const hadLock = existsSync(folder.lock)
  prepareDataFolder(folder)
  const lock = lockDataFolder(folder)
  try {
    const report = await replaceBy(folder, manifest, from, now)
    lock.release()
    return report
  } catch (error) {
    // Nothing was replaced, so nothing is left that was not there before.
    if (hadLock) lock.release()
    else lock.releaseAndRemove()
    if (isNew && readdirSync(folder.root).length === 0) rmdirSync(folder.root)
    throw diskProblem(error) ?? error
  }
}

async function replaceBy(folder: DataFolder, manifest: Manifest, from: string, now: number): Promise<VerifyReport> {
  // One that cannot be read any more is no reason not to restore: all that it was about is replaced now.
  if (readMarker(folder) === 'damaged') rmSync(markerOf(folder))
  finishRestore(folder)
  const staged = `${stagedPrefix}${now}`
  try {
    const report = await stage(manifest, from, join(folder.root, staged))
    writeWhole(markerOf(folder), JSON.stringify({ staged, replaced: `replaced-${now}` } satisfies Marker))
    finishRestore(folder)
    return report
  } catch (error) {
    if (!existsSync(markerOf(folder))) rmSync(join(folder.root, staged), { recursive: true, force: true })
    throw error
  }
}

/** Copies the backup beside the data and proves the copy, not the original: what is proven is what will be used. */
async function stage(manifest: Manifest, from: string, staged: string): Promise<VerifyReport> {
  for (const name of [databaseName, keysName]) if (!existsSync(join(from, name))) throw notAsItWas(name)
  mkdirSync(staged, { mode: 0o700 })
  copyFileSync(join(from, databaseName), join(staged, databaseName))
  chmodSync(join(staged, databaseName), 0o600)
  copyKeys(join(from, keysName), join(staged, keysName))
  for (const name of new Set([...filesOf(staged), ...Object.keys(manifest.files)])) {
    const copy = join(staged, name)
    if (!existsSync(copy) || (await digestOf(copy)) !== manifest.files[name]) throw notAsItWas(name)
    syncPath(copy)
  }
  const report = verifyDatabase(join(staged, databaseName))
  if (report.bad === null) return report
  const { check, where, why } = report.bad
  throw problem('SLU_BACKUP_DAMAGED', 422, `The backup is damaged (${check}): ${where}: ${why}. Nothing was replaced.`)
}

function notAsItWas(name: string): Error {
  return problem('SLU_BACKUP_DAMAGED', 422, `The backup is damaged: ${name} is not what the manifest says. Nothing was replaced.`)
}

function readManifest(from: string): Manifest {
  let manifest: Partial<Manifest>
  try {
    manifest = JSON.parse(readFileSync(join(from, manifestName), 'utf8')) as Partial<Manifest>
  } catch {
    throw problem('SLU_BACKUP_UNKNOWN', 404, 'There is no backup in this folder: its manifest.json is missing or unreadable.')
  }
  if (manifest?.format === 'sluice/backup@1' && typeof manifest.files === 'object' && manifest.files !== null) return manifest as Manifest
  throw problem(
    'SLU_BACKUP_UNKNOWN',
    422,
    `This backup has the format ${String(manifest?.format).slice(0, 40)}, which this version cannot read.`,
  )
}

/** What the moves of a restore are about, by their names below the data folder, which may stand elsewhere by the time they go on. */
interface Marker {
  readonly staged: string
  readonly replaced: string
}

function readMarker(folder: DataFolder): Marker | 'damaged' | null {
  if (!existsSync(markerOf(folder))) return null
  try {
    const { staged, replaced } = JSON.parse(readFileSync(markerOf(folder), 'utf8')) as Partial<Marker>
    if (typeof staged === 'string' && typeof replaced === 'string') return { staged: basename(staged), replaced: basename(replaced) }
  } catch {
    // Said below: a marker that says nothing and one that is no JSON are the same to us.
  }
  return 'damaged'
}

/** Done before every open, under the lock: a crash between the moves must never be taken for an empty workspace. */
export function finishRestore(folder: DataFolder): void {
  const marker = readMarker(folder)
  if (marker === 'damaged')
    throw problem('SLU_DATA_DAMAGED', 500, `${markerOf(folder)} is damaged: a restore broke off there. Run sluice restore again.`)
  if (marker !== null) {
    const staged = join(folder.root, marker.staged)
    const replaced = join(folder.backups, marker.replaced)
    makeFolder(replaced)
    swap(join(staged, databaseName), folder.database, join(replaced, databaseName), ['-wal', '-shm'])
    swap(join(staged, keysName), keysOf(folder), join(replaced, keysName), [])
    if (!existsSync(folder.database))
      throw problem('SLU_DATA_DAMAGED', 500, 'A restore broke off and what it had brought is gone. Run sluice restore again.')
    syncPath(folder.root)
    rmSync(staged, { recursive: true, force: true })
    rmSync(markerOf(folder))
  }
  removeLeftovers(folder)
}

/** Copies that were being made when a process was killed. Nobody else makes any while the lock is ours. */
function removeLeftovers(data: DataFolder): void {
  const left = (folder: string, isLeft: (name: string) => boolean) => {
    if (!existsSync(folder)) return
    for (const name of readdirSync(folder).filter(isLeft)) rmSync(join(folder, name), { recursive: true, force: true })
  }
  left(
    data.root,
    (name) => name.startsWith(stagedPrefix) || name.startsWith(verifyingPrefix) || (name.startsWith(markerName) && draftEnd.test(name)),
  )
  left(keysOf(data), (name) => draftEnd.test(name))
  // With what SQLite lays beside it.
  left(data.backups, (name) => name.includes(unfinishedEnd))
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
  return join(folder.root, markerName)
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
