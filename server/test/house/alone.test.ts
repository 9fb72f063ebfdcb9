import { expect, test } from 'vitest'
import { alone } from '../../tools/alone.ts'
import { sources } from './sources.ts'

test('a unit test that replaces modules shares its worker with no other: they would be replaced there too', () => {
  const replaces = /\bvi\.(mock|doMock|resetModules)\(/
  const found = sources().filter(
    ({ path, text }) => /\.test\.tsx?$/.test(path) && !path.endsWith('house/alone.test.ts') && replaces.test(text),
  )
  expect(found.map(({ path }) => path).sort()).toEqual([...alone].sort())
})
