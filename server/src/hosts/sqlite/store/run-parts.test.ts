import { readFileSync } from 'node:fs'
import type { RunState } from '@sluice/engine/core'
import { afterEach, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../test-database.ts'
import { verifyRows } from '../verify/rows.ts'
import { partLimits, partSize, partsSql, runParts } from './run-parts.ts'

let open: TestDatabase[] = []
afterEach(() => {
  for (const one of open) one.close()
  open = []
})
function database(): TestDatabase {
  const made = openTestDatabase()
  open.push(made)
  return made
}

const addSql = `INSERT INTO runs (id, flow, version, digest, status, uses, trigger, started_at, ended_at, seq, sum, subject, part)
  VALUES (?, 'f', 1, '', 'succeeded', '[]', 't', 1, 1, 1, 0, ?, ?)`

/** As `save` writes new rows, without all that a run has besides. */
function add({ db }: TestDatabase, from: number, to: number): void {
  const parts = runParts(db)
  const insert = db.prepare(addSql)
  db.transaction(() => {
    for (let n = from; n < to; n += 1) insert.run(`r${String(n).padStart(7, '0')}`, subjectOf(n), parts.next())
  })()
}

/** Customers come in no order. */
const subjectOf = (n: number) => `c-${(n * 7_919) % 100_003}`

const sizes = ({ db }: TestDatabase) =>
  db.prepare<[], { part: number; runs: number }>('SELECT part, count(*) AS runs FROM runs GROUP BY part ORDER BY part').all()

test('a part is filled before the next begins, also by a process that goes on where another stopped', () => {
  const data = database()
  add(data, 0, partLimits.runs - 10)
  add(data, partLimits.runs - 10, partLimits.runs + 5)
  expect(sizes(data)).toEqual([
    { part: 1, runs: partLimits.runs },
    { part: 2, runs: 5 },
  ])
})

test('runs of earlier releases are a part that takes no more, however few they are', () => {
  const data = database()
  data.db.prepare(addSql).run('old', 'c-1', 0)
  add(data, 0, 3)
  expect(sizes(data)).toEqual([
    { part: 0, runs: 1 },
    { part: 1, runs: 3 },
  ])
})

test('a run keeps its part while it goes on; one about nobody is in none, which a changed byte cannot hide', () => {
  const data = database()
  const { runs } = data.store
  const about = (subject: string | null) => ({ subject, uses: [], eventId: null })
  const partOf = (id: string) => data.db.prepare('SELECT part FROM runs WHERE id = ?').pluck().get(id)
  for (const [id, subject] of [
    ['first', 'c-1'],
    ['nobody', null],
  ] as const)
    runs.save(stateOf(id), about(subject), true)
  expect(verifyRows(data.db)).toMatchObject({ ok: true })
  add(data, 0, partLimits.runs)
  runs.save({ ...stateOf('first'), seq: 2 }, about('c-1'))
  runs.save({ ...stateOf('nobody'), seq: 2 }, about(null))
  expect([partOf('first'), partOf('nobody')]).toEqual([1, 0])
  runs.save({ ...stateOf('first'), seq: 3 }, about(null))
  expect(partOf('first')).toBe(0)
  data.db.exec("DELETE FROM runs WHERE sum = 0; UPDATE runs SET part = 1 WHERE id = 'nobody'")
  expect(verifyRows(data.db)).toMatchObject({ ok: false, bad: { where: 'runs row nobody' } })
})

test('the more parts there are, the larger each new one: a hundred million runs are in fewer than two thousand', () => {
  let parts = 0
  for (let runs = 0; runs < 100_000_000; parts += 1) runs += partSize(parts)
  expect(parts).toBeLessThan(2_000)
  expect(partSize(0)).toBe(partLimits.runs)
  expect(partSize(1_000_000)).toBe(partLimits.runs * 2 ** partLimits.doublingsMax)
})

test('all parts that hold runs are named, across gaps that pruning left', () => {
  const { db } = database()
  for (const part of [0, 3, 4, 9]) db.prepare(addSql).run(`r${part}`, 'c', part)
  const named = db.prepare(`WITH RECURSIVE ${partsSql} SELECT n FROM parts`).pluck()
  expect(named.all()).toEqual([9, 4, 3, 0, null])
  const plan = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN WITH RECURSIVE ${partsSql} SELECT n FROM parts`).all()
  const looks = plan.map(({ detail }) => detail).filter((detail) => detail.includes('runs'))
  expect(looks).toEqual(['SEARCH runs USING COVERING INDEX runs_of_subject', 'SEARCH runs USING COVERING INDEX runs_of_subject (part<?)'])
})

test('a commit writes as few pages of the index by subject into a file of many runs as into one of few', () => {
  const few = database()
  add(few, 0, 1_000)
  const many = database()
  add(many, 0, 30_000)
  const pages = [few, many].map((data) => {
    data.db.pragma('wal_checkpoint(TRUNCATE)')
    add(data, 40_000, 40_200)
    return pagesOfIndexLogged(data)
  })
  const indexPages = many.db.prepare("SELECT count(*) FROM dbstat WHERE name = 'runs_of_subject'").pluck().get() as number
  expect(indexPages).toBeGreaterThan(100)
  for (const count of pages) expect(count).toBeLessThanOrEqual(40)
})

/** Pages of the index in the write-ahead log: each frame is a header with the page's number, and the page. */
function pagesOfIndexLogged({ db, folder }: TestDatabase): number {
  const log = readFileSync(`${folder.database}-wal`)
  const pageSize = db.pragma('page_size', { simple: true }) as number
  const logged = new Set<number>()
  for (let at = 32; at + 24 + pageSize <= log.length; at += 24 + pageSize) logged.add(log.readUInt32BE(at))
  const ofIndex = db.prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'runs_of_subject'").pluck().all()
  return ofIndex.filter((page) => logged.has(page)).length
}

function stateOf(id: string): RunState {
  return {
    id,
    flow: 'f',
    version: 1,
    digest: '',
    status: 'waiting',
    startedAt: 1,
    endedAt: null,
    event: null,
    trigger: 't',
    tokens: {},
    scopes: {},
    outputs: {},
    output: null,
    error: null,
    parent: null,
    next: { token: 0, scope: 0, timer: 0 },
    seq: 1,
    limit: null,
  }
}
