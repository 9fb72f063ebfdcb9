/**
 * The runs of one customer, newest first. Each part of the index (`store/run-parts.ts`) holds its own in this order; the parts are
 * gone through by the newest run each has, so that a list ends when it is full however many runs somebody has.
 */
import { type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { partsSql } from '../store/run-parts.ts'

export interface IdRange {
  /** The first id that is wanted. */
  readonly from: string
  /** Only those before it. */
  readonly before: string
}

/** Sorts after every id. */
export const afterAllIds = '~'
const readAtOnce = 256
const parts = sql.raw(partsSql)

/** A condition for statements that look at all of them, whatever their order. */
export function isOfSubject(subject: string): SQL {
  return sql`id IN (WITH RECURSIVE ${parts} SELECT id FROM runs WHERE part IN (SELECT n FROM parts) AND subject = ${subject})`
}

/** The same for any number of customers. */
export function isOfSubjects(subjects: readonly string[]): SQL {
  const wanted = sql`SELECT value FROM json_each(${JSON.stringify(subjects)})`
  return sql`id IN (WITH RECURSIVE ${parts} SELECT id FROM runs WHERE part IN (SELECT n FROM parts) AND subject IN (${wanted}))`
}

/** Ids in pieces, each piece after the one before. Somebody asked for one only when the last one was not enough. */
export function* idsOfSubject(db: BetterSQLite3Database, subject: string, { from, before }: IdRange): Generator<readonly string[]> {
  const heads = db.all<{ readonly part: number; readonly id: string }>(sql`
    WITH RECURSIVE ${parts}, heads (part, id) AS MATERIALIZED (
      SELECT n, (SELECT max(id) FROM runs WHERE part = n AND subject = ${subject} AND id >= ${from} AND id < ${before}) FROM parts)
    SELECT part, id FROM heads WHERE id IS NOT NULL ORDER BY id DESC`)
  /** Still to be read, the part with the newest run first. */
  const open = [...heads]
  for (let first = open.shift(); first !== undefined; first = open.shift()) {
    // What is newer than the newest run of every other part comes next, whatever they hold.
    const until = open[0]?.id ?? from
    const ids = db
      .all<{ readonly id: string }>(sql`
        SELECT id FROM runs WHERE part = ${first.part} AND subject = ${subject} AND id >= ${from} AND id <= ${first.id}
        ORDER BY id DESC LIMIT ${readAtOnce + 1}`)
      .map(({ id }) => id)
    const end = ids.findIndex((id) => id < until)
    const next = ids.slice(0, Math.min(readAtOnce, end === -1 ? ids.length : end))
    yield next
    const head = ids[next.length]
    if (head === undefined) continue
    const place = open.findIndex(({ id }) => id < head)
    open.splice(place === -1 ? open.length : place, 0, { part: first.part, id: head })
  }
}
