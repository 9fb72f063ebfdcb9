/** Bit rot: whatever byte of the database changes, either nothing we rely on changed with it or `verify` names what did. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEngine } from '@sluice/engine/worker'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openData } from '../../src/hosts/sqlite/open-data.ts'
import { rowSum } from '../../src/hosts/sqlite/row-sum.ts'
import { temporaryFolder } from '../../src/hosts/sqlite/test-database.ts'
import { verifyDatabase } from '../../src/hosts/sqlite/verify/index.ts'
import { acts, asks, createEngineParts, fourSteps, waits } from './test-parts.ts'

const actor = { kind: 'user', id: 'u-1' } as const

/** A database with something in every table, closed, everything in the main file. */
function filledDatabase(): { readonly root: string; readonly file: string } {
  const { root } = temporaryFolder()
  const parts = createEngineParts()
  const data = openData(root, parts.tables, () => 1_000)
  let id = 0
  const engine = createEngine({
    store: data.store,
    clock: { now: () => 1_000 },
    newId: () => `id${String(++id).padStart(6, '0')}`,
    random: () => 0.5,
    ...parts,
    dispatch: { effects: () => undefined, feed: () => undefined },
    fence: { bump: () => undefined, read: () => 0 },
  })
  for (const flow of [fourSteps, waits, acts, asks]) {
    engine.execute([{ kind: 'command', name: 'engine.flow.put', payload: { flow, activate: true }, actor }])
  }
  for (let n = 0; n < 40; n += 1) {
    const type = ['lead', 'later', 'act', 'ask'][n % 4] ?? 'lead'
    const event = {
      id: `e${n}`,
      source: '/test',
      type,
      subject: `c-${n}`,
      time: '2026-03-02T03:00:00.000Z',
      data: { n, text: '试驾'.repeat(20) },
    }
    const [reply] = engine.execute([{ kind: 'event', event, actor }])
    expect(reply?.ok).toBe(true)
    data.store.transaction(() =>
      data.store.audit.append({ at: n, actor, kind: 'consent.granted', refs: { customer: `c-${n}` }, payload: { n } }),
    )
  }
  data.db.pragma('wal_checkpoint(TRUNCATE)')
  data.close()
  return { root, file: join(root, 'sluice.db') }
}

/** Everything the file says, table by table; null when it can no longer be read. */
function contentOf(file: string): string | null {
  const db = new Database(file, { readonly: true })
  try {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all() as string[]
    const rows = tables.map((table) => [table, db.prepare(`SELECT * FROM "${table}"`).all()])
    const schema = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all()
    return JSON.stringify([schema, rows])
  } catch {
    return null
  } finally {
    db.close()
  }
}

/** Repeatable, so that a byte that slipped through once is found again. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

test('three hundred damaged files: no change goes unnoticed', { timeout: 120_000 }, () => {
  const { root, file } = filledDatabase()
  expect(verifyDatabase(file).bad).toBeNull()
  const before = contentOf(file)
  const healthy = readFileSync(file)
  const random = randomOf(7)
  const copy = join(root, 'damaged.db')
  let named = 0
  for (let round = 0; round < 300; round += 1) {
    const position = Math.floor(random() * healthy.length)
    const damaged = Buffer.from(healthy)
    damaged[position] = (healthy[position] ?? 0) ^ (1 << Math.floor(random() * 8))
    writeFileSync(copy, damaged)
    const report = verifyDatabase(copy)
    if (!report.ok) {
      named += 1
      expect(report.bad?.where).toBeTruthy()
    } else expect(contentOf(copy), `byte ${position} of round ${round} changed the data and verify said nothing`).toBe(before)
  }
  expect(named).toBeGreaterThan(50)
  rmSync(root, { recursive: true, force: true })
})

function afterChange(change: (db: Database.Database) => void) {
  const { root, file } = filledDatabase()
  const copy = join(root, 'changed.db')
  copyFileSync(file, copy)
  const db = new Database(copy)
  change(db)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  const report = verifyDatabase(copy)
  rmSync(root, { recursive: true, force: true })
  return report.bad
}

test('a changed audit entry is named by its number, and so is a missing one', () => {
  const unlocked = (sql: string) =>
    afterChange((db) => {
      const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string; sql: string }[]
      for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
      db.exec(sql)
      for (const trigger of triggers) db.exec(trigger.sql)
    })
  expect(unlocked("UPDATE audit_log SET kind = 'consent.refused' WHERE seq = 2")).toMatchObject({ check: 'audit', where: 'audit entry 2' })
  expect(unlocked('DELETE FROM audit_log WHERE seq = 5')).toMatchObject({ check: 'audit', why: 'entry 5 is missing' })
  expect(unlocked("UPDATE audit_payloads SET payload = '{}' WHERE seq = 3")).toMatchObject({ where: 'audit entry 3' })
})

test('a missing trigger is named', () => {
  expect(afterChange((db) => db.exec('DROP TRIGGER audit_log_never_changes'))).toMatchObject({ check: 'schema' })
})

test('a journal cut at its end, in its middle or in its text is named with its run', () => {
  const last = 'SELECT max(position) FROM journal WHERE run = (SELECT run FROM journal LIMIT 1)'
  expect(afterChange((db) => db.exec(`DELETE FROM journal WHERE position = (${last})`))).toMatchObject({ check: 'journal' })
  const edited = "UPDATE journal SET entries = replace(entries, 'run.started', 'run.stopped') WHERE position = 3"
  expect(afterChange((db) => db.exec(edited))).toMatchObject({ check: 'journal', where: expect.stringContaining('journal entry 1') })
})

test('a run whose row disagrees with its journal is named even when its checksum fits', () => {
  const bad = afterChange((db) => {
    const id = db.prepare("SELECT id FROM runs WHERE status = 'succeeded' LIMIT 1").pluck().get()
    db.prepare("UPDATE runs SET status = 'failed' WHERE id = ?").run(id)
    const row = db.prepare('SELECT * FROM runs WHERE id = ?').get(id) as object
    const summed = Object.entries(row).filter(([column]) => column !== 'sum' && column !== 'part')
    db.prepare('UPDATE runs SET sum = ? WHERE id = ?').run(rowSum(summed.map(([, value]) => value)), id)
  })
  expect(bad).toMatchObject({ check: 'runs', why: 'its row does not say what its journal says' })
})

test('an acknowledged event whose run is gone is named', () => {
  const bad = afterChange((db) => {
    const run = db.prepare("SELECT id FROM runs WHERE status = 'succeeded' LIMIT 1").pluck().get()
    db.prepare('DELETE FROM journal WHERE run = ?').run(run)
    db.prepare('DELETE FROM runs WHERE id = ?').run(run)
  })
  expect(bad).toMatchObject({ check: 'runs', why: 'a run it was answered with is missing' })
})

test('what is no database at all is said so', () => {
  const { root } = temporaryFolder()
  const file = join(root, 'text.db')
  writeFileSync(file, 'this is no database'.repeat(500))
  expect(verifyDatabase(file).bad).toMatchObject({ check: 'file' })
  expect(verifyDatabase(join(root, 'nothing.db')).bad).toMatchObject({ check: 'file', why: 'it does not exist' })
})
