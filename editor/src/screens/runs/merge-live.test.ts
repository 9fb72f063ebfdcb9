import { expect, test } from 'vitest'
import type { Run } from '../../app/api/index.ts'
import { mergeLive } from './merge-live.ts'

const run = (id: string, state: Run['state']): Run => ({
  id,
  flow: 'f',
  version: 1,
  state,
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: null,
})
const listOf = (...runs: readonly Run[]) => ({ pages: [{ items: runs, next: null }], pageParams: [null] })
const now = '2026-01-01T00:00:09Z'

test('a run that ends is shown ended without reading the list again', () => {
  const { data, isKnown } = mergeLive(listOf(run('a', 'running')), [{ run: 'a', status: 'succeeded' }], now)
  expect(data.pages[0]?.items[0]).toMatchObject({ state: 'succeeded', endedAt: now })
  expect(isKnown).toBe(true)
})

test.each(['waiting', 'incident'] as const)('a run that is now %s makes the list be read again, for what it waits for', (status) => {
  expect(mergeLive(listOf(run('a', 'running')), [{ run: 'a', status }], now).isKnown).toBe(false)
  expect(mergeLive(listOf(run('a', status)), [{ run: 'a', status }], now).isKnown).toBe(true)
})

test('a run that is not in the list makes it be read again', () => {
  expect(mergeLive(listOf(run('a', 'running')), [{ run: 'b', status: 'running' }], now).isKnown).toBe(false)
})
