import type { FlowDocument, Group } from './model.ts'

/** What a folded frame takes away from the drawing. Its steps stay in the document, with their wires. */
export interface Folded {
  /** The frame each hidden step stands in. */
  readonly steps: ReadonlyMap<string, string>
  /** Frames that lie wholly inside a folded one. */
  readonly groups: ReadonlySet<string>
}

const nothing: Folded = { steps: new Map(), groups: new Set() }
const known = new WeakMap<ReadonlyMap<string, Group>, Folded>()

/** Worked out once for each set of frames. */
export function foldedIn(groups: FlowDocument['groups']): Folded {
  const before = known.get(groups)
  if (before !== undefined) return before
  const closed = [...groups.values()].filter((group) => group.collapsed === true)
  const found = closed.length === 0 ? nothing : fold(closed, groups)
  known.set(groups, found)
  return found
}

/** The widest frame takes what lies in several. */
function fold(closed: readonly Group[], groups: FlowDocument['groups']): Folded {
  const steps = new Map<string, string>()
  const inner = new Set<string>()
  for (const group of [...closed].sort((a, b) => b.nodes.length - a.nodes.length)) {
    if (inner.has(group.id)) continue
    for (const id of group.nodes) if (!steps.has(id)) steps.set(id, group.id)
    const own = new Set(group.nodes)
    for (const other of groups.values())
      if (other.id !== group.id && other.nodes.length > 0 && other.nodes.every((id) => own.has(id)) && !inner.has(other.id))
        if (other.nodes.length < own.size || other.collapsed !== true || other.id > group.id) inner.add(other.id)
  }
  return { steps, groups: inner }
}
