import type { JournalItem } from '../app/api/shapes.ts'
import { emptyPicture, type Follow, foldAll, type Picture } from './picture.ts'

const checkpointEvery = 200

/** The whole journal of a run with pictures kept along the way, so that any moment is reached in at most 200 folds. */
export interface Timeline {
  readonly entries: readonly JournalItem[]
  /** Moments worth stopping at: entries that change what is seen, as indexes into `entries`. */
  readonly stops: readonly number[]
  readonly startedAt: number
  readonly endedAt: number
  /** Picture after this many entries; the same one while the moment is the same. */
  at(count: number): Picture
}

/** Entries that belong to the one before them and are not worth a stop of their own. */
const quiet = new Set(['timer.fired', 'join.ignored', 'node.retried', 'signal.received', 'lock.freed'])

export function timeline(entries: readonly JournalItem[], follow: Follow): Timeline {
  const checkpoints: Picture[] = [emptyPicture]
  for (let start = 0; start + checkpointEvery <= entries.length; start += checkpointEvery)
    checkpoints.push(foldAll(entries.slice(start, start + checkpointEvery), follow, checkpoints.at(-1)))
  const stops = entries.flatMap((entry, index) => (quiet.has(entry.kind) ? [] : [index]))
  const startedAt = timeOf(entries[0])
  let last = { count: 0, picture: emptyPicture }
  return {
    entries,
    stops,
    startedAt,
    endedAt: Math.max(startedAt, timeOf(entries.at(-1))),
    at(count) {
      const bounded = Math.max(0, Math.min(count, entries.length))
      if (bounded !== last.count) {
        const checkpoint = Math.floor(bounded / checkpointEvery)
        last = { count: bounded, picture: foldAll(entries.slice(checkpoint * checkpointEvery, bounded), follow, checkpoints[checkpoint]) }
      }
      return last.picture
    },
  }
}

export function timeOf(entry: JournalItem | undefined): number {
  return entry === undefined ? 0 : Date.parse(entry.at)
}

/** Entries that a person looks for: people and errors. */
export function isLandmark(entry: JournalItem): boolean {
  return ['task.answered', 'incident.raised', 'node.failed', 'run.failed', 'run.cancelled'].includes(entry.kind)
}

/** What went into a step when it last began before a moment: what left the port whose wire reaches it. */
export function inputOf(
  picture: Picture,
  sources: readonly { readonly node: string; readonly port: string }[],
): readonly { readonly from: string; readonly data: unknown }[] {
  return sources.flatMap(({ node, port }) => {
    const passage = picture.passages.get(`${node}.${port}`)
    return passage === undefined ? [] : [{ from: `${node}.${port}`, data: passage.data }]
  })
}
