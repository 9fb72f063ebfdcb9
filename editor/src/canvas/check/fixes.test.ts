import { expect, test } from 'vitest'
import { fieldOf } from './fixes.ts'

test('the path of a problem leads to the field inside the step', () => {
  expect(fieldOf('/nodes/2/config/fields/0')).toBe('/fields/0')
  expect(fieldOf('/nodes/2/config')).toBe('')
  expect(fieldOf('/nodes/2/timeoutMs')).toBe('/timeoutMs')
  expect(fieldOf('/fields')).toBe('/fields')
  expect(fieldOf(undefined)).toBe('')
})
