import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backup, finishRestore, restore } from './backup.ts'
import { openWriter } from './connection.ts'
import { auditKey, dataFolder } from './data-folder.ts'
import { migrate } from './migrate.ts'
import { allMigrations } from './migrations/index.ts'
import { openData } from './open-data.ts'
import { rowSum } from './row-sum.ts'
import { temporaryFolder } from './test-database.ts'
import { verifyDatabase } from './verify/index.ts'

const actor = { kind: 'system', id: 'sluice' } as const

async function backedUp() {
  const { root } = temporaryFolder()
  const data = openData(root, [], () => 0)
  const note = (kind: string) => data.store.transaction(() => data.store.audit.append({ at: 1, actor, kind, refs: {}, payload: { a: 1 } }))
  note('before')
  const to = join(root, '..', `${root.split('/').at(-1)}-backup`)
  await backup(data.db, data.folder, to, 0)
  note('after')
  data.close()
  return { root, to }
}

function kinds(root: string): unknown[] {
  const data = openData(root, [], () => 0)
  const found = data.db.prepare('SELECT kind FROM audit_log ORDER BY seq').pluck().all()
  data.close()
  return found
}

test('a backup brings back what was there, and keeps what it replaced', async () => {
  const { root, to } = await backedUp()
  expect(kinds(root)).toEqual(['before', 'after'])
  expect((await restore(root, to, 5)).ok).toBe(true)
  expect(kinds(root)).toEqual(['before'])
  expect(existsSync(join(root, 'backups', 'replaced-5', 'sluice.db'))).toBe(true)
  expect(existsSync(join(root, 'restore.json'))).toBe(false)
})

test('a backup is for its owner only and never written over something', async () => {
  const { root, to } = await backedUp()
  expect(statSync(to).mode & 0o777).toBe(0o700)
  for (const file of ['sluice.db', 'keys/audit.key', 'manifest.json']) expect(statSync(join(to, file)).mode & 0o777, file).toBe(0o600)
  const data = openData(root, [], () => 0)
  await expect(backup(data.db, data.folder, to, 0)).rejects.toMatchObject({ code: 'SLU_BACKUP_TARGET' })
  data.close()
})

test('a damaged backup replaces nothing', async () => {
  const { root, to } = await backedUp()
  appendFileSync(join(to, 'sluice.db'), 'x')
  await expect(restore(root, to, 5)).rejects.toMatchObject({ code: 'SLU_BACKUP_DAMAGED' })
  expect(kinds(root)).toEqual(['before', 'after'])
  await expect(restore(root, join(to, 'nowhere'), 5)).rejects.toMatchObject({ code: 'SLU_BACKUP_UNKNOWN' })
})

test('a running server is not restored over', async () => {
  const { root, to } = await backedUp()
  const data = openData(root, [], () => 0)
  await expect(restore(root, to, 5)).rejects.toMatchObject({ code: 'SLU_DATA_LOCKED' })
  data.close()
})

test('a crash in the middle of the moves is mended at the next start, wherever it struck', async () => {
  for (const step of [0, 1, 2, 3]) {
    const { root, to } = await backedUp()
    const folder = dataFolder(root)
    const staged = join(root, 'restoring-9')
    const replaced = join(root, 'backups', 'replaced-9')
    mkdirSync(join(staged, 'keys'), { recursive: true })
    mkdirSync(replaced, { recursive: true })
    for (const name of ['sluice.db', 'keys/audit.key']) writeFileSync(join(staged, name), readFileSync(join(to, name)))
    // Whole paths are what earlier versions wrote; the folder may have been moved since.
    const where = step % 2 === 0 ? { staged, replaced } : { staged: '/moved/restoring-9', replaced: 'replaced-9' }
    writeFileSync(join(root, 'restore.json'), JSON.stringify(where))
    if (step >= 1) renameSync(folder.database, join(replaced, 'sluice.db'))
    if (step >= 2) renameSync(join(staged, 'sluice.db'), folder.database)
    if (step >= 3) renameSync(join(root, 'keys'), join(replaced, 'keys'))
    finishRestore(folder)
    expect(kinds(root), `after step ${step}`).toEqual(['before'])
  }
})

