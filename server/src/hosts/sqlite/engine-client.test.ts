import { rmSync } from 'node:fs'
import type { EngineReply, NodeOutcome } from '@sluice/engine/worker'
import type { OutsideAct, OutsideHost } from '@sluice/sdk/server'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Bundle, bundle } from '../../../test/crash/bundle.ts'
import { acts, asks, counts, fourSteps, waits } from '../../../test/crash/test-parts.ts'
import { type EngineClient, openEngine } from './index.ts'
import { temporaryFolder } from './test-database.ts'
import { verifyDatabase } from './verify/index.ts'

let parts: Bundle
beforeAll(async () => {
  parts = await bundle('test-parts')
})
afterAll(() => parts.remove())

const cleanups: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const actor = { kind: 'user', id: 'u-1' } as const
let eventNumber = 0

async function start(
  options: {
    root?: string
    act?: (order: OutsideAct, host: OutsideHost) => Promise<NodeOutcome>
    pagesMax?: number
    onCrash?: () => void
  } = {},
): Promise<EngineClient> {
  const root = options.root ?? temporaryFolder().root
  const engine = await openEngine({
    dataFolder: root,
    parts: {
      module: parts.url,
      outside: new Map(options.act === undefined ? [] : [['test.act', { touches: 'either', effectKind: 'message', act: options.act }]]),
    },
    ...(options.pagesMax === undefined ? {} : { pagesMax: options.pagesMax }),
    ...(options.onCrash === undefined ? {} : { onCrash: options.onCrash }),
  })
  cleanups.push(async () => {
    await engine.close()
    rmSync(root, { recursive: true, force: true })
  })
  for (const flow of [fourSteps, waits, acts, asks]) await command(engine, 'engine.flow.put', { flow, activate: true })
  return engine
}

function command(engine: EngineClient, name: string, payload: unknown): Promise<EngineReply> {
  return engine.execute({ kind: 'command', name, payload, actor })
}

function send(engine: EngineClient, type: string, subject: string | null = null, id = `e${++eventNumber}`): Promise<EngineReply> {
  return engine.execute({
    kind: 'event',
    actor,
    event: { id, source: '/test', type, subject, time: new Date().toISOString(), data: { name: 'Wang Wei' } },
  })
}

function runOf(reply: EngineReply): string {
  if (!reply.ok) throw new Error(reply.message)
  return (reply.result as { runs: { run: string }[] }).runs[0]?.run ?? ''
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !condition(); tries += 1) await new Promise((settle) => setTimeout(settle, 10))
  expect(condition()).toBe(true)
}

test('an event is answered once it is durable, and the same one again gets the same answer', async () => {
  const engine = await start()
  const first = await send(engine, 'lead', 'c-1', 'same')
  const again = await send(engine, 'lead', 'c-1', 'same')
  expect(runOf(again)).toBe(runOf(first))
  const run = engine.reader.runs.find(runOf(first))
  expect(run).toMatchObject({ flow: 'four-steps', status: 'succeeded', subject: 'c-1' })
  expect(engine.reader.runs.event(runOf(first))?.data).toEqual({ name: 'Wang Wei' })
  expect(engine.reader.records.find(counts, { key: 'all' })?.value).toBe(1)
  const { items } = engine.reader.runs.journal(runOf(first))
  expect(items.map((item) => item.seq)).toEqual(items.map((_, position) => position + 1))
  expect(items.at(-1)?.entry.kind).toBe('run.succeeded')
})

test('a thousand events at once share few commits and all are there', async () => {
  const engine = await start()
  const replies = await Promise.all(Array.from({ length: 1_000 }, () => send(engine, 'lead')))
  expect(new Set(replies.map(runOf)).size).toBe(1_000)
  expect(engine.reader.records.find(counts, { key: 'all' })?.value).toBe(1_000)
  await until(() => engine.stats().engine.events >= 1_000)
  expect(engine.stats().engine.commits).toBeLessThan(100)
})

test('lists are cut into pages that neither skip nor repeat a run', async () => {
  const engine = await start()
  await Promise.all(Array.from({ length: 25 }, () => send(engine, 'lead', 'c-9')))
  await send(engine, 'ask', 'c-9')
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = engine.reader.runs.list({ flow: 'four-steps', subject: 'c-9', limit: 10, ...(cursor === undefined ? {} : { cursor }) })
    seen.push(...page.items.map((run) => run.id))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  expect(new Set(seen).size).toBe(25)
  expect([...seen].sort().reverse()).toEqual(seen)
  expect(engine.reader.runs.list({ status: 'waiting' }).items).toHaveLength(1)
  expect(engine.reader.runs.counts()).toEqual({ running: 0, waiting: 1, incident: 0 })
  expect(engine.reader.runs.since(Date.now() - 60_000, 'four-steps')).toEqual({ started: 25, failed: 0 })
  expect(engine.reader.runs.list({ to: Date.now() - 60_000 }).items).toEqual([])
})

test('a run that waits for a person says so, by name of the node', async () => {
  const engine = await start()
  const run = runOf(await send(engine, 'ask'))
  expect(engine.reader.runs.waits(run)).toMatchObject([{ node: 'task', kind: 'task', dueAt: null }])
})

