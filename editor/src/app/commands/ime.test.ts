import { expect, test } from 'vitest'
import { imeGuard } from './ime.ts'

const key = (name: string, more: { keyCode?: number; isComposing?: boolean } = {}) => ({
  key: name,
  keyCode: 0,
  isComposing: false,
  ...more,
})

test('a key belongs to the input method while it composes', () => {
  const ime = imeGuard(() => 0)
  expect(ime.isComposing(key('Enter', { isComposing: true }))).toBe(true)
  expect(ime.isComposing(key('n', { keyCode: 229 }))).toBe(true)
  expect(ime.isComposing(key('Process', { keyCode: 229 }))).toBe(true)
})

test('key code 229 on a named key is no composition', () => {
  expect(imeGuard(() => 0).isComposing(key('ArrowDown', { keyCode: 229 }))).toBe(false)
})

test('Enter and Escape within 100 ms after a composition still belong to it, later ones do not', () => {
  let now = 1_000
  const ime = imeGuard(() => now)
  ime.composed()
  now = 1_099
  expect(ime.isComposing(key('Enter'))).toBe(true)
  expect(ime.isComposing(key('Escape'))).toBe(true)
  expect(ime.isComposing(key('n'))).toBe(false)
  now = 1_100
  expect(ime.isComposing(key('Enter'))).toBe(false)
})
