import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { prepareDataFolder } from './data-folder.ts'
import { diskGuard, diskLimits, type Space } from './reserve.ts'
import { temporaryFolder } from './test-database.ts'

const mb = 1024 * 1024
const total = 100_000 * mb

function setup(size = total) {
  const folder = temporaryFolder()
  prepareDataFolder(folder)
  const space: { -readonly [Name in keyof Space]: Space[Name] } = { free: size, total: size }
  const guard = diskGuard(folder, () => space)
  return { folder, space, guard, seen: () => [guard.open, existsSync(folder.reserve)] }
}

test('space runs short: intake closes and the reserve is freed; space comes back: both are restored', () => {
  const { space, guard, seen } = setup()
  guard.look()
  expect(seen()).toEqual([true, true])
  space.free = diskLimits.freeBytesMin - 1
  guard.look()
  expect(seen()).toEqual([false, false])
  // In between it stays as it was, so that it does not flicker.
  space.free = diskLimits.freeBytesAgain - 1
  guard.look()
  expect(guard.open).toBe(false)
  space.free = diskLimits.freeBytesAgain
  guard.look()
  expect(seen()).toEqual([true, true])
})

test('a small volume is used too, and opens again when it has room by its own measure', () => {
  const { folder, space, guard } = setup(64 * mb)
  guard.look()
  expect([guard.open, statSync(folder.reserve).size]).toEqual([true, 2 * mb])
  space.free = 9 * mb
  guard.look()
  expect(guard.open).toBe(true)
  space.free = 7 * mb
  guard.look()
  expect(guard.open).toBe(false)
  space.free = 16 * mb
  guard.look()
  expect(guard.open).toBe(true)
})

test('a write that failed for want of space closes the intake at once', () => {
  const { guard, seen } = setup()
  guard.look()
  guard.full()
  expect(seen()).toEqual([false, false])
})

test('where writes go on failing although there seems to be room, it is tried again less and less often', () => {
  const { guard } = setup()
  const looks: number[] = []
  for (let round = 0; round < 6; round += 1) {
    guard.full()
    let count = 0
    for (; !guard.open && count < 50; count += 1) guard.look()
    looks.push(count)
  }
  expect(looks).toEqual([1, 2, 3, 5, 9, 9])
  guard.look()
  guard.full()
  guard.look()
  expect(guard.open).toBe(true)
})

test('where there is no room for the reserve there is none for events', () => {
  const { folder, guard, seen } = setup()
  // What is written there is answered as by a full disk.
  symlinkSync('/dev/full', folder.reserve)
  guard.look()
  expect(seen()).toEqual([false, false])
  guard.look()
  expect(seen()).toEqual([true, true])
  guard.full()
  mkdirSync(folder.reserve)
  expect(() => guard.look()).toThrow('EISDIR')
})

test('a reserve that a killed process left unfinished is laid anew', () => {
  const { folder, guard } = setup()
  writeFileSync(folder.reserve, 'a part')
  guard.look()
  expect(statSync(folder.reserve).size).toBe(diskLimits.reserveBytes)
})
