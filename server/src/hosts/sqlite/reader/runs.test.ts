import { drizzle } from 'drizzle-orm/better-sqlite3'
import { encodeTime } from 'ulid'
import { afterAll, expect, test } from 'vitest'
import { openTestDatabase } from '../test-database.ts'
import { type RunsReader, runsReader } from './runs.ts'

const { db, close } = openTestDatabase()
afterAll(close)

/** How SQLite would answer what this reading asks. */
function plans(read: (runs: RunsReader) => unknown): readonly string[] {
  const asked: { readonly query: string; readonly params: readonly unknown[] }[] = []
  read(runsReader(drizzle(db, { logger: { logQuery: (query, params) => void asked.push({ query, params }) } })))
  expect(asked.length).toBeGreaterThan(0)
  return asked.flatMap(({ query, params }) =>
    db
      .prepare<unknown[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${query}`)
      .all(...params)
      .map(({ detail }) => detail),
  )
}

test.each<[string, (runs: RunsReader) => unknown, string]>([
  ['live runs', (runs) => runs.counts(), 'USING COVERING INDEX runs_not_succeeded'],
  ['live runs of a flow', (runs) => runs.counts('f'), 'USING COVERING INDEX runs_not_succeeded_of_flow'],
  ['live runs of a flow by version', (runs) => runs.countsByVersion('f'), 'USING COVERING INDEX runs_not_succeeded_of_flow'],
])('counting %s looks at no run that succeeded', (_what, read, index) => {
  expect(plans(read)[0]).toContain(index)
})

test('how a day went is counted in the index alone, part by part', () => {
  const parts = plans((runs) => runs.curve('f', { from: 0, to: 86_400_000 }, 12))
  expect(parts).toHaveLength(12)
  expect(parts.every((plan) => plan.includes('USING COVERING INDEX runs_by_flow (flow=? AND id>? AND id<?)'))).toBe(true)
})

test('the failed runs of a day are counted, and those of a flow found, without a look at those that succeeded', () => {
  const [, failed] = plans((runs) => runs.since(0, 'f'))
  expect(failed).toContain('USING COVERING INDEX runs_not_succeeded_of_flow (flow=? AND status=? AND id>?)')
  const listed = plans((runs) => runs.list({ flow: 'f', status: ['failed', 'incident'] }))
  expect(listed.join('; ')).toContain('USING COVERING INDEX runs_not_succeeded_of_flow (flow=? AND status=?)')
  expect(listed.join('; ')).not.toContain('runs_by_flow')
  expect(plans((runs) => runs.list({ status: 'incident' }))).toEqual([expect.stringContaining('runs_not_succeeded (status=?)')])
})

test('a list that also asks for runs that succeeded still finds them', () => {
  const insert = db.prepare(
    `INSERT INTO runs (id, flow, version, digest, status, uses, trigger, started_at, seq, sum) VALUES (?, 'f', 1, '', ?, '[]', 't', 1, 1, 0)`,
  )
  for (const [id, status] of [
    ['a', 'succeeded'],
    ['b', 'failed'],
    ['c', 'waiting'],
  ])
    insert.run(id, status)
  const runs = runsReader(drizzle(db))
  expect(runs.list({ flow: 'f', status: ['succeeded', 'failed'] }).items.map(({ id }) => id)).toEqual(['b', 'a'])
  expect(runs.list({ flow: 'f', status: ['failed', 'waiting'] }).items.map(({ id }) => id)).toEqual(['c', 'b'])
  expect(runs.list({ flow: 'f', status: ['failed', 'waiting'], limit: 1 }).items.map(({ id }) => id)).toEqual(['c'])
  expect(runs.list({ flow: 'g', status: ['failed', 'waiting'] }).items).toEqual([])
  expect(runs.counts('f')).toEqual({ running: 0, waiting: 1, incident: 0 })
})

test('a run counts in the part of the day it began in', () => {
  const insert = db.prepare(
    `INSERT INTO runs (id, flow, version, digest, status, uses, trigger, started_at, seq, sum) VALUES (?, 'day', 1, '', 'succeeded', '[]', 't', 1, 1, 0)`,
  )
  for (const at of [0, 1_999, 2_000, 3_999, 4_000]) insert.run(`${encodeTime(at, 10)}${'0'.repeat(16)}`)
  expect(runsReader(drizzle(db)).curve('day', { from: 0, to: 4_000 }, 2)).toEqual([2, 2])
})
