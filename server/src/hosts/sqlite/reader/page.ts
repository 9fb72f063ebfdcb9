/** One page of a list: the same shape and the same bounds everywhere. */
import { problem } from '@sluice/sdk/server'

export interface Page<Item, Cursor = string> {
  readonly items: readonly Item[]
  /** Give it as `cursor` for the next page; null at the end. */
  readonly next: Cursor | null
}

const pageLimits = { itemsDefault: 50, itemsMax: 1_000 } as const

export function bounded(limit: number | undefined): number {
  const size = limit ?? pageLimits.itemsDefault
  if (Number.isInteger(size) && size >= 1 && size <= pageLimits.itemsMax) return size
  throw problem('SLU_QUERY_LIMIT', 400, `limit must be 1 to ${pageLimits.itemsMax}; ${String(size)} was asked for`)
}

/** Takes one row more than asked to learn whether there is a next page. */
export function pageOf<Item, Cursor>(found: readonly Item[], limit: number, cursorOf: (item: Item) => Cursor): Page<Item, Cursor> {
  const items = found.slice(0, limit)
  const last = items[items.length - 1]
  return { items, next: found.length > limit && last !== undefined ? cursorOf(last) : null }
}
