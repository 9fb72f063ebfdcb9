import { expect, test } from 'vitest'
import { type Copier, checkpointWatch, walLimits } from './checkpoint.ts'
import { type Connection, openReader } from './connection.ts'
import { openTestDatabase } from './test-database.ts'
import { startCopier } from './thread/copier.ts'

/** Pages in the log, and how many of them are in the main file. */
function logOf(db: Connection): { readonly log: number; readonly checkpointed: number } {
  const [at] = db.pragma('wal_checkpoint(NOOP)') as readonly { readonly log: number; readonly checkpointed: number }[]
  if (at === undefined) throw new Error('SQLite said nothing of its log')
  return at
}

function grow(db: Connection, pages: number): void {
  db.exec('CREATE TABLE IF NOT EXISTS filler (data BLOB)')
  db.prepare('INSERT INTO filler VALUES (zeroblob(?))').run(pages * 8_192)
}

test('the write-ahead log stays below its cap, and shrinks again when a reader let go', () => {
  const { db, folder, close } = openTestDatabase()
  db.exec('CREATE TABLE filler (data BLOB)')
  const insert = db.prepare('INSERT INTO filler VALUES (zeroblob(400000))')
  const watch = checkpointWatch(db, folder.database)
  const reader = openReader(folder.database)
  db.pragma('busy_timeout = 1')
  for (let n = 0; n < 400; n += 1) {
    insert.run()
    watch.afterCommit()
  }
  expect(watch.walBytes()).toBeLessThanOrEqual(walLimits.bytesMax)
  reader.exec('BEGIN; SELECT count(*) FROM filler')
  for (let n = 0; n < 250; n += 1) {
    insert.run()
    watch.afterCommit()
  }
  expect(watch.walBytes()).toBeGreaterThan(walLimits.bytesMax)
  reader.exec('COMMIT')
  for (let n = 0; n < 8; n += 1) {
    insert.run()
    watch.afterCommit()
  }
  expect(watch.walBytes()).toBeLessThanOrEqual(walLimits.bytesMax)
  reader.close()
  close()
})

test('a copier is asked once 8 MB stand in the log alone, and what came while it worked is copied after it', () => {
  const { db, folder, close } = openTestDatabase()
  db.pragma('wal_autocheckpoint = 0')
  let asked = 0
  let state: 'free' | 'copying' | 'ended' = 'free'
  const copier: Copier = {
    get free() {
      return state === 'free'
    },
    ended() {
      if (state !== 'ended') return false
      state = 'free'
      return true
    },
    begin() {
      asked += 1
      state = 'copying'
    },
  }
  const watch = checkpointWatch(db, folder.database, copier)
  grow(db, 500)
  watch.afterCommit()
  expect(asked).toBe(0)
  grow(db, 600)
  watch.afterCommit()
  grow(db, 600)
  watch.afterCommit()
  expect(asked).toBe(1)
  state = 'ended'
  watch.afterCommit()
  expect(logOf(db).checkpointed).toBe(logOf(db).log)
  grow(db, 1)
  expect(logOf(db).log).toBeLessThan(100)
  close()
})

test('a disk that is too full for the copy ends nothing: the log keeps what it has; any other fault of the file is told', () => {
  const { db, folder, close } = openTestDatabase()
  db.pragma('wal_autocheckpoint = 0')
  grow(db, 6_000)
  let code: string | null = 'SQLITE_FULL'
  const failing: Pick<Connection, 'pragma'> = {
    pragma(source, options) {
      if (code !== null && !source.includes('NOOP')) throw Object.assign(new Error('database or disk is full'), { code })
      return db.pragma(source, options)
    },
  }
  const copied: Copier = { free: false, ended: () => true, begin: () => {} }
  const beside = checkpointWatch(failing, folder.database, copied)
  const alone = checkpointWatch(failing, folder.database)
  const after = (watch: ReturnType<typeof checkpointWatch>) => {
    for (let n = 0; n < 8; n += 1) watch.afterCommit()
    watch.finish()
  }
  expect(alone.walBytes()).toBeGreaterThan(walLimits.watchBytes)
  for (const watch of [beside, alone]) expect(() => after(watch)).not.toThrow()
  expect(logOf(db).checkpointed).toBe(0)
  code = 'SQLITE_CORRUPT'
  for (const watch of [beside, alone]) expect(() => after(watch)).toThrow('disk is full')
  code = null
  after(alone)
  expect(alone.walBytes()).toBe(0)
  close()
})

test('the copier moves the log into the main file while a reader reads and the writer writes on', async () => {
  const { db, folder, close } = openTestDatabase()
  db.pragma('wal_autocheckpoint = 0')
  grow(db, 1_200)
  const reader = openReader(folder.database)
  reader.exec('BEGIN; SELECT count(*) FROM filler')
  const copier = startCopier(folder.database)
  const { log } = logOf(db)
  copier.begin()
  expect(copier.free).toBe(false)
  grow(db, 10)
  await expect.poll(() => copier.free, { timeout: 20_000 }).toBe(true)
  expect(copier.ended()).toBe(true)
  expect(copier.ended()).toBe(false)
  expect(logOf(db).checkpointed).toBeGreaterThanOrEqual(log)
  reader.close()
  await copier.stop()
  // Gone already, as after a failure of its own.
  await copier.stop()
  close()
})
