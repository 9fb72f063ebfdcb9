import type { RunStateName } from '../app/api/shapes.ts'

export type LivePlaceState = 'running' | 'waiting' | 'incident'

export interface LiveRun {
  readonly run: string
  readonly seq: number
  readonly places: readonly { readonly node: string; readonly state: LivePlaceState; readonly count: number }[]
}

export type Counts = Readonly<Record<LivePlaceState, number>>

/** Runs that are asked for by name in one request; when more changed, all are read anew. */
export const changedMax = 100

const live: ReadonlySet<RunStateName> = new Set(['running', 'waiting', 'incident'])

/**
 * Where all live runs of a flow stand. The stream says only which runs changed; each of them is then replaced as a whole by what the
 * server says of it, so that an entry heard twice, late or never cannot make a count wrong.
 */
export interface LiveCounts {
  /** A run did something. */
  hear(run: string, status: RunStateName): void
  /** What to ask for next: names of runs, `all`, or nothing. What is heard from now on counts as newer than the answer. */
  ask(): readonly string[] | 'all' | null
  /** The answer to the last question. */
  answer(runs: readonly LiveRun[]): void
  /** The question was not answered, or the line was cut: everything is read anew. */
  lose(): void
  readonly size: number
  /** The runs that stand at a step, the newest first. */
  at(node: string): readonly { readonly run: string; readonly state: LivePlaceState }[]
  totals(): ReadonlyMap<string, Counts>
}

export function liveCounts(): LiveCounts {
  let runs = new Map<string, LiveRun>()
  let isLost = true
  const changed = new Set<string>()
  /** Ended since the question was asked: an answer may still hold them. */
  const ended = new Set<string>()
  let asked: readonly string[] | 'all' | null = null
  return {
    hear(run, status) {
      if (live.has(status)) {
        changed.add(run)
        ended.delete(run)
        return
      }
      changed.delete(run)
      runs.delete(run)
      ended.add(run)
    },
    ask() {
      ended.clear()
      asked = isLost || changed.size > changedMax ? 'all' : changed.size === 0 ? null : [...changed]
      if (asked !== null) changed.clear()
      if (asked === 'all') isLost = false
      return asked
    },
    answer(found) {
      if (asked === 'all') runs = new Map()
      else for (const run of asked ?? []) runs.delete(run)
      for (const run of found) if (!ended.has(run.run)) runs.set(run.run, run)
      asked = null
    },
    lose() {
      isLost = true
      asked = null
    },
    get size() {
      return runs.size
    },
    at(node) {
      const here = [...runs.values()].flatMap(({ run, places }) =>
        places.flatMap((place) => (place.node === node ? [{ run, state: place.state }] : [])),
      )
      return here.sort((a, b) => (a.run < b.run ? 1 : -1))
    },
    totals() {
      const totals = new Map<string, Record<LivePlaceState, number>>()
      for (const { places } of runs.values())
        for (const { node, state, count } of places) {
          const sum = totals.get(node) ?? { running: 0, waiting: 0, incident: 0 }
          sum[state] += count
          totals.set(node, sum)
        }
      return totals
    },
  }
}
