import type { JournalEntry } from '@sluice/engine/core'

/**
 * One journal entry as people read it: the common fields in front, `data` and `why` where the entry has them. `entry` is the entry
 * itself, which the editor folds with the engine's own `apply`.
 */
export function journalItem({ seq, entry }: { readonly seq: number; readonly entry: JournalEntry }) {
  return {
    seq,
    at: new Date(entry.at).toISOString(),
    kind: entry.kind,
    node: 'node' in entry ? entry.node : null,
    port: 'port' in entry ? entry.port : null,
    data: dataOf(entry),
    why: 'why' in entry ? entry.why : null,
    entry,
  }
}

function dataOf(entry: JournalEntry): unknown {
  if ('data' in entry) return entry.data
  if ('output' in entry) return entry.output
  if ('error' in entry) return entry.error
  return 'event' in entry ? entry.event : null
}
