import { expect, test } from 'vitest'
import type { Run } from '../../app/api/index.ts'
import { mergeLive } from './merge-live.ts'
import { sinceOf } from './periods.ts'

const now = '2026-03-02T12:00:00.000Z'
function pages(...runs: Partial<Run>[]) {
  const items = runs.map((run) => ({ id: 'r-1', flow: 'f', version: 1, state: 'running', startedAt: now, endedAt: null, ...run }) as Run)
  return { pages: [{ items, next: null }], pageParams: [null] }
}

test('a live state replaces the listed one and ends the clock', () => {
  const merged = mergeLive(pages({ id: 'r-1' }, { id: 'r-2' }), [{ run: 'r-2', status: 'succeeded' }], now)
  expect(merged.isKnown).toBe(true)
  expect(merged.data.pages[0]?.items.map((run) => [run.state, run.endedAt])).toEqual([
    ['running', null],
    ['succeeded', now],
  ])
})

test('a run that is not on the page asks for the list again and changes nothing', () => {
  const before = pages({ id: 'r-1' })
  const merged = mergeLive(before, [{ run: 'r-9', status: 'running' }], now)
  expect(merged).toEqual({ data: before, isKnown: false })
  expect(merged.data).toBe(before)
})

test('a period is counted from the minute, so that a list keeps its address for that long', () => {
  expect(sinceOf('24h', Date.parse('2026-03-02T12:00:40.000Z'))).toBe('2026-03-01T12:00:00.000Z')
  expect(sinceOf('2026-03-01T00:00:00.000Z')).toBe('2026-03-01T00:00:00.000Z')
  expect(sinceOf(undefined)).toBeUndefined()
})
