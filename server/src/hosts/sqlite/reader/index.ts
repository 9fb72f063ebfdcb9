/** The door's view of the data: its own read-only connection, never behind a write, each read a short statement. */
import type { CompiledFlow, FlowEvent } from '@sluice/engine/core'
import type { RecordsReader, StartedRun } from '@sluice/engine/worker'
import { and, desc, eq, gte, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { openReader } from '../connection.ts'
import { auditKey, type DataFolder } from '../data-folder.ts'
import { sqliteRecordsReader } from '../records/reader.ts'
import { flowVersions, inbox, outbox } from '../schema.ts'
import { eventOf } from '../store/inbox.ts'
import { storedJson } from '../stored-json.ts'
import { type ActivityReader, activityReader } from './activity.ts'
import { type AuditReader, auditReader } from './audit.ts'
import { type RunsReader, runsReader } from './runs.ts'

export type { AuditFilter, AuditProof, AuditReader, AuditView } from './audit.ts'
export type { Page } from './page.ts'
export type { JournalItem, RunCounts, RunFilter, RunsReader, RunView, RunWait } from './runs.ts'

export interface PublishedVersion {
  readonly key: string
  readonly version: number
  readonly digest: string
  readonly active: boolean
}

export interface OutsideView {
  readonly id: string
  readonly run: string | null
  readonly node: string | null
  readonly handler: string
  readonly attempt: number
  readonly state: string
  readonly begunAt: number | null
}

/** An event as it was taken, with the runs it started. */
export interface StoredEvent {
  readonly event: string
  readonly receivedAt: number
  readonly content: FlowEvent
  readonly runs: readonly StartedRun[]
}

export interface EngineReader {
  readonly records: RecordsReader
  readonly runs: RunsReader
  readonly audit: AuditReader
  readonly activity: ActivityReader
  readonly flows: {
    /** Newest first. */
    versions(key: string): readonly PublishedVersion[]
    active(): readonly PublishedVersion[]
    compiled(key: string, version: number): CompiledFlow | null
  }
  readonly events: {
    /** Events that were taken in a period, oldest first; of these types, or of all when null. */
    between(query: {
      readonly types: readonly string[] | null
      readonly from: number
      readonly to: number
      readonly limit: number
    }): readonly StoredEvent[]
    /** The newest of these types since then, newest first. */
    latest(query: { readonly types: readonly string[]; readonly from: number; readonly limit: number }): readonly StoredEvent[]
    find(event: string): { readonly source: string; readonly id: string; readonly type: string; readonly receivedAt: number } | null
  }
  readonly outside: {
    ofRun(run: string): readonly OutsideView[]
    /** What has not been done yet. */
    open(): number
  }
  close(): void
}

function storedEvent({ event, runs, receivedAt, ...row }: typeof inbox.$inferSelect): StoredEvent {
  return { event, receivedAt, content: eventOf(row), runs: storedJson<StartedRun[]>(runs) }
}

export function openEngineReader(folder: DataFolder): EngineReader {
  const connection = openReader(folder.database)
  const db = drizzle(connection)
  const version = {
    key: flowVersions.key,
    version: flowVersions.version,
    digest: flowVersions.digest,
    active: sql<number>`${flowVersions.active}`,
  }
  const published = (row: { key: string; version: number; digest: string; active: number }) => ({ ...row, active: row.active === 1 })

  return {
    records: sqliteRecordsReader(connection),
    runs: runsReader(db),
    audit: auditReader(connection, db, auditKey(folder)),
    activity: activityReader(connection),
    flows: {
      versions: (key) =>
        db.select(version).from(flowVersions).where(eq(flowVersions.key, key)).orderBy(desc(flowVersions.version)).all().map(published),
      active: () => db.select(version).from(flowVersions).where(eq(flowVersions.active, 1)).orderBy(flowVersions.key).all().map(published),
      compiled(key, number) {
        const where = sql`${flowVersions.key} = ${key} AND ${flowVersions.version} = ${number}`
        const row = db.select({ compiled: flowVersions.compiled }).from(flowVersions).where(where).get()
        return row === undefined ? null : storedJson<CompiledFlow>(row.compiled)
      },
    },
    events: {
      between({ types, from, to, limit }) {
        const inTime = and(gte(inbox.receivedAt, from), lt(inbox.receivedAt, to))
        const where = types === null ? inTime : and(inArray(inbox.type, [...types]), inTime)
        const rows = db.select().from(inbox).where(where).orderBy(inbox.receivedAt, inbox.event).limit(limit).all()
        return rows.map(storedEvent)
      },
      latest({ types, from, limit }) {
        const where = and(inArray(inbox.type, [...types]), gte(inbox.receivedAt, from))
        const rows = db.select().from(inbox).where(where).orderBy(desc(inbox.receivedAt), desc(inbox.event)).limit(limit).all()
        return rows.map(storedEvent)
      },
      find(event) {
        const columns = { source: inbox.source, id: inbox.id, type: inbox.type, receivedAt: inbox.receivedAt }
        return db.select(columns).from(inbox).where(eq(inbox.event, event)).get() ?? null
      },
    },
    outside: {
      ofRun(run) {
        const { id, node, handler, attempt, state, begunAt } = outbox
        const where = sql`${eq(outbox.run, run)} AND ${isNotNull(outbox.run)}`
        return db.select({ id, run: outbox.run, node, handler, attempt, state, begunAt }).from(outbox).where(where).all()
      },
      open: () => db.select({ n: sql<number>`count(*)` }).from(outbox).where(sql`state IN ('queued', 'begun')`).get()?.n ?? 0,
    },
    close: () => connection.close(),
  }
}
