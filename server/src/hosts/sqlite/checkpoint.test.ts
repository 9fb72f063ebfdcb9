import { expect, test } from 'vitest'
import { checkpointWatch, walLimits } from './checkpoint.ts'
import { openReader } from './connection.ts'
import { openTestDatabase } from './test-database.ts'

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
