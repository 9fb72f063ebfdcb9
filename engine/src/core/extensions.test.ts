import { expect, test } from 'vitest'
import { type EventExtensions, written } from './extensions.ts'

test('what a sender adds stands beside the attributes and takes the place of none', () => {
  const event = { id: 'e', data: { a: 1 }, extensions: { id: 'forged', partitionkey: 'k' } }
  expect(written(event)).toEqual({ id: 'e', data: { a: 1 }, partitionkey: 'k' })
  const plain: { readonly id: string; readonly extensions?: EventExtensions } = { id: 'e' }
  expect(written(plain)).toEqual({ id: 'e' })
})
