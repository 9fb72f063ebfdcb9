import { expect, test } from 'vitest'
import type { Loss } from '../doc/index.ts'
import { keptLosses } from './kept-losses.ts'

function memory(fails = false) {
  const held = new Map<string, string>()
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem(key: string, value: string) {
      if (fails) throw new Error('full')
      held.set(key, value)
    },
    removeItem: (key: string) => void held.delete(key),
  }
}

const loss: Loss = { kind: 'overwritten', by: 'Ann', place: { in: 'nodes', id: 'a', path: ['config', 'text'] }, mine: 'x', theirs: 'y' }

test('what was lost is there again after the tab, for the same person and flow alone, until it is decided', () => {
  const storage = memory()
  keptLosses(storage, 'u1 quote').write([loss])
  expect(keptLosses(storage, 'u1 quote').read()).toEqual([loss])
  expect(keptLosses(storage, 'u2 quote').read()).toEqual([])
  keptLosses(storage, 'u1 quote').write([])
  expect(storage.held.size).toBe(0)
})

test('rubbish, a full storage and far too much text do no harm', () => {
  const storage = memory()
  for (const text of ['no json', '{}', '[null, 1, {"kind":"overwritten"}, {"kind":"removed","by":"x"}]']) {
    storage.held.set('sluice.lost u1 quote', text)
    expect(keptLosses(storage, 'u1 quote').read()).toEqual([])
  }
  expect(() => keptLosses(memory(true), 'u1 quote').write([loss])).not.toThrow()
  const empty = memory()
  keptLosses(empty, 'u1 quote').write([{ ...loss, mine: 'x'.repeat(300_000) } as Loss])
  expect(empty.held.size).toBe(0)
})