test('a restore that is refused leaves nothing behind where nothing was', async () => {
  const { root, to } = await backedUp()
  const nowhere = `${root}-new`
  await expect(restore(nowhere, join(to, 'nowhere'), 5)).rejects.toMatchObject({ code: 'SLU_BACKUP_UNKNOWN' })
  for (const name of ['keys', 'sluice.db']) {
    const part = `${to}-without-${name}`
    mkdirSync(part)
    for (const kept of readdirSync(to).filter((other) => other !== name)) renameSync(join(to, kept), join(part, kept))
    await expect(restore(nowhere, part, 5)).rejects.toMatchObject({ code: 'SLU_BACKUP_DAMAGED', message: expect.stringContaining(name) })
    for (const kept of readdirSync(part)) renameSync(join(part, kept), join(to, kept))
  }
  expect(existsSync(nowhere)).toBe(false)
  // Beside data the lock's file stays, as after every stop.
  const before = readdirSync(root)
  await expect(restore(root, join(to, 'nowhere'), 5)).rejects.toMatchObject({ code: 'SLU_BACKUP_UNKNOWN' })
  expect(readdirSync(root)).toEqual(before)
})

test('a backup of an earlier version is proved in the shape of this one and brought back as it was', async () => {
  const { root } = temporaryFolder()
  const folder = dataFolder(root)
  const to = `${root}-backup`
  const old = openWriter(folder.database)
  migrate(old, { backups: folder.backups, now: () => 0, migrations: allMigrations.slice(0, 1) })
  const row = ['e1', '/t', 'i1', 't', 'c-1', '2026-03-02T03:00:00Z', 'null', '[]', 1]
  const columns = 'event, source, id, type, subject, time, data, runs, received_at, sum'
  old.prepare(`INSERT INTO inbox (${columns}) VALUES (${row.map(() => '?')}, ?)`).run(...row, rowSum(row))
  auditKey(folder)
  await backup(old, folder, to, 0)
  old.close()
  expect(verifyDatabase(folder.database).ok).toBe(true)
  expect((await restore(`${root}-new`, to, 5)).ok).toBe(true)
  expect(kinds(`${root}-new`)).toEqual([])
  const damaged = openWriter(join(to, 'sluice.db'))
  damaged.exec("UPDATE inbox SET data = '1'")
  damaged.pragma('wal_checkpoint(TRUNCATE)')
  damaged.close()
  expect(verifyDatabase(join(to, 'sluice.db')).bad).toMatchObject({ check: 'rows', where: 'inbox row e1' })
  expect(readdirSync(to).filter((name) => name.startsWith('verifying-'))).toEqual([])
})

test('a backup of a newer version is refused before anything is replaced', async () => {
  const { root, to } = await backedUp()
  const newer = openWriter(join(to, 'sluice.db'))
  const step = { number: allMigrations.length + 1, name: 'of tomorrow', sql: 'CREATE TABLE tomorrow (id TEXT) STRICT' }
  migrate(newer, { backups: join(to, 'b'), now: () => 0, migrations: [...allMigrations, step] })
  newer.pragma('wal_checkpoint(TRUNCATE)')
  newer.close()
  rmSync(join(to, 'b'), { recursive: true })
  const manifest = JSON.parse(readFileSync(join(to, 'manifest.json'), 'utf8')) as { files: Record<string, string> }
  manifest.files['sluice.db'] = createHash('sha256')
    .update(readFileSync(join(to, 'sluice.db')))
    .digest('hex')
  writeFileSync(join(to, 'manifest.json'), JSON.stringify(manifest))
  await expect(restore(root, to, 5)).rejects.toMatchObject({ code: 'SLU_DATA_NEWER' })
  expect(kinds(root)).toEqual(['before', 'after'])
})

