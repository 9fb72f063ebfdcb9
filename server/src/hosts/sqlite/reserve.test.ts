import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { prepareDataFolder } from './data-folder.ts'
import { diskGuard, diskLimits } from './reserve.ts'
import { temporaryFolder } from './test-database.ts'

test('space runs short: intake closes and the reserve is freed; space comes back: both are restored', () => {
  const folder = temporaryFolder()
  prepareDataFolder(folder)
  let free = diskLimits.freeBytesAgain
  const guard = diskGuard(folder, () => free)
  guard.look()
  expect([guard.open, existsSync(folder.reserve)]).toEqual([true, true])
  free = diskLimits.freeBytesMin - 1
  guard.look()
  expect([guard.open, existsSync(folder.reserve)]).toEqual([false, false])
  // In between it stays as it was, so that it does not flicker.
  free = diskLimits.freeBytesAgain - 1
  guard.look()
  expect(guard.open).toBe(false)
  free = diskLimits.freeBytesAgain
  guard.look()
  expect([guard.open, existsSync(folder.reserve)]).toEqual([true, true])
})

test('a write that failed for want of space closes the intake at once', () => {
  const folder = temporaryFolder()
  prepareDataFolder(folder)
  const guard = diskGuard(folder, () => diskLimits.freeBytesAgain)
  guard.look()
  guard.full()
  expect([guard.open, existsSync(folder.reserve)]).toEqual([false, false])
})
