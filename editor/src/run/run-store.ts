import { createStore, type StoreApi } from 'zustand/vanilla'
import type { JournalItem, RunStateName } from '../app/api/shapes.ts'
import { mergeBySeq } from '../app/api/stream-merge.ts'
import { type Follow, foldAll, type Picture } from './picture.ts'
import { timeOf } from './timeline.ts'

/** Runs of one flow as they happen, apart from the document: nothing here is ever saved with the flow. */
export interface RunView {
  /** Run whose states are drawn on the steps. */
  readonly followed: string | null
  readonly picture: Picture | null
  readonly known: ReadonlyMap<string, KnownRun>
  /** The picture is a simulation's: live runs go on beneath it and are not drawn. */
  readonly simulated: boolean
}

export interface KnownRun {
  readonly id: string
  readonly version: number
  readonly status: RunStateName
  readonly startedAt: number
  readonly entries: readonly JournalItem[]
}

export interface RunMessage {
  readonly run: string
  readonly version: number
  readonly status: RunStateName
  readonly entries: readonly JournalItem[]
}

export interface RunStore extends StoreApi<RunView> {
  take(messages: readonly RunMessage[]): void
  /** Draws one run; null draws all. */
  follow(run: string | null): void
  /** Draws this picture instead of any run; null gives the drawing back. */
  show(picture: Picture | null): void
  /** The journal as read from the server, for a run that was under way before the stream began. */
  load(run: string, version: number, status: RunStateName, entries: readonly JournalItem[]): void
}

/** Runs kept in memory; the oldest ended ones go first. */
const runsMax = 60
const ended = new Set<RunStateName>(['succeeded', 'failed', 'cancelled'])

export function createRunStore(followPort: Follow): RunStore {
  const store = createStore<RunView>(() => ({ followed: null, picture: null, known: new Map(), simulated: false }))

  /** The followed run as it was folded last: what came since is all there is to fold. */
  let folded: { readonly run: string; readonly entries: readonly JournalItem[]; readonly picture: Picture } | null = null

  function pictureOf({ id, entries, status }: KnownRun): Picture {
    const before = folded !== null && folded.run === id && goesOn(folded.entries, entries) ? folded : null
    const picture = foldAll(before === null ? entries : entries.slice(before.entries.length), followPort, before?.picture)
    folded = { run: id, entries, picture }
    return { ...picture, status }
  }

  function publish(known: ReadonlyMap<string, KnownRun>, followed: string | null): void {
    const run = followed === null ? undefined : known.get(followed)
    const { simulated, picture } = store.getState()
    store.setState({ known, followed, picture: simulated ? picture : run === undefined ? null : pictureOf(run) })
  }

  return Object.assign(store, {
    take(messages: readonly RunMessage[]) {
      const known = new Map(store.getState().known)
      let { followed } = store.getState()
      for (const message of messages) {
        const before = known.get(message.run)
        const entries = mergeBySeq(before?.entries ?? [], message.entries)
        const startedAt = before?.startedAt ?? timeOf(entries[0])
        known.set(message.run, { id: message.run, version: message.version, status: message.status, startedAt, entries })
        const current = followed === null ? undefined : known.get(followed)
        // The newest run is the one people look for, unless they chose one that still runs.
        if (before === undefined && (current === undefined || ended.has(current.status))) followed = message.run
      }
      publish(trimmed(known, followed), followed)
    },
    follow(run: string | null) {
      publish(store.getState().known, run)
    },
    show(picture: Picture | null) {
      store.setState({ picture, simulated: picture !== null })
      if (picture === null) publish(store.getState().known, store.getState().followed)
    },
    load(run: string, version: number, status: RunStateName, entries: readonly JournalItem[]) {
      const known = new Map(store.getState().known)
      const merged = mergeBySeq(entries, known.get(run)?.entries ?? [])
      known.set(run, { id: run, version, status, startedAt: timeOf(merged[0]), entries: merged })
      publish(known, run)
    },
  })
}

function trimmed(known: Map<string, KnownRun>, followed: string | null): ReadonlyMap<string, KnownRun> {
  const old = [...known.values()].filter((run) => run.id !== followed && ended.has(run.status)).sort((a, b) => a.startedAt - b.startedAt)
  for (const run of old.slice(0, Math.max(0, known.size - runsMax))) known.delete(run.id)
  return known
}

/** What was known is still the beginning: nothing came in between. */
function goesOn(before: readonly JournalItem[], now: readonly JournalItem[]): boolean {
  return before.length > 0 && now[before.length - 1] === before.at(-1) && now[0] === before[0]
}
