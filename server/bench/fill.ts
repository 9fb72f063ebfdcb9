/** Fills the file of a stopped server with copies of two of its runs: as fast as SQLite writes. Their hash chains do not hold. */
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { encodeTime } from 'ulid'
import { type Connection, openWriter } from '../src/hosts/sqlite/connection.ts'
import { partLimits } from '../src/hosts/sqlite/store/run-parts.ts'

/** Until an answer comes, a month at most: a waiting run that also holds a timer. */
export const waitingFlow = {
  format: 'sluice/flow@1',
  key: 'bench-waiting',
  name: { en: 'Benchmark: waiting', 'zh-CN': '基准测试：等待' },
  nodes: [
    { id: 'start', type: 'core.event', config: { type: 'com.example.question' } },
    {
      id: 'wait',
      type: 'core.wait-event',
      config: { type: 'com.example.answer', key: '{% event.subject %}', match: 'event.subject', timeout: 'P30D' },
    },
  ],
  edges: [{ from: 'start.out', to: 'wait.in' }],
} as const

/** Ids of the runs to copy. */
export interface Filled {
  readonly ended: string
  readonly waiting: string
}

const perTransaction = 50_000

/** Ids of the copies sort before all real ones and say a day ago: what looks for old runs by their ids passes over them as over real ones. */
const time = encodeTime(Date.now() - 86_400_000, 10)
const digits = 15
const endedIds = `${time}A`
const waitingIds = `${time}B`

/** SQL: whether this column names a copy of the waiting run, and which one. */
export const waitingCopy = {
  is: (column: string) => `${column} >= '${waitingIds}' AND ${column} < '${time}C'`,
  number: (column: string) => `CAST(substr(${column}, ${waitingIds.length + 1}) AS INTEGER)`,
} as const

export interface FillCounts {
  readonly ended: number
  readonly waiting: number
  /** How long ago the copies of the ended run ended; absent: as the sample. */
  readonly endedAgoMs?: number
}

export function fill(folder: string, sample: Filled, { ended, waiting, endedAgoMs = 0 }: FillCounts): void {
  const db = openWriter(join(folder, 'sluice.db'))
  db.pragma('synchronous = OFF')
  const earlier = { started_at: `started_at - ${endedAgoMs}`, ended_at: `ended_at - ${endedAgoMs}` }
  copies(db, sample.ended, endedIds, 'c', ended, earlier)
  copies(db, sample.waiting, waitingIds, 'w', waiting, {})
  finish(folder, db)
}

/** Each copy is about a customer of its own. */
function copies(
  db: Connection,
  run: string,
  prefix: string,
  customers: string,
  count: number,
  times: Readonly<Record<string, string>>,
): void {
  const id = `'${prefix}' || printf('%0${digits}d', n)`
  // Right behind its run, as the server names them.
  const event = `${id} || 'E'`
  const subject = `'${customers}-' || n`
  // In parts as the server makes them.
  const begun = db.prepare<[], number | null>('SELECT max(part) FROM runs').pluck().get() ?? 0
  const part = `${begun + 1} + CAST(n AS INTEGER) / ${partLimits.runs}`
  const renamed = (column: string) => `replace(replace(${column}, @run, ${id}), '"sample"', '"' || ${subject} || '"')`
  const numbers = 'WITH RECURSIVE numbers(n) AS (SELECT @from UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < @to)'
  const statements = [
    ['runs', 'id', { id, subject, event_id: `'fill-' || ${id}`, state: renamed('state'), part, ...times }],
    ['journal', 'run', { run: id, position: 'NULL' }],
    ['waits', 'run', { run: id, key: `replace(key, '/sample', '/' || ${subject})` }],
    ['timers', 'run', { run: id }],
    ['inbox', null, { event, id: `'fill-' || ${id}`, subject, runs: renamed('runs') }],
  ] as const
  const prepared = statements.map(([table, key, changes]) => {
    const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)
    const summed = columns.filter((name) => !['sum', 'rank', 'part'].includes(name))
    const copied = (name: string): string => (changes as { readonly [column: string]: string })[name] ?? name
    const values = columns.map((name) => (name === 'sum' ? `row_sum(${summed.map(copied).join(', ')})` : copied(name)))
    const from = key === null ? `${table} WHERE ${table}.runs LIKE '%' || @run || '%'` : `${table} WHERE ${table}.${key} = @run`
    // The rows to copy are few and read first; they would otherwise be found again among their copies.
    return db.prepare(`${numbers}, sample AS MATERIALIZED (SELECT * FROM ${from})
      INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM numbers CROSS JOIN sample`)
  })
  for (let from = 0; from < count; from += perTransaction) {
    const to = Math.min(count, from + perTransaction)
    db.transaction(() => {
      for (const statement of prepared) statement.run({ from, to, run })
    })()
  }
}

/** Lets the first copies of the waiting run ring soon, one after the other. */
export function ringSoon(folder: string, order: { readonly count: number; readonly from: number; readonly everyMs: number }): void {
  const db = openWriter(join(folder, 'sluice.db'))
  db.pragma('synchronous = OFF')
  const { is, number } = waitingCopy
  const due = (run: string) => `CAST(@from + ${number(run)} * @everyMs AS INTEGER)`
  const those = (run: string) => `${is(run)} AND ${number(run)} < @count`
  const state = `replace(state, (SELECT due_at FROM timers WHERE run = runs.id), ${due('id')})`
  const columns = db.prepare<[], string>("SELECT name FROM pragma_table_info('runs') WHERE name NOT IN ('sum', 'part')").pluck().all()
  const summed = columns.map((name) => (name === 'state' ? state : name))
  const runs = db.prepare(`UPDATE runs SET state = ${state}, sum = row_sum(${summed.join(', ')}) WHERE ${those('id')}`)
  const timers = db.prepare(
    `UPDATE timers SET due_at = ${due('run')}, sum = row_sum(run, id, ${due('run')}, command, payload) WHERE ${those('run')}`,
  )
  db.transaction(() => {
    // The state names the moment too, and is changed while the timer still says the old one.
    runs.run(order)
    timers.run(order)
  })()
  finish(folder, db)
}

/** All of it is on the disk before the server starts; the first checkpoint of the server would otherwise wait for gigabytes that are not its own. */
function finish(folder: string, db: Connection): void {
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  const file = openSync(join(folder, 'sluice.db'), 'r+')
  fsyncSync(file)
  closeSync(file)
}
