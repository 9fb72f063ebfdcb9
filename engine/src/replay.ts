/** What a reader of journals needs, in the browser too: the entries and the one function that folds them. */
import { applyAll } from './core/apply.ts'
import type { CompiledFlow } from './core/compiled.ts'
import type { JournalEntry } from './core/entry.ts'
import type { RunState } from './core/run.ts'

export { apply, applyAll } from './core/apply.ts'
export type * from './core/command.ts'
export type * from './core/compiled.ts'
export { digestRun } from './core/digest-run.ts'
export type * from './core/entry.ts'
export type * from './core/ids.ts'
export type * from './core/run.ts'

/** One row of a journal as a store or the HTTP API gives it. */
export interface JournalSlice {
  /** Sequence number of the first entry, counting from 1. */
  readonly seq: number
  readonly entries: readonly JournalEntry[]
}

/**
 * The run as it was after entry number `until`, or after all of them. Time travel is this function with a smaller `until`.
 * @example `foldJournal(flow, rows, 7).tokens`
 */
export function foldJournal(flow: CompiledFlow, rows: readonly JournalSlice[], until: number = Number.POSITIVE_INFINITY): RunState | null {
  const entries: JournalEntry[] = []
  let expected = 1
  for (const { seq, entries: more } of rows) {
    if (seq !== expected) throw new Error(`SLU_JOURNAL_GAP: entry ${expected} is missing, the next one is ${seq}`)
    for (const entry of more) if (expected++ <= until) entries.push(entry)
  }
  return entries.length === 0 ? null : applyAll(flow, null, entries)
}