test('a waiting run goes on when its time has come, also after a restart', async () => {
  const { root } = temporaryFolder()
  const first = await start({ root })
  const run = runOf(await send(first, 'later'))
  expect(first.reader.runs.find(run)?.status).toBe('waiting')
  cleanups.pop()
  await first.close()
  const second = await start({ root })
  await until(() => second.reader.runs.find(run)?.status === 'succeeded')
  expect(second.reader.records.find(counts, { key: `run:${run}` })?.value).toBe(2)
})

test('an outside act gets its key, and its result continues the run', async () => {
  const seen: OutsideAct[] = []
  const engine = await start({
    act: async (act): Promise<NodeOutcome> => {
      seen.push(act)
      return { kind: 'output', port: 'out', data: { sent: true } }
    },
  })
  const run = runOf(await send(engine, 'act', 'c-1'))
  await until(() => engine.reader.runs.find(run)?.status === 'succeeded')
  expect(seen).toHaveLength(1)
  expect(seen[0]).toMatchObject({ run, node: 'act', request: { say: 'hello' }, idempotencyKey: `${run}:t1:act` })
  expect(engine.reader.outside.ofRun(run)).toMatchObject([{ state: 'done' }])
})

test('a withdrawal that commits first keeps every later act in', async () => {
  let acted = 0
  const engine = await start({
    act: async (): Promise<NodeOutcome> => {
      acted += 1
      return { kind: 'output', port: 'out', data: null }
    },
  })
  await command(engine, 'test.block', { subject: 'c-1' })
  const run = runOf(await send(engine, 'act', 'c-1'))
  await until(() => engine.reader.runs.find(run)?.status === 'succeeded')
  expect(acted).toBe(0)
  expect(engine.reader.records.find(counts, { key: `run:${run}` })).toBeNull()
})

test('the feed tells what happened, only while someone listens', async () => {
  const engine = await start()
  const runs: string[] = []
  const stop = engine.onFeed((items) => {
    for (const item of items) if (item.kind === 'run') runs.push(item.run)
  })
  const run = runOf(await send(engine, 'lead'))
  await until(() => runs.includes(run))
  stop()
  await send(engine, 'lead')
  expect(new Set(runs)).toEqual(new Set([run]))
})

test('who wants topics alone costs runs nothing: what they did is told only while another one wants it', async () => {
  const engine = await start()
  const runs: string[] = []
  engine.onFeed((items) => {
    for (const item of items) if (item.kind === 'run') runs.push(item.run)
  }, 'topics')
  await send(engine, 'lead')
  const heard: string[] = []
  const stop = engine.onFeed((items) => {
    for (const item of items) if (item.kind === 'run') heard.push(item.run)
  })
  const run = runOf(await send(engine, 'lead'))
  await until(() => heard.includes(run))
  stop()
  await send(engine, 'lead')
  expect(new Set(heard)).toEqual(new Set([run]))
  expect(new Set(runs)).toEqual(new Set([run]))
})

test('a second engine on the same folder is refused', async () => {
  const { root } = temporaryFolder()
  await start({ root })
  await expect(openEngine({ dataFolder: root, parts: { module: parts.url, outside: new Map() } })).rejects.toMatchObject({
    code: 'SLU_DATA_LOCKED',
    message: expect.stringContaining(`process ${process.pid}`),
  })
})

test('a burst beyond the bound is answered busy, and what was taken is done', async () => {
  const engine = await start()
  const replies = await Promise.all(Array.from({ length: 10_500 }, () => send(engine, 'lead')))
  const refused = replies.filter((reply) => !reply.ok)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.every((reply) => !reply.ok && reply.code === 'SLU_BUSY' && reply.status === 503)).toBe(true)
  expect(engine.reader.records.find(counts, { key: 'all' })?.value).toBe(replies.length - refused.length)
})

test('a full disk refuses new events, keeps reading, and loses nothing it acknowledged', async () => {
  const engine = await start({ pagesMax: 400 })
  const acknowledged: string[] = []
  let full = 0
  for (let round = 0; round < 60 && full === 0; round += 1) {
    for (const reply of await Promise.all(Array.from({ length: 50 }, () => send(engine, 'lead')))) {
      if (reply.ok) acknowledged.push(runOf(reply))
      else {
        expect(reply).toMatchObject({ code: 'SLU_DISK_FULL', status: 503 })
        full += 1
      }
    }
  }
  expect(full).toBeGreaterThan(0)
  expect(acknowledged.every((run) => engine.reader.runs.find(run)?.status === 'succeeded')).toBe(true)
  expect(engine.reader.records.find(counts, { key: 'all' })?.value).toBe(acknowledged.length)
})

test('when the engine dies the owner hears why, and open requests are answered', async () => {
  let crashed = false
  const engine = await start({
    onCrash: () => {
      crashed = true
    },
  })
  const reply = await command(engine, 'test.break', {})
  expect(reply.ok).toBe(false)
  await until(() => crashed)
  expect(await send(engine, 'lead')).toMatchObject({ ok: false, status: 503 })
})

test('what a busy day leaves behind verifies clean while the engine runs', async () => {
  const { root } = temporaryFolder()
  const engine = await start({ root })
  await Promise.all(Array.from({ length: 50 }, (_, n) => send(engine, n % 2 === 0 ? 'lead' : 'ask', `c-${n}`)))
  const report = verifyDatabase(`${root}/sluice.db`)
  expect(report.bad).toBeNull()
  expect(report.findings.find((finding) => finding.name === 'runs')?.checked).toBe(50)
})
