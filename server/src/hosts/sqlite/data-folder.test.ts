import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { auditKey, dataFolder, prepareDataFolder } from './data-folder.ts'
import { temporaryFolder } from './test-database.ts'

test('a file, or a place below a file, is refused as the data folder by its name', () => {
  const { root } = temporaryFolder()
  mkdirSync(root, { recursive: true })
  const file = join(root, 'notes.txt')
  writeFileSync(file, '')
  for (const place of [file, join(file, 'data')]) {
    expect(() => prepareDataFolder(dataFolder(place))).toThrow(
      expect.objectContaining({ code: 'SLU_DATA_UNUSABLE', message: expect.stringContaining(place) }),
    )
  }
})

test('only its owner may enter the folder', () => {
  const folder = temporaryFolder()
  prepareDataFolder(folder)
  expect(statSync(folder.root).mode & 0o777).toBe(0o700)
})

// mkdir says ENOENT in /proc, and Node's recursive form then tries for ever.
test.runIf(existsSync('/proc/self'))('a place where nothing can be made is refused, not tried for ever', () => {
  expect(() => prepareDataFolder(dataFolder('/proc/x/y'))).toThrow(expect.objectContaining({ code: 'SLU_DATA_UNUSABLE' }))
})

test('a folder with spaces, signs and letters of any script is as good as another, however deep it lies', () => {
  const { root } = temporaryFolder()
  const folder = dataFolder(join(root, '数据 文件夹 😀', `a'b"%20#?`, 'x'))
  prepareDataFolder(folder)
  expect(auditKey(folder)).toHaveLength(32)
  expect(auditKey(folder)).toEqual(auditKey(folder))
  expect(readdirSync(join(folder.root, 'keys'))).toEqual(['audit.key'])
})

test('a key that was cut off hides nothing, so it is refused and not made anew', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder.root, 'keys'))
  writeFileSync(folder.auditKey, '')
  expect(() => auditKey(folder)).toThrow(
    expect.objectContaining({ code: 'SLU_DATA_DAMAGED', message: expect.stringContaining('0 bytes instead of 32') }),
  )
  expect(statSync(folder.auditKey).size).toBe(0)
})
