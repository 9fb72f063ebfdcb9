import { expect, test } from 'vitest'
import { byPurpose } from './by-purpose.ts'

test('lines of one purpose come together in their order', () => {
  expect(byPurpose(['Test drive · Sales', 'Community · Sales', 'Finance plan · Risk'])).toEqual([
    ['Sales', ['Test drive', 'Community']],
    ['Risk', ['Finance plan']],
  ])
})
