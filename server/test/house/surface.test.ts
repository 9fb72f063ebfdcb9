import { expect, test } from 'vitest'
import { changedSurfaces } from './surface.ts'

test('what the entries of each workspace give is what its surface.txt says; a change is meant: npm run surface', () => {
  expect(changedSurfaces()).toEqual([])
})
