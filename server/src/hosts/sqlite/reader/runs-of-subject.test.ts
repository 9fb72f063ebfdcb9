import { drizzle } from 'drizzle-orm/better-sqlite3'
import { encodeTime } from 'ulid'
import { afterAll, expect, test } from 'vitest'
import { openTestDatabase } from '../test-database.ts'
import { type RunFilter, runsReader } from './runs.ts'

const { db, close } = openTestDatabase()
afterAll(close)
const runs = runsReader(drizzle(db))

/** Three customers over ten parts. The clock went back in the middle, so that parts do not lie one after the other in time. */
const all = Array.from({ length: 3_000 }, (_, n) => {
  const at = 1_000_000 + (n < 1_500 ? n : n - 400) * 10
  const part = Math.floor(n / 300)
  const status = n % 50 === 0 ? 'failed' : n % 70 === 0 ? 'waiting' : 'succeeded'
  const subject = n % 3 === 0 ? 'much' : n % 401 === 0 ? 'little' : n % 7 === 0 ? null : 'other'
  return { id: `${encodeTime(at, 10)}${String(n).padStart(16, '0')}`, flow: n % 4 === 0 ? 'f' : 'g', status, subject, at, part }
})
const insert = db.prepare(
  `INSERT INTO runs (id, flow, version, digest, status, uses, trigger, started_at, seq, sum, subject, part)
   VALUES (@id, @flow, 1, '', @status, '[]', 't', @at, 1, 0, @subject, @part)`,
)
db.transaction(() => {
  for (const row of all) insert.run(row)
})()

/** What a filter means, said once more without an index. */
function expected({ subject, flow, status, from = 0, to = Number.POSITIVE_INFINITY }: RunFilter): readonly string[] {
  const statuses = status === undefined ? null : typeof status === 'string' ? [status] : status
  return all
    .filter((run) => run.subject === subject && run.at >= from && run.at <= to)
    .filter((run) => (flow === undefined || run.flow === flow) && (statuses === null || statuses.some((one) => one === run.status)))
    .map(({ id }) => id)
    .sort()
    .reverse()
}

/** Page after page. */
function listed(filter: RunFilter, limit: number): readonly string[] {
  const found: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = runs.list({ ...filter, limit, ...(cursor === undefined ? {} : { cursor }) })
    found.push(...page.items.map(({ id }) => id))
    cursor = page.next
  }
  return found
}

test.each<RunFilter>([
  { subject: 'much' },
  { subject: 'little' },
  { subject: 'nobody' },
  { subject: 'much', flow: 'f' },
  { subject: 'much', status: 'failed' },
  { subject: 'other', status: ['failed', 'waiting'], flow: 'g' },
  { subject: 'much', from: 1_009_000, to: 1_016_000 },
  { subject: 'little', from: 1_000_010, status: 'succeeded' },
])('the runs of a customer come newest first and each once, page after page: %j', (filter) => {
  const wanted = expected(filter)
  for (const limit of [7, 50, 1_000]) expect(listed(filter, limit)).toEqual(wanted)
  if (filter.subject === 'much' && filter.flow === undefined) expect(wanted.length).toBeGreaterThan(19)
})

test('a full page of somebody with many runs is found without a look at their older ones', () => {
  const asked: string[] = []
  const logged = runsReader(drizzle(db, { logger: { logQuery: (query) => void asked.push(query) } }))
  expect(logged.list({ subject: 'much', limit: 20 }).items).toHaveLength(20)
  // The parts, at most a few pieces of them, the rows.
  expect(asked.length).toBeLessThanOrEqual(4)
})

test('the chart counts the runs of one customer through their index', () => {
  const slots = runs.histogram({ subject: 'much', from: 0, to: 2_000_000 }, 1)
  const waiting = expected({ subject: 'much', status: 'waiting' }).length
  const failed = expected({ subject: 'much', status: 'failed' }).length
  expect(slots).toEqual([
    { from: 0, to: 2_000_000, live: waiting, succeeded: expected({ subject: 'much' }).length - waiting - failed, troubled: failed },
  ])
})

test('every look for the runs of a customer is a look into their index', () => {
  const asked: { readonly query: string; readonly params: readonly unknown[] }[] = []
  const logged = runsReader(drizzle(db, { logger: { logQuery: (query, params) => void asked.push({ query, params }) } }))
  logged.list({ subject: 'little' })
  logged.histogram({ subject: 'little', from: 0, to: 2_000_000 }, 1)
  const details = asked.flatMap(({ query, params }) =>
    db
      .prepare<unknown[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${query}`)
      .all(...params)
      .map(({ detail }) => detail),
  )
  const looks = details.filter((detail) => /\bruns\b/.test(detail))
  expect(looks.length).toBeGreaterThan(4)
  for (const look of looks) expect(look).toMatch(/^SEARCH runs USING (COVERING INDEX runs_of_subject|INDEX sqlite_autoindex_runs_1)/)
})
