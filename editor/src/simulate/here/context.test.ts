import type { FlowDefinition } from '@sluice/flows'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from '../../app/api/index.ts'
import { contextOf } from './context.ts'

const flow = (key: string, calls: readonly string[], more: object = {}): FlowDefinition =>
  ({
    format: 'sluice/flow@1',
    key,
    name: key,
    nodes: calls.map((called, index) => ({ id: `n${index}`, type: 'core.call', config: { flow: called, ...more } })),
    edges: [],
  }) as unknown as FlowDefinition

const calendar = {
  id: 'shop',
  label: { en: 'Shop', 'zh-CN': '门店' },
  timeZone: 'UTC',
  weekdays: [1],
  hours: [[0, 60]],
  holidays: [],
  shifted: [],
}
/** What the server has, by address; anything else it does not know. */
let there: Record<string, unknown>
let asked: string[]
const list = (...items: readonly object[]) => ({ items, next: null })

beforeEach(() => {
  asked = []
  there = {
    '/calendars?limit=200': list({ ...calendar, years: [2026, 2027], shipped: false }, { ...calendar, id: 'cn', shipped: true }),
    '/flows?query=live&limit=200': list({ key: 'live', active: 3 }, { key: 'alive', active: 1 }),
    '/flows/live/versions/3': flow('live', ['draft', 'live', 'main']),
    '/flows?query=draft&limit=200': list({ key: 'draft', active: null }),
    '/flows/draft': flow('draft', []),
    '/flows?query=gone&limit=200': list({ key: 'gone-too', active: 1 }),
  }
  vi.stubGlobal('fetch', async (url: string) => {
    const path = url.replace('/api/v1', '')
    asked.push(path)
    if (!(path in there)) throw new TypeError('Failed to fetch')
    return new Response(JSON.stringify(there[path]), { headers: { 'content-type': 'application/json' } })
  })
  vi.stubGlobal('navigator', { onLine: true })
})
afterEach(() => {
  queryClient.clear()
  vi.unstubAllGlobals()
})

test('what is called is found as a run would find it, however deep; what is not there is not asked for', async () => {
  const { called, calendars } = await contextOf(flow('main', ['live', 'gone', '{% input.flow %}']))
  expect(called).toEqual([
    { file: there['/flows/live/versions/3'], version: 3 },
    { file: there['/flows/draft'], version: null },
  ])
  expect(calendars).toEqual([calendar])
  expect(asked.filter((path) => path.includes('gone'))).toEqual(['/flows?query=gone&limit=200'])
})

test('what was read once serves when the server says nothing, and without a network it is not even asked', async () => {
  const before = await contextOf(flow('main', ['live']))
  there = {}
  await queryClient.invalidateQueries()
  expect(await contextOf(flow('main', ['live']))).toEqual(before)
  vi.stubGlobal('navigator', { onLine: false })
  asked = []
  await queryClient.invalidateQueries()
  expect(await contextOf(flow('main', ['live']))).toEqual(before)
  expect(asked).toEqual([])
})

test('what was never read stops only a draft that leans on it', async () => {
  there = {}
  expect(await contextOf(flow('main', []))).toEqual({ called: [], calendars: [] })
  await expect(contextOf(flow('main', ['live']))).rejects.toMatchObject({ status: 0, code: 'SLU_NETWORK' })
  await expect(contextOf(flow('main', ['{% x %}'], { calendar: 'shop' }))).rejects.toMatchObject({ status: 0 })
})
