import type { RunState } from '@sluice/engine/core'
import { afterEach, expect, test } from 'vitest'
import { idSource } from '../ids.ts'
import { openTestDatabase, type TestDatabase } from '../test-database.ts'
import { verifyJournal } from '../verify/journal.ts'
import { retentionKeeper } from './keeper.ts'
import { type Retention, retentionLimits } from './limits.ts'
import { pruner } from './prune.ts'

const day = 86_400_000
const start = Date.UTC(2026, 0, 1)
let now = start
let data: TestDatabase
let newId: () => string

function setup(): void {
  now = start
  data = openTestDatabase()
  newId = idSource(() => now)
}
afterEach(() => data.close())

/** An event and the runs it starts, written as the engine writes them: the runs get their ids first. */
type Ends = { readonly endsAfter: number | null }

function intake(...runs: readonly Ends[]): readonly string[] {
  return data.store.transaction(() => write(...runs))
}

function write(...runs: readonly Ends[]): readonly string[] {
  const { store } = data
  const ids = runs.map(newId)
  const event = newId()
  const named = ids.map((run) => ({ flow: 'f', run }))
  const time = new Date(now).toISOString()
  store.inbox.insert(
    { source: '/t', id: event, event, runs: named },
    { id: event, source: '/t', type: 'x', subject: null, time, data: null },
    now,
  )
  for (const [index, { endsAfter }] of runs.entries()) run(ids[index] ?? '', endsAfter)
  return ids
}

function run(id: string, endsAfter: number | null): string {
  const { store } = data
  const endedAt = endsAfter === null ? null : now + endsAfter
  const status = endedAt === null ? 'waiting' : 'succeeded'
  const fields = { trigger: 's', tokens: {}, scopes: {}, outputs: {}, output: null, error: null, parent: null, limit: null, event: null }
  const state: RunState = {
    id,
    flow: 'f',
    version: 1,
    digest: 'd',
    status,
    startedAt: now,
    endedAt,
    next: { token: 0, scope: 0, timer: 0 },
    seq: 1,
    ...fields,
  }
  store.runs.save(state, { subject: null, uses: [], eventId: 'e' })
  store.journal.append({ run: id, seq: 1, at: now, entries: [{ kind: 'run.succeeded', version: 1, at: now, output: null }] })
  return id
}

function many(number: number): void {
  data.store.transaction(() => {
    for (let each = 0; each < number; each++) write({ endsAfter: 1 })
  })
}

const left = () => data.db.prepare('SELECT id FROM runs ORDER BY id').pluck().all()
const count = (table: string) => data.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
const all = { runsMax: 10_000, isOver: () => false }

test('an ended run goes with its journal and its event, a younger one stays', () => {
  setup()
  intake({ endsAfter: 10 })
  now += 10 * day
  const [young] = intake({ endsAfter: 10 })
  const gone = data.store.transaction(() => pruner(data.db).step({ ...all, before: now - day }))
  expect(gone).toMatchObject({ runs: 1, events: 1 })
  expect(left()).toEqual([young])
  expect([count('journal'), count('inbox')]).toEqual([1, 1])
  expect(verifyJournal(data.db).ok).toBe(true)
})

test('a run that waits stays, however old, and so do the runs of the same event', () => {
  setup()
  const waits = intake({ endsAfter: null }, { endsAfter: 10 })
  const other = intake({ endsAfter: 10 })
  now += 1_000 * day
  const prune = pruner(data.db)
  for (let round = 0; round < 3; round++) data.store.transaction(() => prune.step({ ...all, before: now - day }))
  expect(left()).toEqual(waits)
  expect(left()).not.toContain(other[0])
  expect(count('inbox')).toBe(1)
})

test('what was passed over goes in a later round, once it has ended', () => {
  setup()
  const [first, second] = intake({ endsAfter: null }, { endsAfter: 10 })
  now += 10 * day
  const prune = pruner(data.db)
  const step = () => data.store.transaction(() => prune.step({ ...all, before: now - day }))
  step()
  expect(left()).toEqual([first, second])
  const state = data.store.runs.load(first ?? '')?.state
  if (state === undefined) throw new Error('the waiting run is gone')
  data.store.transaction(() =>
    data.store.runs.save({ ...state, status: 'succeeded', endedAt: now - 5 * day }, { subject: null, uses: [], eventId: 'e' }),
  )
  step()
  expect(left()).toEqual([])
})

