import { expect, test } from 'vitest'
import { combinationOf, isBare, type KeyLike, matches, parseKeys } from './keys.ts'

function press(key: string, more: Partial<KeyLike> = {}): KeyLike {
  return { key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more }
}

test('Mod means Ctrl on most machines and ⌘ on Apple ones, never both', () => {
  const undo = parseKeys('Mod+Z')
  expect(matches(undo, press('z', { ctrlKey: true }), false)).toBe(true)
  expect(matches(undo, press('z', { metaKey: true }), false)).toBe(false)
  expect(matches(undo, press('z', { metaKey: true }), true)).toBe(true)
  expect(matches(undo, press('z', { ctrlKey: true, metaKey: true }), true)).toBe(false)
})

test('a letter with Shift is another combination than without', () => {
  expect(matches(parseKeys('Mod+Z'), press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false)
  expect(matches(parseKeys('Mod+Shift+Z'), press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
})

test('a sign matches however the layout types it', () => {
  expect(matches(parseKeys('?'), press('?', { shiftKey: true }), false)).toBe(true)
  expect(matches(parseKeys('?'), press('?'), false)).toBe(true)
  expect(matches(parseKeys('+'), press('+', { shiftKey: true }), false)).toBe(true)
  expect(matches(parseKeys('Mod++'), press('+', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
})

test('Option that types another character is read from the key cap', () => {
  expect(matches(parseKeys('Alt+]'), press('‘', { altKey: true, code: 'BracketRight' }), true)).toBe(true)
  expect(matches(parseKeys('Mod+K'), press('л', { ctrlKey: true, code: 'KeyK' }), false)).toBe(true)
})

test('a bare letter is not taken from a key cap of another script', () => {
  expect(matches(parseKeys('N'), press('т', { code: 'KeyN' }), false)).toBe(false)
})

test('only combinations without Mod and function keys count as typing', () => {
  expect(isBare(parseKeys('N'))).toBe(true)
  expect(isBare(parseKeys('Shift+Delete'))).toBe(true)
  expect(isBare(parseKeys('Mod+S'))).toBe(false)
  expect(isBare(parseKeys('F2'))).toBe(false)
})

test('a pressed combination is written as commands declare it, and a modifier alone is none', () => {
  expect(combinationOf(press('k', { ctrlKey: true }))).toBe('Mod+K')
  expect(combinationOf(press('?', { shiftKey: true }))).toBe('?')
  expect(combinationOf(press('Delete', { shiftKey: true }))).toBe('Shift+Delete')
  expect(combinationOf(press('Shift', { shiftKey: true }))).toBeNull()
})
