import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backup, finishRestore, restore } from './backup.ts'
import { dataFolder } from './data-folder.ts'
import { openData } from './open-data.ts'
import { temporaryFolder } from './test-database.ts'

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
    writeFileSync(join(root, 'restore.json'), JSON.stringify({ staged, replaced }))
    if (step >= 1) renameSync(folder.database, join(replaced, 'sluice.db'))
    if (step >= 2) renameSync(join(staged, 'sluice.db'), folder.database)
    if (step >= 3) renameSync(join(root, 'keys'), join(replaced, 'keys'))
    finishRestore(folder)
    expect(kinds(root), `after step ${step}`).toEqual(['before'])
  }
})
