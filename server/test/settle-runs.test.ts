import type { Caller } from '@sluice/sdk/server'
import { beforeAll, expect, test } from 'vitest'
import { assertMaySettle } from '../src/http/routes/settle-runs.ts'
import { tokenFor } from './helpers/people.ts'
import { cloudEvent, publish, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})

/** Waits a day at `pause`, then says its word. */
function waiting(key: string, word: string, pause = 'pause'): Record<string, unknown> {
  return {
    format: 'sluice/flow@1',
    key,
    name: key,
    nodes: [
      { id: 'start', type: 'core.event', config: { type: `com.example.${key}` } },
      { id: pause, type: 'core.wait', config: { for: 'P1D' } },
      { id: 'end', type: 'core.transform', config: { value: word } },
    ],
    edges: [
      { from: 'start.out', to: `${pause}.in` },
      { from: `${pause}.out`, to: 'end.in' },
    ],
  }
}

async function begin(key: string): Promise<string> {
  const answer = await server.ask('POST', '/api/v1/events', cloudEvent({ type: `com.example.${key}` }))
  return answer.json().runs[0].run
}

const run = async (id: string) => (await server.ask('GET', `/api/v1/runs/${id}`)).json()
const url = (key: string, rest: string) => `/api/v1/flows/${key}${rest}`

async function publishWith(key: string, flow: Record<string, unknown>, body: Record<string, unknown>, headers = {}) {
  await server.ask('PUT', url(key, ''), flow)
  return server.ask('POST', url(key, '/publish'), body, headers)
}

test('versions say how many runs live on each', async () => {
  await publish(server, waiting('counted', 'old'))
  await begin('counted')
  await begin('counted')
  await publish(server, waiting('counted', 'new'))
  await begin('counted')
  const { items } = (await server.ask('GET', url('counted', '/versions'))).json()
  expect(items.map(({ version, runs }: { version: number; runs: unknown }) => [version, runs])).toEqual([
    [2, { running: 0, waiting: 1, incident: 0 }],
    [1, { running: 0, waiting: 2, incident: 0 }],
  ])
})

test('publishing leaves runs where they are unless it is told otherwise', async () => {
  await publish(server, waiting('left', 'old'))
  const id = await begin('left')
  const answer = await publishWith('left', waiting('left', 'new'), { runs: 'finish' })
  expect(answer.json().runs).toEqual({ choice: 'finish', done: 0, left: [], more: false })
  expect(await run(id)).toMatchObject({ version: 1, state: 'waiting' })
})

test('publishing with “move” takes over the runs that can be, names those that cannot, and is audited', async () => {
  await publish(server, waiting('moved', 'old', 'other'))
  const stuck = await begin('moved')
  await publish(server, waiting('moved', 'old'))
  const id = await begin('moved')
  const answer = await publishWith('moved', waiting('moved', 'new'), { runs: 'move', note: 'better word' })
  expect(answer.json().runs).toEqual({ choice: 'move', done: 1, left: [{ run: stuck, code: 'SLU_MOVE_REFUSED' }], more: false })
  expect(await run(id)).toMatchObject({ version: 3, state: 'waiting' })
  expect(await run(stuck)).toMatchObject({ version: 1, state: 'waiting' })
  const { items } = (await server.ask('GET', '/api/v1/audit?limit=20')).json()
  const kinds = items.map(({ kind }: { kind: string }) => kind)
  expect(kinds).toContain('run.moved')
  expect(JSON.stringify(items.find(({ kind }: { kind: string }) => kind === 'flow.published'))).toContain('"runs":"move"')
})

test('publishing with “stop” ends the older runs and no others', async () => {
  await publish(server, waiting('stopped', 'old'))
  const id = await begin('stopped')
  const answer = await publishWith('stopped', waiting('stopped', 'new'), { runs: 'stop' })
  expect(answer.json().runs).toMatchObject({ choice: 'stop', done: 1, left: [] })
  expect((await run(id)).state).toBe('cancelled')
  const fresh = await begin('stopped')
  expect((await run(fresh)).state).toBe('waiting')
})

test('going back can do the same, and the audit log says who, from which version and why', async () => {
  await publish(server, waiting('back', 'old'))
  await publish(server, waiting('back', 'new'))
  const id = await begin('back')
  const answer = await server.ask('POST', url('back', '/versions/1/activate'), { reason: 'wrong word', runs: 'move' })
  expect(answer.json()).toMatchObject({ version: 1, active: true, runs: { choice: 'move', done: 1 } })
  expect((await run(id)).version).toBe(1)
  const { items } = (await server.ask('GET', '/api/v1/audit?limit=20')).json()
  const entry = JSON.stringify(items.find(({ kind }: { kind: string }) => kind === 'flow.activated'))
  expect(entry).toContain('"from":2')
  expect(entry).toContain('wrong word')
})

test('an unknown choice is refused, and so is touching runs without the right to', async () => {
  await publish(server, waiting('guarded', 'old'))
  const id = await begin('guarded')
  expect((await publishWith('guarded', waiting('guarded', 'new'), { runs: 'forget' })).json().code).toBe('SLU_BODY_INVALID')
  const developer = await tokenFor(server, 'developer')
  const denied = await server.ask('POST', url('guarded', '/publish'), { runs: 'stop' }, developer)
  expect(denied.statusCode).toBe(403)
  expect((await run(id)).state).toBe('waiting')
})

test('who may publish but not act on runs may only let them finish', () => {
  const caller: Caller = {
    actor: { kind: 'user', id: 'p-1' },
    name: 'P',
    roles: [],
    rep: null,
    may: (permission) => permission !== 'runs.act',
  }
  expect(() => assertMaySettle('finish', caller)).not.toThrow()
  expect(() => assertMaySettle(null, caller)).not.toThrow()
  expect(() => assertMaySettle('stop', caller)).toThrow(expect.objectContaining({ code: 'SLU_PERMISSION_DENIED' }))
  expect(() => assertMaySettle('move', caller)).toThrow(expect.objectContaining({ code: 'SLU_PERMISSION_DENIED' }))
})
