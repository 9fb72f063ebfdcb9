/** What people ask about runs: lists, one run, its journal, what it waits for. */
import type { FlowEvent, JournalEntry, RunError, RunState, RunStatus, Wait } from '@sluice/engine/core'
import type { Json } from '@sluice/flows'
import { and, asc, count, desc, eq, gte, inArray, like, lt, lte, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { encodeTime } from 'ulid'
import { journal, runs, timers } from '../schema.ts'
import { unpackEntries } from '../store/packed-entries.ts'
import { storedJson } from '../stored-json.ts'
import { bounded, type Page, pageOf } from './page.ts'
import { afterAllIds, idsOfSubject, isOfSubject, isOfSubjects } from './runs-of-subject.ts'

export interface RunView {
  readonly id: string
  readonly flow: string
  readonly version: number
  readonly digest: string
  readonly status: RunStatus
  readonly subject: string | null
  readonly trigger: string
  /** Our id of the event that started it. */
  readonly eventId: string | null
  readonly parent: { readonly run: string; readonly token: string } | null
  readonly startedAt: number
  readonly endedAt: number | null
  readonly seq: number
  readonly output: Json
  readonly error: RunError | null
}

export interface RunFilter {
  readonly flow?: string
  readonly status?: RunStatus | readonly RunStatus[]
  readonly subject?: string
  /** Runs about one of these; for readers who know no other customers. */
  readonly subjects?: readonly string[]
  /** Epoch milliseconds, both inclusive. */
  readonly from?: number
  readonly to?: number
  /** Runs an act of which a consent gate refused or a withdrawal took back. */
  readonly blocked?: boolean
  readonly ids?: readonly string[]
  readonly limit?: number
  readonly cursor?: string
}

/** A place where a live run stands still. */
export interface RunWait {
  readonly node: string
  readonly token: string
  readonly kind: Wait['kind'] | 'incident' | 'act'
  /** Task, timer or called run; the token where there is no such id. */
  readonly id: string
  readonly dueAt: number | null
  readonly since: number
}

export interface JournalItem {
  readonly seq: number
  readonly entry: JournalEntry
}

export interface RunCounts {
  readonly running: number
  readonly waiting: number
  readonly incident: number
}

export interface HistogramSlot {
  readonly from: number
  readonly to: number
  readonly live: number
  readonly succeeded: number
  /** Failed, cancelled or standing in an incident. */
  readonly troubled: number
}

export interface RunsReader {
  /** Newest first. */
  list(filter?: RunFilter): Page<RunView>
  find(id: string): RunView | null
  /** The whole state while the run lives; null once it ended: fold the journal then. */
  state(id: string): RunState | null
  event(id: string): FlowEvent | null
  /** Entries after a sequence number, oldest first. */
  journal(id: string, after?: number, limit?: number): Page<JournalItem, number>
  waits(id: string): readonly RunWait[]
  /** Whether steps are being undone, and those that are undone, in that order. */
  undo(id: string): { readonly undoing: boolean; readonly undone: readonly { readonly node: string; readonly token: string }[] }
  timers(id: string): readonly { readonly id: string; readonly dueAt: number }[]
  /** Live runs of a flow, or of all flows. */
  counts(flow?: string): RunCounts
  /** Live runs of a flow by the version they run on; versions without any are left out. */
  countsByVersion(flow: string): ReadonlyMap<number, RunCounts>
  /** How many runs began in each of `slots` equal stretches, by how they went. */
  histogram(filter: RunFilter & { readonly from: number; readonly to: number }, slots: number): readonly HistogramSlot[]
  /** Runs begun since then, and how many of them failed or stand in an incident. */
  since(at: number, flow?: string): { readonly started: number; readonly failed: number }
  /** Runs of a flow begun in each of so many equal parts of a time, the oldest first. */
  curve(flow: string, range: { readonly from: number; readonly to: number }, parts: number): readonly number[]
}

const summary = {
  id: runs.id,
  flow: runs.flow,
  version: runs.version,
  digest: runs.digest,
  status: runs.status,
  subject: runs.subject,
  trigger: runs.trigger,
  eventId: runs.eventId,
  parentRun: runs.parentRun,
  parentToken: runs.parentToken,
  startedAt: runs.startedAt,
  endedAt: runs.endedAt,
  seq: runs.seq,
  output: runs.output,
  error: runs.error,
}
const rowsAtOnce = 4_000
/** A journal row as far as its entries need it. */
const packed = { run: journal.run, at: journal.at, entries: journal.entries }

type Summary = {
  readonly [Name in keyof typeof summary]: (typeof summary)[Name]['_']['notNull'] extends true
    ? (typeof summary)[Name]['_']['data']
    : (typeof summary)[Name]['_']['data'] | null
}

export function runsReader(db: BetterSQLite3Database): RunsReader {
  const stateText = db
    .select({ state: runs.state })
    .from(runs)
    .where(eq(runs.id, sql.placeholder('id')))
    .prepare()
  const begunBetween = db
    .select({ n: count() })
    .from(runs)
    .where(and(eq(runs.flow, sql.placeholder('flow')), gte(runs.id, sql.placeholder('from')), lt(runs.id, sql.placeholder('to'))))
    .prepare()
  const stateOf = (id: string): RunState | null => {
    const text = stateText.get({ id })?.state
    return text === undefined || text === null ? null : storedJson<RunState>(text)
  }

  return {
    list(filter = {}) {
      const limit = bounded(filter.limit)
      const newest = (where: SQL | undefined, max: number) =>
        db.select(summary).from(runs).where(where).orderBy(desc(runs.id)).limit(max).all()
      const { subject, ...others } = filter
      const rows = subject === undefined ? newest(conditions(others), limit + 1) : ofSubject(db, subject, others, limit + 1, newest)
      return pageOf(rows.map(viewOf), limit, (run) => run.id)
    },
    find(id) {
      const row = db.select(summary).from(runs).where(eq(runs.id, id)).get()
      return row === undefined ? null : viewOf(row)
    },
    state: stateOf,
    event(id) {
      const row = db
        .select(packed)
        .from(journal)
        .where(and(eq(journal.run, id), eq(journal.seq, 1)))
        .get()
      const first = row === undefined ? undefined : unpackEntries(row, row.entries)[0]
      return first?.kind === 'run.started' ? first.event : first?.kind === 'run.forked' ? first.begin.event : null
    },
    journal(id, after = 0, limit) {
      const size = bounded(limit)
      // Rows hold several entries: the one that holds `after + 1` may begin before it.
      const begin = db
        .select({ seq: journal.seq })
        .from(journal)
        .where(and(eq(journal.run, id), lte(journal.seq, after + 1)))
      const from = begin.orderBy(desc(journal.seq)).limit(1).get()?.seq ?? 1
      const rows = db.select({ ...packed, seq: journal.seq }).from(journal)
      const found = rows
        .where(and(eq(journal.run, id), gte(journal.seq, from)))
        .orderBy(asc(journal.seq))
        .limit(size + 2)
        .all()
      const items = found.flatMap((row) => unpackEntries(row, row.entries).map((entry, position) => ({ seq: row.seq + position, entry })))
      const wanted = items.filter((item) => item.seq > after).slice(0, size + 1)
      return pageOf(wanted, size, (item) => item.seq)
    },
    waits: (id) => waitsOf(stateOf(id)),
    undo(id) {
      const state = stateOf(id)
      if (state !== null) return { undoing: state.undoing !== undefined, undone: state.undone ?? [] }
      const rows = db
        .select(packed)
        .from(journal)
        .where(and(eq(journal.run, id), like(journal.entries, '%"undo.step-done"%')))
        .orderBy(asc(journal.seq))
        .all()
      const entries = rows.flatMap((row) => unpackEntries(row, row.entries))
      return {
        undoing: false,
        undone: entries.flatMap((entry) => (entry.kind === 'undo.step-done' ? [{ node: entry.node, token: entry.token }] : [])),
      }
    },
    timers: (id) => db.select({ id: timers.id, dueAt: timers.dueAt }).from(timers).where(eq(timers.run, id)).orderBy(timers.dueAt).all(),
    counts(flow) {
      const where = flow === undefined ? live : and(live, eq(runs.flow, flow))
      const rows = db.select({ status: runs.status, n: count() }).from(runs).where(where).groupBy(runs.status).all()
      const of = (status: RunStatus) => rows.find((row) => row.status === status)?.n ?? 0
      return { running: of('running'), waiting: of('waiting'), incident: of('incident') }
    },
    countsByVersion(flow) {
      const rows = db
        .select({ version: runs.version, status: runs.status, n: count() })
        .from(runs)
        .where(and(live, eq(runs.flow, flow)))
        .groupBy(runs.version, runs.status)
        .all()
      const counts = new Map<number, RunCounts>()
      for (const { version, status, n } of rows)
        counts.set(version, { running: 0, waiting: 0, incident: 0, ...counts.get(version), [status]: n })
      return counts
    },
    histogram(filter, slots) {
      const { from, to } = filter
      const width = Math.max(1, Math.ceil((to - from) / slots))
      const slot = sql<number>`CAST((${runs.startedAt} - ${from}) / ${width} AS INTEGER)`
      const rows = db
        .select({ slot, status: runs.status, n: count() })
        .from(runs)
        .where(and(conditions(filter), filter.subject === undefined ? undefined : isOfSubject(filter.subject)))
        .groupBy(slot, runs.status)
        .all()
      return Array.from({ length: slots }, (_, index) => {
        const of = (...wanted: RunStatus[]) =>
          rows.filter((row) => row.slot === index && wanted.includes(row.status as RunStatus)).reduce((sum, row) => sum + row.n, 0)
        const begin = from + index * width
        return {
          from: begin,
          to: Math.min(to, begin + width),
          live: of('running', 'waiting'),
          succeeded: of('succeeded'),
          troubled: of('failed', 'cancelled', 'incident'),
        }
      })
    },
    since(at, flow) {
      const begun = gte(runs.id, firstIdOf(at))
      const ofFlow = flow === undefined ? undefined : eq(runs.flow, flow)
      const number = (where: SQL | undefined) => db.select({ n: count() }).from(runs).where(where).get()?.n ?? 0
      return {
        started: number(and(begun, ofFlow)),
        failed: number(and(begun, ofFlow, withStatus(['failed', 'incident']))),
      }
    },
    // Counted in the index alone, as ids are times.
    curve(flow, { from, to }, parts) {
      const borders = Array.from({ length: parts + 1 }, (_, part) => firstIdOf(from + ((to - from) * part) / parts))
      return borders.slice(1).map((border, part) => begunBetween.get({ flow, from: borders[part] ?? '', to: border })?.n ?? 0)
    },
  }
}

/** Run ids are ULIDs: they sort by time, so a time range is an id range and needs no index of its own. */
function firstIdOf(at: number): string {
  return encodeTime(Math.max(0, Math.floor(at)), 10)
}

/** Nearly all runs have succeeded, so those that have not stand in indexes of their own; SQLite uses them only when told so in words. */
function withStatus(statuses: readonly RunStatus[]): SQL | undefined {
  const wanted = inArray(runs.status, [...statuses])
  return statuses.includes('succeeded') ? wanted : and(wanted, sql`${runs.status} <> 'succeeded'`)
}

const live = withStatus(['running', 'waiting', 'incident'])

/** Rows are looked up by id; most lists want the first few of them alone, a selective filter goes through more and more at a time. */
function ofSubject(
  db: BetterSQLite3Database,
  subject: string,
  filter: Omit<RunFilter, 'subject'>,
  max: number,
  newest: (where: SQL | undefined, max: number) => readonly Summary[],
): readonly Summary[] {
  const { from, to, cursor, flow, status, ...others } = filter
  const after = to === undefined ? afterAllIds : firstIdOf(to + 1)
  const range = { from: from === undefined ? '' : firstIdOf(from), before: cursor === undefined || after < cursor ? after : cursor }
  const fits = and(
    flow === undefined ? undefined : eq(runs.flow, flow),
    status === undefined ? undefined : inArray(runs.status, typeof status === 'string' ? [status] : [...status]),
    conditions(others),
  )
  const found: Summary[] = []
  let wanted = max
  let ids: string[] = []
  const look = () => {
    if (ids.length > 0) found.push(...newest(and(inArray(runs.id, ids), fits), max - found.length))
    ids = []
  }
  for (const some of idsOfSubject(db, subject, range)) {
    ids.push(...some)
    if (ids.length < wanted) continue
    look()
    if (found.length === max) break
    wanted = Math.min(wanted * 2, rowsAtOnce)
  }
  if (found.length < max) look()
  return found
}

function conditions(filter: Omit<RunFilter, 'subject'>): SQL | undefined {
  const { flow, status, from, to, cursor, blocked, ids, subjects } = filter
  const statuses = status === undefined ? undefined : typeof status === 'string' ? [status] : [...status]
  return and(
    flow !== undefined && statuses !== undefined && !statuses.includes('succeeded')
      ? // Said plainly, SQLite would walk the flow's runs newest first until it has enough of them, past all that succeeded.
        sql`${runs.id} IN (SELECT id FROM runs WHERE flow = ${flow} AND status IN ${statuses} AND status <> 'succeeded')`
      : and(flow === undefined ? undefined : eq(runs.flow, flow), statuses === undefined ? undefined : withStatus(statuses)),
    from === undefined ? undefined : gte(runs.id, firstIdOf(from)),
    to === undefined ? undefined : lt(runs.id, firstIdOf(to + 1)),
    cursor === undefined ? undefined : lt(runs.id, cursor),
    blocked === true
      ? sql`${runs.id} IN (SELECT run FROM engine_refusals WHERE code LIKE 'SLU_CONSENT_%' OR code = 'SLU_EFFECT_CANCELLED')`
      : undefined,
    ids === undefined ? undefined : inArray(runs.id, [...ids]),
    subjects === undefined ? undefined : isOfSubjects(subjects),
  )
}

function viewOf(row: Summary): RunView {
  const { parentRun, parentToken, status, output, error, ...rest } = row
  return {
    ...rest,
    status: status as RunStatus,
    parent: parentRun === null || parentToken === null ? null : { run: parentRun, token: parentToken },
    output: output === null ? null : storedJson<Json>(output),
    error: error === null ? null : storedJson<RunError>(error),
  }
}

function waitsOf(state: RunState | null): readonly RunWait[] {
  return Object.values(state?.tokens ?? {}).flatMap((token): RunWait[] => {
    const place = { node: token.node, token: token.id, since: token.since }
    if (token.state === 'incident') return [{ ...place, kind: 'incident', id: token.id, dueAt: null }]
    const { wait } = token
    if (wait === null) return [{ ...place, kind: 'act', id: token.id, dueAt: null }]
    const id = wait.kind === 'task' ? wait.taskId : wait.kind === 'call' ? wait.run : wait.kind === 'timer' ? wait.timerId : token.id
    return [{ ...place, kind: wait.kind, id, dueAt: 'dueAt' in wait ? wait.dueAt : null }]
  })
}
