import { loadRun } from './live-run.ts'
import type { OutboxRow } from './ports.ts'
import { defineTable } from './records.ts'
import type { Work } from './work.ts'

/**
 * Acts of packs that belong to no run, but that a step ordered: how deep a run would stand that their answer sets off. Otherwise a ring
 * of flows that goes through such an act would begin anew with each round, and never end.
 */
export const behindTable = defineTable<{ readonly effect: string; readonly depth: number }>({
  name: 'engine_behind',
  columns: { effect: { type: 'text' }, depth: { type: 'integer' } },
  primaryKey: ['effect'],
})

/** How deep a run would stand that is set off now: one below the run whose step is on the stack, or that stands behind all this. */
export function depthNow(work: Work): number {
  return work.executing === null ? work.behind : below(work, work.executing)
}

/** For the answer of an act that is ordered now. */
export function keepBehind(work: Work, { id, onResult }: OutboxRow): void {
  const depth = depthNow(work)
  if (depth > 0 && onResult !== null) work.store.records.insert(behindTable, { effect: id, depth })
}

/** Of an act that is over. */
export function takeBehind(work: Work, { id, run }: OutboxRow): number {
  if (run !== null) return below(work, run)
  const depth = work.store.records.find(behindTable, { effect: id })?.depth ?? 0
  if (depth > 0) work.store.records.delete(behindTable, { effect: id })
  return depth
}

function below(work: Work, run: string): number {
  return (loadRun(work, run)?.state?.depth ?? 0) + 1
}
