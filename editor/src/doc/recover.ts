import type { FlowDefinition } from '@sluice/flows'
import { diffDocuments, mergePatches } from '@sluice/flows/document'
import { fromFile, toFile } from './file.ts'
import type { JournalRecord } from './journal.ts'
import type { FlowDocument } from './model.ts'
import { takeApart } from './take-apart.ts'
import { applyPatches } from './workspace.ts'

/** Work that a closed or killed tab left behind, seen against what the server has now. */
export interface Recovered {
  readonly mine: FlowDocument
  readonly record: JournalRecord
  /** Steps that exist only here, only there, or differ. */
  readonly added: number
  readonly removed: number
  readonly changed: number
}

/** Null when the journal holds nothing that the server lacks. */
export function recover(record: JournalRecord | null, server: FlowDefinition): Recovered | null {
  if (record === null || record.patches.length === 0) return null
  const base = fromFile(record.base)
  const wanted = applyPatches(base, record.patches)
  // Others may have gone on since: what was left behind goes on top of that, property by property.
  const hasMoved = JSON.stringify(record.base) !== JSON.stringify(server)
  const draft = fromFile(server)
  const mine = hasMoved ? mergePatches(draft, takeApart(diffDocuments(base, wanted), draft)).doc : wanted
  if (JSON.stringify(toFile(mine)) === JSON.stringify(server)) return null
  const theirs = fromFile(server)
  const added = [...mine.nodes.keys()].filter((id) => !theirs.nodes.has(id)).length
  const removed = [...theirs.nodes.keys()].filter((id) => !mine.nodes.has(id)).length
  const changed = [...mine.nodes].filter(([id, step]) => {
    const other = theirs.nodes.get(id)
    return other !== undefined && JSON.stringify(other) !== JSON.stringify(step)
  }).length
  return { mine, record, added, removed, changed }
}