test('runs without an event of their own, such as those a flow called, go by their own age', () => {
  setup()
  data.store.transaction(() => run(newId(), 10))
  const [kept] = intake({ endsAfter: null })
  now += 10 * day
  data.store.transaction(() => pruner(data.db).step({ ...all, before: now - day }))
  expect(left()).toEqual([kept])
})

test('events that started nothing go by their age, closed acts of packs too', () => {
  setup()
  intake()
  data.store.outbox.insert({
    id: 'o',
    run: null,
    token: null,
    node: null,
    attempt: 1,
    handler: 'h',
    request: {},
    use: null,
    refusedPort: null,
    idempotencyKey: 'k',
    onResult: null,
    state: 'done',
    notBefore: now,
    begunAt: now,
  })
  now += 10 * day
  intake()
  const prune = pruner(data.db)
  let more = true
  for (let step = 0; more && step < 10; step++) more = data.store.transaction(() => prune.step({ ...all, before: now - day })).more
  expect([count('inbox'), count('outbox')]).toEqual([1, 0])
})

test('a step ends when its time is over and the next goes on from there', () => {
  setup()
  many(500)
  now += 10 * day
  const prune = pruner(data.db)
  let looks = 0
  const first = data.store.transaction(() => prune.step({ before: now - day, runsMax: 10_000, isOver: () => ++looks > 100 }))
  expect(first.more).toBe(true)
  expect(first.runs).toBeGreaterThan(0)
  expect(first.runs).toBeLessThan(500)
  let more = true
  for (let step = 0; more && step < 50; step++) more = data.store.transaction(() => prune.step({ ...all, before: now - day })).more
  expect(left()).toEqual([])
})

function keeper(settings: Partial<Retention>) {
  const given = { runDays: 180, runsMax: 1_000_000, ...settings }
  return retentionKeeper({ db: data.db, store: data.store, now: () => now, settings: () => given, runsStarted: () => 0 })
}

test('beyond the number kept, the oldest ended runs go earlier, but none that ended just now', () => {
  setup()
  for (let each = 0; each < 40; each++) {
    intake({ endsAfter: 1 })
    now += 60_000
  }
  const kept = left().slice(-10)
  const it = keeper({ runsMax: 10 })
  for (let step = 0; step < 10 && it.step() === retentionLimits.pauseMs; step++);
  expect(left()).toEqual(kept)
  now -= 40 * 60_000
  const fresh = keeper({ runsMax: 1 })
  fresh.step()
  expect(left()).toEqual(kept)
})

test('after a start the runs are counted over several steps, each once, and none is pruned before', () => {
  setup()
  many(12_000)
  now += 400 * day
  let started = 0
  const tick = () => (now += retentionLimits.stepMsMax)
  const it = retentionKeeper({
    db: data.db,
    store: data.store,
    now: tick,
    settings: () => ({ runDays: 180, runsMax: 1 }),
    runsStarted: () => started,
  })
  expect(it.step()).toBe(retentionLimits.pauseMs)
  expect(it.stats()).toMatchObject({ storedRuns: retentionLimits.countedAtOnce, prunedRuns: 0 })
  intake({ endsAfter: 1 })
  started += 1
  for (let step = 0; step < 2; step++) it.step()
  const { storedRuns, prunedRuns } = it.stats()
  expect(storedRuns).toBe(12_001 - prunedRuns)
  expect(storedRuns).toBe(left().length)
})

test('pruning is written into the audit log, at most once an hour', () => {
  setup()
  for (let each = 0; each < 5; each++) intake({ endsAfter: 1 })
  now += 400 * day
  const it = keeper({})
  for (let step = 0; step < 5; step++) it.step()
  expect(data.db.prepare("SELECT kind FROM audit_log WHERE kind = 'retention.pruned'").pluck().all()).toHaveLength(1)
  expect(it.stats()).toMatchObject({ prunedRuns: 5, prunedEvents: 5, storedRuns: 0 })
})

test('space that was freed goes back to the disk without a restart', () => {
  setup()
  many(8_000)
  now += 400 * day
  const pages = () => data.db.pragma('page_count', { simple: true }) as number
  const before = pages()
  const it = keeper({})
  // The test's clock stands still, so a step takes its whole number.
  for (let step = 0; step < 200 && it.step() === retentionLimits.pauseMs; step++);
  expect(left()).toEqual([])
  expect(pages()).toBeLessThan(before / 2)
})
