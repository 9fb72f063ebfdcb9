import { expect, test } from 'vitest'
import { owed, tooMany } from './one-side.ts'

const closed = { paletteOpen: false, inspectorOpen: false, simulateOpen: false }

test('the side that was opened last stays, the other closes', () => {
  const both = { ...closed, paletteOpen: true, inspectorOpen: true }
  expect(tooMany(both, { ...closed, inspectorOpen: true })).toEqual({ inspectorOpen: false })
  expect(tooMany(both, { ...closed, paletteOpen: true })).toEqual({ paletteOpen: false })
  expect(tooMany({ ...closed, paletteOpen: true, simulateOpen: true }, { ...closed, paletteOpen: true })).toEqual({ paletteOpen: false })
})

test('when a window becomes narrow, what is being set up stays in sight', () => {
  expect(tooMany({ ...closed, paletteOpen: true, inspectorOpen: true }, null)).toEqual({ paletteOpen: false })
})

test('the steps that are opened beside what is being played do not end it, and stay', () => {
  const played = { ...closed, simulateOpen: true }
  const both = { ...played, paletteOpen: true }
  expect(tooMany(both, played)).toBeNull()
  expect(tooMany({ ...both, inspectorOpen: true }, { ...played, inspectorOpen: true })).toEqual({ inspectorOpen: false })
  expect(tooMany(both, both)).toBeNull()
})

test('one side alone is left as it is', () => {
  expect(tooMany({ ...closed, paletteOpen: true }, closed)).toBeNull()
  expect(tooMany({ ...closed, inspectorOpen: true, simulateOpen: true }, closed)).toBeNull()
})

test('only what was open and gave way comes back with the room', () => {
  const open = { ...closed, paletteOpen: true, inspectorOpen: true }
  expect(owed({ paletteOpen: false }, open)).toEqual({ paletteOpen: true })
  expect(owed({ inspectorOpen: false }, open)).toEqual({ inspectorOpen: true })
  expect(owed({ inspectorOpen: false }, { ...closed, paletteOpen: true, simulateOpen: true })).toEqual({})
})
