import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adminToken, publish, startServer, type TestServer } from './helpers/start.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
let server: TestServer
beforeAll(async () => {
  server = await startServer()
})

/** Books, pays, waits for a week. What undoes the booking takes a moment. */
const trip = (key: string, pauseUndo = 'PT0S', end: object = { id: 'end', type: 'core.wait', config: { for: 'P7D' } }) => ({
  format: 'sluice/flow@1',
  key,
  name: 'Trip',
  nodes: [
    { id: 'start', type: 'core.manual' },
    { id: 'book', type: 'core.transform', config: { value: '{% { "seat": input.name & " 1" } %}' } },
    { id: 'pay', type: 'core.transform', config: { value: '{% { "paid": input.seat } %}' } },
    end,
    { id: 'refund', type: 'core.wait', config: { for: pauseUndo } },
    { id: 'refunded', type: 'core.transform', config: { value: '{% "back: " & input.output.paid %}' } },
    { id: 'unbook', type: 'core.transform', config: { value: '{% "free: " & input.output.seat %}' } },
  ],
  edges: [
    ['start.out', 'book.in'],
    ['book.out', 'pay.in'],
    ['pay.out', 'end.in'],
    ['pay.undo', 'refund.in'],
    ['refund.out', 'refunded.in'],
    ['book.undo', 'unbook.in'],
  ].map(([from, to]) => ({ from, to })),
})

const undone = [expect.objectContaining({ node: 'pay' }), expect.objectContaining({ node: 'book' })]

async function start(key: string): Promise<string> {
  const made = (await server.ask('POST', `/api/v1/flows/${key}/runs`, { input: { name: 'Lin' } })).json()
  return made.run ?? made.id
}

interface Item {
  readonly kind: string
  readonly node?: string
  readonly data?: unknown
}

test('a run that is cancelled with compensation undoes its steps in reverse order, and says so', async () => {
  await publish(server, trip('trip'))
  const run = await start('trip')
  expect((await server.ask('POST', `/api/v1/runs/${run}/cancel`, { compensate: 'yes' })).statusCode).toBe(422)
  const answer = await server.ask('POST', `/api/v1/runs/${run}/cancel`, { compensate: true, reason: 'the customer is ill' })
  expect(answer.statusCode).toBe(200)
  await expect
    .poll(async () => (await server.ask('GET', `/api/v1/runs/${run}`)).json(), { timeout: 10_000 })
    .toMatchObject({ state: 'cancelled', undone })
  const items = (await server.ask('GET', `/api/v1/runs/${run}/journal`)).json<{ items: Item[] }>().items
  const gave = (node: string) => items.find((item) => item.kind === 'node.completed' && item.node === node)?.data
  expect([gave('refunded'), gave('unbook')]).toEqual(['back: Lin 1', 'free: Lin 1'])
  expect(items.filter(({ kind }) => kind.startsWith('undo.')).map(({ kind }) => kind)).toEqual([
    'undo.started',
    'undo.step-started',
    'undo.step-done',
    'undo.step-started',
    'undo.step-done',
    'undo.ended',
  ])
})

test('a plain cancel undoes nothing; a flow that fails by design undoes all, and cannot be cancelled meanwhile', async () => {
  const plain = await start('trip')
  expect((await server.ask('POST', `/api/v1/runs/${plain}/cancel`)).json()).toMatchObject({ state: 'cancelled' })
  expect((await server.ask('GET', `/api/v1/runs/${plain}`)).json()).not.toHaveProperty('undone')
  await publish(server, trip('fails', 'PT2S', { id: 'end', type: 'core.fail', config: { code: 'NO_STOCK', message: 'none left' } }))
  const run = await start('fails')
  expect((await server.ask('GET', `/api/v1/runs/${run}`)).json()).toMatchObject({ state: 'waiting', undoing: true })
  expect((await server.ask('POST', `/api/v1/runs/${run}/cancel`)).json()).toMatchObject({ code: 'SLU_RUN_UNDOING', status: 409 })
  await expect
    .poll(async () => (await server.ask('GET', `/api/v1/runs/${run}`)).json(), { timeout: 15_000 })
    .toMatchObject({ state: 'failed', error: { code: 'NO_STOCK' }, undone })
})

test('an undo line back into the main line is not published', async () => {
  const flow = trip('back')
  const wrong = { ...flow, edges: [...flow.edges, { from: 'unbook.out', to: 'pay.in' }] }
  await server.ask('PUT', '/api/v1/flows/back', wrong)
  const refused = await server.ask('POST', '/api/v1/flows/back/publish')
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('SLU_FLOW_UNDO_RETURNS')
})

