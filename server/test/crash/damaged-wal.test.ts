/** A crash, and then a write-ahead log that is cut, damaged or alone: what was written before the damage is there, whole, and the rest is not. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openReader } from '../../src/hosts/sqlite/connection.ts'
import { openData } from '../../src/hosts/sqlite/open-data.ts'
import { verifyDatabase } from '../../src/hosts/sqlite/verify/index.ts'

const actor = { kind: 'system', id: 'sluice' } as const
const written = 60
const folder = mkdtempSync(join(tmpdir(), 'sluice-wal-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As a killed process leaves it: the last commits stand in the log alone. */
let wal: Buffer
beforeAll(() => {
  const data = openData(join(folder, 'live'), [], () => 0)
  data.db.pragma('wal_checkpoint(TRUNCATE)')
  data.db.pragma('wal_autocheckpoint = 0')
  for (let n = 1; n <= written; n += 1) {
    data.store.transaction(() => data.store.audit.append({ at: n, actor, kind: `entry-${n}`, refs: {}, payload: { n } }))
  }
  copyFileSync(data.folder.database, join(folder, 'main.db'))
  wal = readFileSync(`${data.folder.database}-wal`)
  data.close()
})

/** Opens a copy with this log and gives the entries that are there. */
function afterCrash(log: Buffer | null): readonly string[] {
  const root = mkdtempSync(join(folder, 'copy-'))
  const file = join(root, 'sluice.db')
  copyFileSync(join(folder, 'main.db'), file)
  if (log !== null) writeFileSync(`${file}-wal`, log)
  expect(verifyDatabase(file).bad).toBeNull()
  const db = openReader(file)
  const kinds = db.prepare<[], string>('SELECT kind FROM audit_log ORDER BY seq').pluck().all()
  db.close()
  rmSync(root, { recursive: true })
  return kinds
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => `entry-${index + 1}`)

test('without its shared-memory file a log is read whole, and without a log nothing half is', () => {
  expect(afterCrash(wal)).toEqual(upTo(written))
  expect(afterCrash(null)).toEqual([])
})

test('a log that is cut anywhere, or has a wrong byte anywhere, gives what was written before that, whole and in order', {
  timeout: 60_000,
}, () => {
  let state = 11
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const counts = new Set<number>()
  for (let round = 0; round < 40; round += 1) {
    const at = random(wal.length)
    const damaged = round % 2 === 0 ? wal.subarray(0, at) : Buffer.from(wal)
    if (round % 2 === 1) damaged[at] = (damaged[at] ?? 0) ^ (1 << random(8))
    const kinds = afterCrash(damaged)
    expect(kinds, `round ${round}, byte ${at}`).toEqual(upTo(kinds.length))
    counts.add(kinds.length)
  }
  expect(counts.size).toBeGreaterThan(10)
})
