import type { FlowDefinition, FlowDiff, FlowEdge } from '@sluice/flows'
import { groupRef, noteRef, type Ref, wireId } from '../doc/index.ts'

/** What became of a thing between two versions. Only its place on the canvas: moved. */
export type Mark = 'added' | 'removed' | 'changed' | 'moved'
export type Marks = ReadonlyMap<Ref, Mark>

/** Both versions in one drawing: everything of the new one, and the ghosts of what is gone at their old places. */
export function unionOf(after: FlowDefinition, { nodes, edges, groups, notes }: FlowDiff): FlowDefinition {
  return {
    ...after,
    nodes: [...after.nodes, ...nodes.removed],
    edges: [...after.edges, ...edges.removed],
    groups: [...(after.groups ?? []), ...groups.removed],
    notes: [...(after.notes ?? []), ...notes.removed],
  }
}

/** One mark for each thing that differs; what changed and moved counts as changed. */
export function marksOf({ nodes, edges, groups, notes }: FlowDiff): Marks {
  const marks = new Map<Ref, Mark>()
  const parts = [
    [nodes, (id: string) => id],
    [groups, groupRef],
    [notes, noteRef],
  ] as const
  for (const [part, refOf] of parts) {
    for (const { id } of part.moved) marks.set(refOf(id), 'moved')
    for (const { id } of part.changed) marks.set(refOf(id), 'changed')
    for (const { id } of part.added) marks.set(refOf(id), 'added')
    for (const { id } of part.removed) marks.set(refOf(id), 'removed')
  }
  for (const edge of edges.added) marks.set(edgeRef(edge), 'added')
  for (const edge of edges.removed) marks.set(edgeRef(edge), 'removed')
  return marks
}

export function edgeRef({ from, to }: FlowEdge): Ref {
  return wireId(endOf(from), endOf(to))
}

export function endOf(text: string): { readonly node: string; readonly port: string } {
  const dot = text.indexOf('.')
  return { node: text.slice(0, dot), port: text.slice(dot + 1) }
}