test('a call fails with the code of the called run, and ends with it when either is cancelled, after a restart too', async () => {
  await publish(server, trip('stock', 'PT0S', { id: 'end', type: 'core.fail', config: { code: 'NO_STOCK', message: 'none left' } }))
  const caller = (key: string, flow: string) => ({
    format: 'sluice/flow@1',
    key,
    name: 'Caller',
    nodes: [
      { id: 'start', type: 'core.manual' },
      { id: 'call', type: 'core.call', config: { flow } },
      { id: 'mend', type: 'core.stop', config: { output: '{% input %}' } },
    ],
    edges: [
      { from: 'start.out', to: 'call.in' },
      { from: 'call.error', to: 'mend.in' },
    ],
  })
  await publish(server, caller('asks', 'stock'))
  const failed = (await server.ask('POST', '/api/v1/flows/asks/runs', { input: { name: 'Lin' }, wait: 20_000 })).json()
  expect(failed.output).toMatchObject({ code: 'NO_STOCK', message: 'none left', node: 'call', run: expect.any(String) })
  await publish(server, caller('waits', 'trip'))
  const called = async (run: string) => {
    const { waits } = (await server.ask('GET', `/api/v1/runs/${run}`)).json<{ waits: { kind: string; id: string }[] }>()
    return waits.find(({ kind }) => kind === 'call')?.id ?? ''
  }
  const first = await start('waits')
  await server.ask('POST', `/api/v1/runs/${await called(first)}/cancel`, { reason: 'sold out' })
  await expect
    .poll(async () => (await server.ask('GET', `/api/v1/runs/${first}`)).json(), { timeout: 10_000 })
    .toMatchObject({ state: 'succeeded', output: { code: 'SLU_CALL_CANCELLED', message: expect.stringContaining('sold out') } })
  const second = await start('waits')
  const child = await called(second)
  await server.ask('POST', `/api/v1/runs/${second}/cancel`, { compensate: true })
  await expect
    .poll(async () => (await server.ask('GET', `/api/v1/runs/${child}`)).json(), { timeout: 10_000 })
    .toMatchObject({ state: 'cancelled', undone })
})

/** The command line's own server, in a process of its own. */
async function life(
  data: string,
): Promise<{ readonly child: ChildProcess; ask(method: string, path: string, body?: unknown): Promise<unknown> }> {
  const env = {
    PATH: process.env.PATH ?? '',
    LANG: 'en',
    SLUICE_DATA: data,
    SLUICE_PORT: '0',
    SLUICE_ADMIN_TOKEN: adminToken,
    SLUICE_DEMO: '0',
  }
  const child = spawn(process.execPath, [join(root, 'server/dist/cli.js'), 'start'], { env })
  let said = ''
  for (const pipe of [child.stdout, child.stderr]) {
    pipe.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  for (let tries = 0; tries < 600 && !/ready: {2}\S+/.test(said); tries++) await new Promise((wait) => setTimeout(wait, 50))
  const url = /ready: {2}(\S+)/.exec(said)?.[1] ?? ''
  if (url === '') throw new Error(said)
  return {
    child,
    async ask(method, path, body) {
      const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' }
      const answer = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
      return answer.json()
    },
  }
}

const data = mkdtempSync(join(tmpdir(), 'sluice-undo-'))
afterAll(() => rmSync(data, { recursive: true, force: true }))

test('killed between two undo steps, the next life goes on with the next one, and no step is undone twice', async () => {
  const first = await life(data)
  await first.ask('PUT', '/flows/trip', trip('trip', 'PT3S'))
  await first.ask('POST', '/flows/trip/publish', {})
  const made = (await first.ask('POST', '/flows/trip/runs', { input: { name: 'Lin' } })) as { run?: string; id: string }
  const run = made.run ?? made.id
  expect(await first.ask('POST', `/runs/${run}/cancel`, { compensate: true })).toMatchObject({ state: 'waiting', undoing: true })
  first.child.kill('SIGKILL')
  await new Promise((gone) => first.child.once('close', gone))
  const second = await life(data)
  await expect.poll(() => second.ask('GET', `/runs/${run}`), { timeout: 20_000 }).toMatchObject({ state: 'cancelled', undone })
  const { items } = (await second.ask('GET', `/runs/${run}/journal`)) as { items: Item[] }
  expect(items.filter(({ kind }) => kind === 'undo.step-done').map(({ node }) => node)).toEqual(['pay', 'book'])
  second.child.kill('SIGTERM')
  await new Promise((gone) => second.child.once('close', gone))
}, 60_000)
