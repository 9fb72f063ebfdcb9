import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { longest } from './longest-first.ts'

test('every test file that begins first is there', () => {
  expect(longest.filter((name) => !existsSync(fileURLToPath(new URL(`../../${name}.test.ts`, import.meta.url))))).toEqual([])
})
