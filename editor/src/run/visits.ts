import type { JournalItem } from '../app/api/shapes.ts'
import { timeOf } from './timeline.ts'

/** One stay of a line of the run at a step. */
export interface Visit {
  readonly node: string
  readonly token: string
  /** Which time this is for the step, from 1. */
  readonly nth: number
  /** Item of a *for each* it belongs to, from 1. */
  readonly item: number | null
  readonly from: number
  /** `null`: it is still there. */
  readonly to: number | null
  /** Places in the journal: what began it, and the last entry about it. */
  readonly first: number
  readonly last: number
}

type TokenEntry = JournalItem & {
  readonly token?: string
  readonly tokens?: readonly string[]
  readonly index?: number
  /** Line that ends with a failed item. */
  readonly line?: string
  readonly next?: readonly { readonly id?: string; readonly node: string }[]
}

type Draft = { -readonly [Key in keyof Visit]: Visit[Key] }

/** Entries after which a line is no longer at its step. */
const leaves = new Set(['node.completed', 'join.passed', 'join.ignored', 'token.cancelled', 'region.ended', 'lock.taken', 'lock.left'])
const ends = new Set(['run.succeeded', 'run.failed', 'run.cancelled'])

/** Every stay of every line, in the order in which they began: several times of a loop, items, and lines side by side. */
export function visitsIn(entries: readonly JournalItem[]): readonly Visit[] {
  const visits: Draft[] = []
  const here = new Map<string, Draft>()
  const items = new Map<string, number>()
  const times = new Map<string, number>()
  entries.forEach((item, place) => {
    const entry = item as TokenEntry
    const at = timeOf(item)
    const begin = (node: string, token: string, itemOf: number | null) => {
      const nth = (times.get(node) ?? 0) + 1
      times.set(node, nth)
      if (itemOf !== null) items.set(token, itemOf)
      const visit: Draft = { node, token, nth, item: itemOf, from: at, to: null, first: place, last: place }
      visits.push(visit)
      here.set(token, visit)
    }
    const leave = (token: string) => {
      const visit = here.get(token)
      if (visit === undefined) return
      visit.to = at
      visit.last = place
      here.delete(token)
    }
    const token = entry.token ?? entry.tokens?.[0]
    const inherited = token === undefined ? null : (items.get(token) ?? null)
    if (entry.kind === 'run.started' && entry.node !== undefined) {
      begin(entry.node, `trigger ${entry.node}`, null)
      leave(`trigger ${entry.node}`)
    }
    const visit = entry.token === undefined ? undefined : here.get(entry.token)
    if (visit !== undefined) visit.last = place
    if (leaves.has(entry.kind))
      for (const gone of [...(entry.token === undefined ? [] : [entry.token]), ...(entry.tokens ?? [])]) leave(gone)
    if (entry.line !== undefined) leave(entry.line)
    const isItem = entry.kind === 'each.item-started'
    for (const { id, node } of entry.next ?? [])
      if (id !== undefined) begin(node, id, isItem && entry.index !== undefined ? entry.index + 1 : inherited)
    if (ends.has(entry.kind)) for (const open of [...here.keys()]) leave(open)
  })
  return visits
}

/** The stays of one step that had begun before a moment. */
export function visitsOf(visits: readonly Visit[], node: string, count: number): readonly Visit[] {
  return visits.filter((visit) => visit.node === node && visit.first < count)
}
