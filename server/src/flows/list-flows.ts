import { type FlowNameRow, flowNames } from '../commands/flow-name-table.ts'
import { foldWords } from '../commands/flow-names.ts'
import { type DraftRow, drafts, versions } from '../commands/tables.ts'
import type { Door } from '../door.ts'

export const flowStates = ['active', 'draft', 'failing'] as const
type FlowState = (typeof flowStates)[number]

export interface FlowSearch {
  /** Part of the key or of a name, however it is written. */
  readonly query?: string | undefined
  readonly state?: FlowState | undefined
  /** Null: those that lie in no folder. */
  readonly folder?: string | null | undefined
  readonly owner?: string | null | undefined
  readonly limit: number
  /** Key of the last one of the page before. */
  readonly cursor?: string | undefined
}

const flowListLimits = {
  /** Flows looked at for one page; the next page goes on behind them. */
  lookedAtMax: 5_000,
} as const

const atOnce = 200

/** Drafts in the order of their keys, and the cursor of the next page. */
export function searchFlows(
  door: Door,
  { query, state, folder, owner, limit, cursor }: FlowSearch,
): {
  readonly found: readonly DraftRow[]
  readonly next: string | null
} {
  const { records } = door.engine.reader
  const words = foldWords(query ?? '').trim()
  const today = todayOf(door)
  const page = state === undefined ? limit + 1 : atOnce
  const found: DraftRow[] = []
  let after = cursor ?? ''
  for (let lookedAt = 0; lookedAt < flowListLimits.lookedAtMax; lookedAt += page) {
    const where = {
      key: { gt: after },
      ...(words !== '' && { words: { contains: words } }),
      ...(folder !== undefined && { folder }),
      ...(owner !== undefined && { owner }),
    }
    const names: readonly FlowNameRow[] = records.list(flowNames, { where, orderBy: [['key', 'asc']], limit: page })
    for (const { key } of names) {
      if (state !== undefined && !isIn(door, key, state, today)) continue
      const draft = records.find(drafts, { key })
      if (draft === null) continue
      if (found.length === limit) return { found, next: found.at(-1)?.key ?? null }
      found.push(draft)
    }
    after = names.at(-1)?.key ?? after
    if (names.length < page) return { found, next: null }
  }
  return { found, next: after }
}

/** Where the day began that is counted: at midnight where the server stands. */
export function todayOf(door: Pick<Door, 'now'>): number {
  return new Date(door.now()).setHours(0, 0, 0, 0)
}

function isIn({ engine: { reader } }: Door, key: string, state: FlowState, today: number): boolean {
  if (state === 'failing') {
    return reader.runs.since(today, key).failed > 0 || (reader.records.find(drafts, { key })?.problems ?? 0) > 0
  }
  const isActive = reader.records.count(versions, { key, active: true }) > 0
  return state === 'active' ? isActive : !isActive
}
