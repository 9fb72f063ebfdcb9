import type { RecordsReader, TableDefinition, Where } from '@sluice/engine/worker'
import { problem } from './problem.ts'

export const pageLimits = { default: 50, max: 200 } as const

/** One page of a list, newest first. The cursor is the last id of the page before; ids grow with time. */
export function pageOf<Row extends { readonly id: string }>(
  records: RecordsReader,
  table: TableDefinition<Row>,
  query: { readonly limit?: string | undefined; readonly cursor?: string | undefined },
  where: Where<Row>,
): { readonly items: readonly Row[]; readonly next: string | null } {
  const limit = limitOf(query.limit)
  const cursor = cursorOf(records, table, query)
  const bounded = cursor === null ? where : ({ ...where, id: { lt: cursor } } as Where<Row>)
  const rows = records.list(table, { where: bounded, orderBy: [['id', 'desc']], limit: limit + 1 })
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** The id that a page gave, refused when it is none: it would begin anew, or end, without anybody noticing. */
export function cursorOf<Row extends { readonly id: string }>(
  records: RecordsReader,
  table: TableDefinition<Row>,
  { cursor }: { readonly cursor?: string | undefined },
): string | null {
  if (cursor === undefined) return null
  // A row may be gone by now; an id of ours still has its place.
  if (/^[0-9A-HJKMNP-TV-Z]{26}$/.test(cursor) || records.find(table, { id: cursor } as Partial<Row>) !== null) return cursor
  throw problem('SLU_CURSOR_INVALID', 400, 'No page gave this cursor', [{ path: '/cursor', message: 'take `next` of a page as it is' }])
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return pageLimits.default
  const limit = Number(text)
  if (Number.isInteger(limit) && limit >= 1 && limit <= pageLimits.max) return limit
  throw problem('SLU_QUERY_INVALID', 400, `limit is a whole number from 1 to ${pageLimits.max}`, [
    { path: '/limit', message: `1 to ${pageLimits.max}` },
  ])
}
