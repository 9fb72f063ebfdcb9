import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dataFolder, prepareDataFolder } from './data-folder.ts'
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
