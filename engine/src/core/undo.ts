import type { CompiledFlow } from './compiled.ts'
import type { NodeId, ScopeId } from './ids.ts'
import { holds, regionKey } from './regions.ts'
import type { RunState, Undoable, Undoing } from './run.ts'
import { isUndoScope } from './scopes.ts'

/** Under which name a run keeps what it undoes; the whole run under ''. */
export function undoKey(region: NodeId | null, item: ScopeId | null): string {
  return region === null ? '' : regionKey(region, item)
}

/** Whether a line in this scope undoes a step. */
export function inUndoLine(run: RunState, from: ScopeId): boolean {
  if (run.undoing === undefined) return false
  for (let id: ScopeId | null = from; id !== null; id = run.scopes[id]?.parent ?? null) if (isUndoScope(run, id)) return true
  return false
}

type Place = Pick<Undoing, 'region' | 'item'>

/** Whether a step of this place and these items belongs to what is undone there. */
function belongs(flow: CompiledFlow, { region, item }: Place, node: NodeId, items: readonly ScopeId[]): boolean {
  return region === null || (holds(flow, region, node) && (item === null || items.includes(item)))
}

/** What is undone already within a place that is to be undone as a whole. */
export function undoingWithin(flow: CompiledFlow, run: RunState, place: Place): readonly Undoing[] {
  const own = undoKey(place.region, place.item)
  return Object.entries(run.undoing ?? {}).flatMap(([key, one]) =>
    key !== own && one.region !== null && belongs(flow, place, one.region, one.items) ? [one] : [],
  )
}

/** Completed steps of a place, what was done last first; what it or a group within it had still to undo is among them. */
export function stepsToUndo(flow: CompiledFlow, run: RunState, place: Place): readonly Undoable[] {
  const done = (run.done ?? []).filter(({ node, items }) => belongs(flow, place, node, items))
  const within = undoingWithin(flow, run, place).flatMap(({ todo }) => todo)
  const left = run.undoing?.[undoKey(place.region, place.item)]?.todo ?? []
  return [...done, ...within, ...left].sort((left, right) => right.seq - left.seq)
}
