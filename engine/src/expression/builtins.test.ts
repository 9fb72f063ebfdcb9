import { expect, test } from 'vitest'
import { builtinNames, findBuiltin } from './builtins.ts'

test('every function of jsonata that we rely on is found in this version of jsonata', () => {
  const missing = [...builtinNames].filter((name) => typeof findBuiltin(name)?.implementation !== 'function')
  expect(missing).toEqual([])
  const unsigned = [...builtinNames].filter((name) => typeof findBuiltin(name)?.signature?.validate !== 'function')
  expect(unsigned).toEqual([])
})
