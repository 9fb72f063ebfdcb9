import type { JournalItem } from '../app/api/shapes.ts'

/** What one stay at a step gave: by which port it left, and what. */
interface Left {
  readonly node: string
  readonly nth: number
  readonly port: string
  readonly data: unknown
  /** Place in the journal. */
  readonly place: number
}

export interface RunDifference {
  readonly node: string
  /** Which time of the step, from 1. */
  readonly nth: number
  readonly kind: 'only-here' | 'only-there' | 'port' | 'data'
  readonly here: Left | null
  readonly there: Left | null
}

const differencesMax = 500

/** Where two runs went apart: in the order of the run in front, then what only the other one did. */
export function compareRuns(here: readonly JournalItem[], there: readonly JournalItem[]): readonly RunDifference[] {
  const mine = leftIn(here)
  const theirs = leftIn(there)
  const found: RunDifference[] = []
  for (const [key, left] of mine) {
    const other = theirs.get(key) ?? null
    const base = { node: left.node, nth: left.nth, here: left, there: other }
    if (other === null) found.push({ ...base, kind: 'only-here' })
    else if (other.port !== left.port) found.push({ ...base, kind: 'port' })
    else if (JSON.stringify(other.data) !== JSON.stringify(left.data)) found.push({ ...base, kind: 'data' })
  }
  for (const [key, other] of theirs)
    if (!mine.has(key)) found.push({ node: other.node, nth: other.nth, kind: 'only-there', here: null, there: other })
  return found.slice(0, differencesMax)
}

function leftIn(entries: readonly JournalItem[]): ReadonlyMap<string, Left> {
  const found = new Map<string, Left>()
  const times = new Map<string, number>()
  entries.forEach((entry, place) => {
    if (entry.node === undefined || !(entry.kind === 'run.started' || entry.port != null)) return
    const { node } = entry
    const nth = (times.get(node) ?? 0) + 1
    times.set(node, nth)
    found.set(`${node} ${nth}`, { node, nth, port: entry.port ?? 'out', data: entry.data ?? null, place })
  })
  return found
}