test('what a killed process was copying is gone after the next start, and never taken for a copy', async () => {
  const { root, to } = await backedUp()
  mkdirSync(join(root, 'restoring-9', 'keys'), { recursive: true })
  mkdirSync(join(root, 'verifying-abc'))
  mkdirSync(join(root, 'backups'))
  for (const end of ['', '-journal']) writeFileSync(join(root, 'backups', `before-migration-8-1.db.unfinished${end}`), 'half')
  writeFileSync(join(root, 'restore.json.0123456789ab'), '{"sta')
  writeFileSync(join(root, 'keys', 'audit.key.0123456789ab'), '')
  expect(kinds(root)).toEqual(['before', 'after'])
  expect(readdirSync(root).filter((name) => /restor|verifying/.test(name))).toEqual([])
  expect([...readdirSync(join(root, 'backups')), ...readdirSync(join(root, 'keys'))]).toEqual(['audit.key'])
  rmSync(join(to, 'manifest.json'))
  await expect(restore(root, to, 5)).rejects.toMatchObject({ code: 'SLU_BACKUP_UNKNOWN' })
})

test('what a killed backup left is no backup, and neither it nor a whole one is written over', async () => {
  const { root, to } = await backedUp()
  const data = openData(root, [], () => 0)
  const again = () => backup(data.db, data.folder, to, 0)
  await expect(again()).rejects.toMatchObject({ code: 'SLU_BACKUP_TARGET', message: expect.stringContaining('holds a backup already') })
  rmSync(join(to, 'manifest.json'))
  await expect(again()).rejects.toMatchObject({ code: 'SLU_BACKUP_TARGET', message: expect.stringContaining('broke off') })
  data.close()
  await expect(restore(root, to, 5)).rejects.toMatchObject({ code: 'SLU_BACKUP_UNKNOWN' })
})

test('a restore whose mark is damaged is not guessed at: the start is refused until a backup is restored again', async () => {
  const { root, to } = await backedUp()
  writeFileSync(join(root, 'restore.json'), '{"stag')
  expect(() => openData(root, [], () => 0)).toThrow(expect.objectContaining({ code: 'SLU_DATA_DAMAGED' }))
  expect((await restore(root, to, 5)).ok).toBe(true)
  expect(kinds(root)).toEqual(['before'])
})

test('a restore whose copy is gone is never taken for an empty workspace', async () => {
  const { root } = await backedUp()
  writeFileSync(join(root, 'restore.json'), JSON.stringify({ staged: 'restoring-9', replaced: 'replaced-9' }))
  rmSync(join(root, 'sluice.db'))
  expect(() => openData(root, [], () => 0)).toThrow(expect.objectContaining({ code: 'SLU_DATA_DAMAGED' }))
})

test('a backup that cannot be finished leaves nothing that was not there, and a place that cannot be written is named', async () => {
  const { root, to } = await backedUp()
  const data = openData(root, [], () => 0)
  const broken = { backup: () => Promise.reject(Object.assign(new Error('full'), { code: 'SQLITE_FULL' })) }
  const full = { code: 'SLU_DISK_FULL', status: 503, message: expect.stringContaining(`${to}-2`) }
  await expect(backup(broken, data.folder, `${to}-2/of/today`, 0)).rejects.toMatchObject(full)
  expect(existsSync(`${to}-2`)).toBe(false)
  mkdirSync(`${to}-2`)
  await expect(backup(broken, data.folder, `${to}-2`, 0)).rejects.toMatchObject(full)
  expect(readdirSync(`${to}-2`)).toEqual([])
  await expect(backup(data.db, data.folder, join(to, 'manifest.json'), 0)).rejects.toMatchObject({ code: 'SLU_DATA_UNUSABLE' })
  data.close()
})
