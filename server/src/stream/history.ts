import { randomBytes } from 'node:crypto'
import type { FeedItem } from '@sluice/engine/worker'

/** Kept for screens that lost their connection for a moment. */
const keptMax = 1_000

export interface HistoryEntry {
  readonly id: string
  readonly item: FeedItem
}

export interface FeedHistory {
  /** Where it stands: the id of what came last. */
  position(): string
  add(item: FeedItem): HistoryEntry
  /** What came after this id; null when that is not known any more: the screen has to read anew. */
  after(id: string): readonly HistoryEntry[] | null
  /** Nobody listens, so nothing is recorded: ids of before lead nowhere. */
  clear(): void
}

export function feedHistory(): FeedHistory {
  let boot = randomBytes(4).toString('hex')
  let count = 0
  let kept: HistoryEntry[] = []
  return {
    position: () => `${boot}-${count}`,
    add(item) {
      count += 1
      const entry = { id: `${boot}-${count}`, item }
      kept.push(entry)
      if (kept.length >= 2 * keptMax) kept = kept.slice(-keptMax)
      return entry
    },
    after(id) {
      const [from, number] = id.split('-')
      const missed = count - Number(number)
      if (from !== boot || !Number.isInteger(missed) || missed < 0 || missed > kept.length) return null
      return missed === 0 ? [] : kept.slice(-missed)
    },
    clear() {
      boot = randomBytes(4).toString('hex')
      count = 0
      kept = []
    },
  }
}
