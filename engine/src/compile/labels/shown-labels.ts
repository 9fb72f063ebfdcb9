import type { FlowDefinition } from '@sluice/flows'
import { endOf, type Graph } from '../graph.ts'
import type { FlowLabels } from './flow-labels.ts'
import type { Label, Origin, Subject } from './label.ts'

/** The label of one wire as people and other programs read it (ARCHITECTURE.md §5). */
export interface WireLabel {
  /** Index of the wire in `edges`. */
  readonly edge: number
  readonly subject: Subject
  readonly categories: readonly string[]
  readonly purposes: readonly string[]
  readonly scenes: readonly string[]
  readonly origin: readonly Exclude<Origin, 'quoted'>[]
  /** Steps at which a person approved exactly what is in it, or a part of it. */
  readonly approvals: readonly string[]
}

export function shownLabels({ edges }: FlowDefinition, graph: Graph, labels: FlowLabels): readonly WireLabel[] {
  const ids = new Map(graph.nodes.map((node) => [node.id, node.index]))
  return edges.map((drawn, edge) => {
    const from = endOf(drawn.from)
    const index = ids.get(from.node) ?? -1
    const value = labels.output(index, from.port)
    const parts = [...(value.members?.values() ?? [])].flatMap(({ whole }) => whole.approvals ?? [])
    return { edge, ...shown(value.whole), approvals: [...new Set([...(value.whole.approvals ?? []), ...parts])].sort() }
  })
}

function shown({ subject, categories, uses, origin }: Label): Omit<WireLabel, 'edge' | 'approvals'> {
  const parts = uses.map((use) => [use.slice(0, use.indexOf('/')), use.slice(use.indexOf('/') + 1)] as const)
  const from = new Set(origin.map((it) => (it === 'quoted' ? 'outside' : it)))
  return {
    subject,
    categories,
    purposes: [...new Set(parts.map(([purpose]) => purpose))].sort(),
    scenes: [...new Set(parts.map(([, scene]) => scene))].sort(),
    origin: (['system', 'person', 'model', 'outside'] as const).filter((it) => from.has(it)),
  }
}
