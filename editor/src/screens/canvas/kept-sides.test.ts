import { expect, test } from 'vitest'
import { createViewStore } from '../../canvas/view-store.ts'
import { type KeptSides, keepSides, keptSides } from './kept-sides.ts'

function browser() {
  const held = new Map<string, string>()
  return () => ({ getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value) })
}

const sides: readonly KeptSides[] = [
  { paletteOpen: true, inspectorOpen: true },
  { paletteOpen: true, inspectorOpen: false },
  { paletteOpen: false, inspectorOpen: true },
  { paletteOpen: false, inspectorOpen: false },
]

test('side panels open as they were left, and both where nobody has closed one', () => {
  const storage = browser()
  expect(keptSides(storage)).toEqual(sides[0])
  const view = createViewStore()
  keepSides(view, () => true, storage)
  for (const left of [...sides.slice(1), ...sides]) {
    view.setState(left)
    expect(keptSides(storage)).toEqual(left)
  }
})

test('what gives way in a narrow window is not taken for a wish', () => {
  const storage = browser()
  const view = createViewStore()
  keepSides(view, () => false, storage)
  view.setState({ paletteOpen: false })
  expect(keptSides(storage)).toEqual(sides[0])
})

test('a browser that keeps nothing, or rubbish, begins with both', () => {
  const refuses = () => {
    throw new Error('no storage')
  }
  const view = createViewStore()
  keepSides(view, () => true, refuses)
  expect(() => view.setState({ paletteOpen: false })).not.toThrow()
  expect(keptSides(refuses)).toEqual(sides[0])
  expect(keptSides(() => ({ getItem: () => '{"x"' }))).toEqual(sides[0])
})
