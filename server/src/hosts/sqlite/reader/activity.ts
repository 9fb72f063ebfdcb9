/** What the canvas shows of all runs of a flow at once. Each read is short; who adds them up leaves the thread in between. */
import type { JournalEntry, RunState } from '@sluice/engine/core'
import type { Database } from 'better-sqlite3'
import { encodeTime } from 'ulid'
import { unpackEntries } from '../store/packed-entries.ts'
import { storedJson } from '../stored-json.ts'

/** How many lines of a live run stand at a step, and how they stand. */
export interface LivePlace {
  readonly node: string
  readonly state: 'running' | 'waiting' | 'incident'
  readonly count: number
}

export interface LiveRun {
  readonly run: string
  /** Journal entries this is after. */
  readonly seq: number
  readonly places: readonly LivePlace[]
}

export const activityLimits = {
  /** Runs whose places, or whose journals, are read for one answer. */
  runsMax: 1_000,
  /** Live runs of all flows that are looked through for those of one. */
  scannedMax: 20_000,
  stateCharsMax: 16 * 1024 * 1024,
  /** Journal entries that are added up for one answer. */
  entriesMax: 50_000,
} as const

export interface ActivityReader {
  /** Live runs of a flow, those in trouble first; `more`: there are others, or may be. */
  liveIds(flow: string): { readonly ids: readonly string[]; readonly more: boolean }
  /** Null once it ended, and for a run of another flow. */
  places(flow: string, run: string): { readonly live: LiveRun; readonly chars: number } | null
  /** Runs of a flow begun since then, newest first. */
  begunIds(flow: string, from: number): { readonly ids: readonly string[]; readonly more: boolean }
  /** The first entries of a run's journal, at least this many if it has so many. */
  entries(run: string, entriesMax: number): readonly JournalEntry[]
}

const liveStates = ['incident', 'running', 'waiting'] as const

export function activityReader(db: Database): ActivityReader {
  const { runsMax, scannedMax } = activityLimits
  // `<> 'succeeded'` is what lets the partial index serve; the inner limit bounds what other flows' live runs can cost.
  const live = db.prepare<[string, string], { id: string }>(
    `SELECT id FROM (SELECT id, flow FROM runs WHERE status = ? AND status <> 'succeeded' ORDER BY id DESC LIMIT ${scannedMax})
     WHERE flow = ? LIMIT ${runsMax + 1}`,
  )
  const beyond = db.prepare<[string], { id: string }>(
    `SELECT id FROM runs WHERE status = ? AND status <> 'succeeded' ORDER BY id DESC LIMIT 1 OFFSET ${scannedMax}`,
  )
  const state = db.prepare<[string, string], { seq: number; state: string | null }>('SELECT seq, state FROM runs WHERE id = ? AND flow = ?')
  const begun = db.prepare<[string, string], { id: string }>(
    `SELECT id FROM runs WHERE flow = ? AND id >= ? ORDER BY id DESC LIMIT ${runsMax + 1}`,
  )
  const journal = db.prepare<[string], { run: string; at: number; count: number; entries: string }>(
    'SELECT run, at, count, entries FROM journal WHERE run = ? ORDER BY seq',
  )
  const first = (ids: readonly string[]) => ({ ids: ids.slice(0, runsMax), more: ids.length > runsMax })
  return {
    liveIds(flow) {
      const { ids, more } = first(liveStates.flatMap((status) => live.all(status, flow).map(({ id }) => id)))
      return { ids, more: more || liveStates.some((status) => beyond.get(status) !== undefined) }
    },
    places(flow, run) {
      const row = state.get(run, flow)
      if (row === undefined || row.state === null) return null
      const { tokens } = storedJson<RunState>(row.state)
      const counts = new Map<string, LivePlace>()
      for (const token of Object.values(tokens)) {
        const stands = token.state === 'ready' ? 'running' : token.state
        const key = `${token.node} ${stands}`
        counts.set(key, { node: token.node, state: stands, count: (counts.get(key)?.count ?? 0) + 1 })
      }
      return { live: { run, seq: row.seq, places: [...counts.values()] }, chars: row.state.length }
    },
    begunIds: (flow, from) => first(begun.all(flow, encodeTime(Math.max(0, Math.floor(from)), 10)).map(({ id }) => id)),
    entries(run, entriesMax) {
      const found: JournalEntry[] = []
      for (const row of journal.iterate(run)) {
        found.push(...unpackEntries(row, row.entries))
        if (found.length >= entriesMax) break
      }
      return found
    },
  }
}
