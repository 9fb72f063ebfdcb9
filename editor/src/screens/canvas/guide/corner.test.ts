import { expect, test } from 'vitest'
import { cornerFor } from './corner.ts'

const card = { end: { left: 700, top: 400, right: 1000, bottom: 560 }, start: { left: 16, top: 350, right: 316, bottom: 510 } }
const box = (left: number, top: number) => ({ left, top, right: left + 220, bottom: top + 84 })

test('the card stands at the end while nothing is worked on there', () => {
  expect(cornerFor(card, [])).toBe('end')
  expect(cornerFor(card, [box(300, 200)])).toBe('end')
})

test('it moves to the other corner when it would lie over what is worked on', () => {
  expect(cornerFor(card, [box(820, 500)])).toBe('start')
  expect(cornerFor(card, [box(300, 100), box(500, 390)])).toBe('start')
})

test('where it would lie over something in both corners it stays', () => {
  expect(cornerFor(card, [box(820, 500), box(100, 400)])).toBe('end')
})

test('edges that only touch are not covered', () => {
  expect(cornerFor(card, [box(480, 450)])).toBe('end')
})
