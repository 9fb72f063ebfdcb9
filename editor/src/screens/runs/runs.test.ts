import { expect, test } from 'vitest'
import type { Run } from '../../app/api/index.ts'
import { mergeLive } from './merge-live.ts'
import { closerPeriod, sinceOf } from './periods.ts'

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

test('the chart comes closer when everything is young, and shows the month when something is older', () => {
  const now = Date.parse('2026-03-31T00:00:00.000Z')
  const day = 86_400_000
  const slots = (...daysAgo: readonly number[]) =>
    Array.from({ length: 48 }, (_, index) => {
      const from = now - 30 * day + (index * 30 * day) / 48
      return {
        from: new Date(from).toISOString(),
        count: daysAgo.filter((ago) => now - ago * day >= from && now - ago * day < from + (30 * day) / 48).length,
      }
    })
  expect(closerPeriod(slots(0.1), now)).toBe('24h')
  expect(closerPeriod(slots(0.1, 3), now)).toBe('7d')
  expect(closerPeriod(slots(0.1, 20), now)).toBeNull()
  expect(closerPeriod(slots(), now)).toBeNull()
})
