import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Task } from '../api/index.ts'
import { dropDecision, forgetQueue, mayWait, openQueue, queueDecision, sendQueued, useDecisionQueue } from './decision-queue.ts'

const task = (id: string, kind: Task['kind'] = 'task') => ({ id, kind, title: `T ${id}` }) as Task
const answer = (id: string) => ({ id, action: 'approve', data: {}, shownHash: 'sha256:1' })
const items = () => useDecisionQueue.getState().items
let replies: (number | 'cut')[] = []
let keys: (string | null)[] = []

beforeEach(() => {
  const store = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => store.get(name) ?? null,
    setItem: (name: string, value: string) => void store.set(name, value),
    removeItem: (name: string) => void store.delete(name),
  })
  replies = []
  keys = []
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    keys.push(new Headers(init.headers).get('idempotency-key'))
    const reply = replies.shift() ?? 200
    if (reply === 'cut') throw new TypeError('Failed to fetch')
    const body = reply === 200 ? {} : { code: 'SLU_TASK_CLOSED', title: 'closed', detail: 'closed already' }
    return new Response(JSON.stringify(body), { status: reply, headers: { 'content-type': 'application/json' } })
  })
  openQueue('u-1')
})
afterEach(() => {
  forgetQueue()
  vi.unstubAllGlobals()
})

test('what waits is sent oldest first, and then gone', async () => {
  queueDecision(task('a'), answer('a'))
  queueDecision(task('b'), answer('b'))
  expect((await sendQueued()).sent.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(items()).toEqual([])
})

test('sending stops where the network does, and sends the same key again', async () => {
  queueDecision(task('a'), answer('a'), 'key-a')
  queueDecision(task('b'), answer('b'))
  replies = ['cut']
  expect((await sendQueued()).sent).toEqual([])
  expect(items()).toHaveLength(2)
  await sendQueued()
  expect(keys.slice(0, 2)).toEqual(['key-a', 'key-a'])
})

test('what came too late stays with the reason until it is read, and is not sent again', async () => {
  queueDecision(task('a'), answer('a'))
  replies = [409]
  expect((await sendQueued()).refused).toHaveLength(1)
  expect(items()).toMatchObject([{ state: 'refused', reason: 'closed already' }])
  await sendQueued()
  expect(keys).toHaveLength(1)
  dropDecision('a')
  expect(items()).toEqual([])
})

test('a second decision about the same task replaces the first', () => {
  queueDecision(task('a'), answer('a'))
  queueDecision(task('a'), { ...answer('a'), action: 'reject' })
  expect(items()).toMatchObject([{ action: 'reject' }])
})

test('it outlives a reload for the same person and nobody else', () => {
  queueDecision(task('a'), answer('a'))
  const stored = localStorage.getItem('sluice.decisions') ?? ''
  forgetQueue()
  localStorage.setItem('sluice.decisions', stored)
  openQueue('u-2')
  expect(items()).toEqual([])
  expect(localStorage.getItem('sluice.decisions')).toBeNull()
  forgetQueue()
  localStorage.setItem('sluice.decisions', stored)
  openQueue('u-1')
  expect(items()).toMatchObject([{ id: 'a' }])
})

test('rubbish in the store is no decision', () => {
  for (const text of ['{', '[]', '{"owner":"u-9","items":[{}]}', '{"owner":"u-9","items":{}}']) {
    forgetQueue()
    localStorage.setItem('sluice.decisions', text)
    openQueue('u-9')
    expect(items()).toEqual([])
  }
})

test('money never waits, and the queue has an end', () => {
  expect(mayWait(task('m', 'veto'))).toBe(false)
  for (let index = 0; index < 50; index++) queueDecision(task(`t-${index}`), answer(`t-${index}`))
  expect(mayWait(task('one-more'))).toBe(false)
})
