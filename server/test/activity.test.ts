import type { JournalEntry } from '@sluice/engine/core'
import { beforeAll, expect, test } from 'vitest'
import { activitySums, percentile } from '../src/flows/step-activity.ts'
import { tokenFor } from './helpers/people.ts'
import { cloudEvent, publish, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
  await publish(server, counted('counted'))
  await publish(server, counted('other'))
})

/** Fails at `check` unless the amount is a number; then waits a day. */
function counted(key: string): Record<string, unknown> {
  return {
    format: 'sluice/flow@1',
    key,
    name: key,
    nodes: [
      { id: 'start', type: 'core.event', config: { type: `com.example.${key}` } },
      { id: 'check', type: 'core.transform', config: { value: '{% event.data.amount + 1 %}' } },
      { id: 'pause', type: 'core.wait', config: { for: 'P1D' } },
    ],
    edges: [
      { from: 'start.out', to: 'check.in' },
      { from: 'check.out', to: 'pause.in' },
    ],
  }
}

async function send(amount: unknown, key = 'counted'): Promise<string> {
  const answer = await server.ask('POST', '/api/v1/events', cloudEvent({ type: `com.example.${key}`, data: { amount } }))
  return answer.json().runs[0]?.run
}

const activity = async (query: string, key = 'counted') => (await server.ask('GET', `/api/v1/flows/${key}/activity?${query}`)).json()

test('live runs are given with where their lines stand, of this flow only, and go when they end', async () => {
  const [waiting, stuck] = [await send(1), await send('x')]
  await send(1, 'other')
  const { runs, truncated, view } = await activity('view=live')
  expect([view, truncated]).toEqual(['live', false])
  expect(runs).toEqual([
    { run: stuck, seq: expect.any(Number), places: [{ node: 'check', state: 'incident', count: 1 }] },
    { run: waiting, seq: expect.any(Number), places: [{ node: 'pause', state: 'waiting', count: 1 }] },
  ])
  await server.ask('POST', `/api/v1/runs/${waiting}/cancel`)
  expect((await activity('view=live')).runs.map(({ run }: { run: string }) => run)).toEqual([stuck])
})

test('single runs can be asked for anew: those that ended, or belong to another flow, are missing', async () => {
  const [mine, ended, other] = [await send(2), await send(3), await send(4, 'other')]
  await server.ask('POST', `/api/v1/runs/${ended}/cancel`)
  const { runs } = await activity(`view=live&runs=${mine},${ended},${other}`)
  expect(runs.map(({ run }: { run: string }) => run)).toEqual([mine])
  const tooMany = Array.from({ length: 101 }, () => 'A').join()
  expect(await activity(`view=live&runs=${tooMany}`)).toMatchObject({ code: 'SLU_QUERY_INVALID' })
})

test('a day counts what passed each step, what failed there, and how long 95 of 100 stayed', async () => {
  const { steps, runs, truncated } = await activity('view=day')
  const of = (node: string) => steps.find((step: { node: string }) => step.node === node)
  expect([runs, truncated]).toEqual([4, false])
  expect(of('start')).toEqual({ node: 'start', passed: 4, failed: 0, p95Ms: null })
  expect(of('check')).toEqual({ node: 'check', passed: 3, failed: 1, p95Ms: expect.any(Number) })
  expect(of('pause')).toBeUndefined()
})

test('the runs behind the figures of a step are named, newest first', async () => {
  const { here, steps } = await activity('view=day&node=check')
  const { passed, failed } = steps.find((step: { node: string }) => step.node === 'check')
  expect(here.map((each: { passed: number; failed: number }) => [each.passed, each.failed])).toHaveLength(passed + failed)
  expect(here.filter((each: { failed: number }) => each.failed === 1)).toHaveLength(failed)
  const ids = here.map(({ run }: { run: string }) => run)
  expect(ids).toEqual([...ids].sort().reverse())
})

test('nothing of what customers said is in an answer, and who may not read runs gets none', async () => {
  await send(987_654_321)
  expect(JSON.stringify([await activity('view=live'), await activity('view=day')])).not.toContain('98765432')
  const url = '/api/v1/flows/counted/activity?view=day'
  expect((await server.ask('GET', url, undefined, { authorization: 'Bearer nobody-at-all' })).statusCode).toBe(401)
  const rep = await tokenFor(server, 'rep')
  expect((await server.ask('GET', url, undefined, rep)).statusCode).toBe(403)
})

test('more runs than one answer holds: the newest are given, and it says that there are more', async () => {
  await publish(server, counted('crowd'))
  for (const part of [0, 1]) {
    const events = Array.from({ length: 501 }, (_, index) =>
      cloudEvent({ id: `crowd-${part}-${index}`, type: 'com.example.crowd', data: { amount: 1 } }),
    )
    const batch = { 'content-type': 'application/cloudevents-batch+json' }
    const answer = await server.ask('POST', '/api/v1/events', events, batch)
    expect(answer.statusCode).toBe(202)
  }
  const { runs, truncated } = await activity('view=live', 'crowd')
  expect([runs.length, truncated]).toEqual([1_000, true])
  expect(await activity('view=day', 'crowd')).toMatchObject({ runs: 1_000, truncated: true })
})

test('an unknown flow, view or parameter is refused', async () => {
  expect(await activity('view=day', 'nowhere')).toMatchObject({ code: 'SLU_FLOW_UNKNOWN' })
  for (const query of ['view=week', 'view=live&since=1', '', 'view=live&runs=%27'])
    expect((await activity(query)).code).toBe('SLU_QUERY_INVALID')
})

test('a stay at a join counts from the first line that came, and an incident after a failed attempt counts once', () => {
  const sums = activitySums()
  const entries = [
    {
      kind: 'run.started',
      at: 0,
      node: 'start',
      next: [
        { id: 'a', node: 'join' },
        { id: 'b', node: 'work' },
      ],
    },
    { kind: 'node.failed', at: 5, node: 'work', token: 'b' },
    { kind: 'incident.raised', at: 5, node: 'work', token: 'b' },
    { kind: 'node.completed', at: 30, node: 'work', token: 'b', next: [{ id: 'c', node: 'join' }] },
    { kind: 'join.passed', at: 40, node: 'join', tokens: ['a', 'c'], next: [] },
  ]
  sums.add(entries as unknown as readonly JournalEntry[])
  expect(sums.steps()).toEqual([
    { node: 'start', passed: 1, failed: 0, p95Ms: null },
    { node: 'work', passed: 1, failed: 1, p95Ms: 30 },
    { node: 'join', passed: 1, failed: 0, p95Ms: 40 },
  ])
  expect(
    percentile(
      Array.from({ length: 100 }, (_, index) => index + 1),
      0.95,
    ),
  ).toBe(95)
})
