import type { FeedItem } from '@sluice/engine/worker'
import { journalItem } from '@sluice/nodes/simulate'
import type { Lens, Sight } from '@sluice/sdk/server'
import type { RunsReader } from '../hosts/sqlite/reader/index.ts'
import { runLens, seenItem } from '../http/routes/run-lens.ts'
import type { HistoryEntry } from './history.ts'

/** Writes an entry as one reader may see it. */
export type Framer = (entry: HistoryEntry, sight: Sight) => string

/**
 * Many screens with the same rights share one text. It is written at the moment it is sent and kept for that moment only: what was
 * shown a minute ago may be frozen now.
 */
export function framer(runs: RunsReader): Framer {
  const texts = new Map<string, string>()
  return ({ id, item }, sight) => {
    const known = texts.get(sight.key)
    if (known !== undefined) return known
    const text = `id: ${id}\nevent: ${item.kind}\ndata: ${JSON.stringify(dataOf(item, runs, sight))}\n\n`
    texts.set(sight.key, text)
    return text
  }
}

function dataOf(item: FeedItem, runs: RunsReader, sight: Sight): unknown {
  if (item.kind === 'topic') return { ...item.data, topic: item.topic }
  const { run, flow, version, status, seq, entries } = item
  const lens = lensOf(item, runs, sight)
  const shown = entries.map((entry, index) => journalItem(seenItem({ seq: seq + index, entry }, lens)))
  return { run, flow, version, status, seq, entries: shown }
}

function lensOf({ run, entries }: Extract<FeedItem, { kind: 'run' }>, runs: RunsReader, sight: Sight): Lens {
  const begun = runs.find(run)
  return begun === null ? sight.on(null, entries) : runLens(runs, begun, sight, entries)
}
