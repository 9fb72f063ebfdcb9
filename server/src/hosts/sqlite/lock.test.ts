import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { prepareDataFolder } from './data-folder.ts'
import { lockDataFolder } from './lock.ts'
import { temporaryFolder } from './test-database.ts'

test('a second opener is refused and told who holds the folder', () => {
  const folder = temporaryFolder()
  prepareDataFolder(folder)
  const lock = lockDataFolder(folder)
  const code = 'SLU_DATA_LOCKED'
  expect(() => lockDataFolder(folder)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(`process ${process.pid}`) }),
  )
  lock.release()
  lockDataFolder(folder).release()
})

test('another process is kept out too', () => {
  const folder = temporaryFolder()
  prepareDataFolder(folder)
  const lock = lockDataFolder(folder)
  const script = `
    const Database = require('better-sqlite3')
    try { new Database(process.argv[1], { timeout: 0 }).exec('BEGIN EXCLUSIVE'); console.log('taken') } catch (error) { console.log(error.code) }`
  expect(execFileSync(process.execPath, ['-e', script, folder.lock], { encoding: 'utf8' }).trim()).toBe('SQLITE_BUSY')
  lock.release()
})

test('folder and files are for their owner only', () => {
  const folder = temporaryFolder()
  prepareDataFolder(folder)
  const lock = lockDataFolder(folder)
  expect(statSync(folder.root).mode & 0o777).toBe(0o700)
  expect(statSync(folder.lock).mode & 0o777).toBe(0o600)
  expect(statSync(folder.pid).mode & 0o777).toBe(0o600)
  lock.release()
})

test('a lock that is given back says no more who had it, and leaves nothing where that is asked for', () => {
  const folder = temporaryFolder()
  prepareDataFolder(folder)
  lockDataFolder(folder).release()
  expect(existsSync(folder.pid)).toBe(false)
  lockDataFolder(folder).releaseAndRemove()
  expect(readdirSync(folder.root)).toEqual([])
  // The next owner has a file of its own.
  lockDataFolder(folder).release()
})

test('a file of somebody else in the place of the lock is refused by its name', () => {
  const folder = temporaryFolder()
  prepareDataFolder(folder)
  writeFileSync(folder.lock, 'somebody wrote a letter here, and it is as long as letters are. '.repeat(20))
  expect(() => lockDataFolder(folder)).toThrow(
    expect.objectContaining({ code: 'SLU_DATA_UNUSABLE', message: expect.stringContaining('lock.db') }),
  )
})
