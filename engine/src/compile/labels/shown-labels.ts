import type { FlowDefinition } from '@sluice/flows'
import { endOf, type Graph } from '../graph.ts'
import { stepIndexes } from '../steps-of-drawing.ts'
import type { FlowLabels } from './flow-labels.ts'
import type { Origin, Subject } from './label.ts'
import type { Value } from './value.ts'

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
  const ids = stepIndexes(graph)
  return edges.map((drawn, edge) => {
    const from = endOf(drawn.from)
    const { subject, categories, purposes, scenes, origin, approvals } = shownOnce(labels.output(ids.get(from.node) ?? -1, from.port))
    return { edge, subject, categories, purposes, scenes, origin, approvals }
  })
}

type Shown = Omit<WireLabel, 'edge'>

const known = new WeakMap<Value, Shown>()

/** Many wires carry one value, and in the editor most carry the same as before. */
function shownOnce(value: Value): Shown {
  let label = known.get(value)
  if (label === undefined) {
    label = shown(value)
    known.set(value, label)
  }
  return label
}

function shown({ whole, members }: Value): Shown {
  const { subject, categories, uses, origin } = whole
  const from = new Set(origin.map((it) => (it === 'quoted' ? 'outside' : it)))
  const parts = [...(members?.values() ?? [])].flatMap((member) => member.whole.approvals ?? [])
  return {
    subject,
    categories,
    purposes: [...new Set(uses.map((use) => use.slice(0, use.indexOf('/'))))].sort(),
    scenes: [...new Set(uses.map((use) => use.slice(use.indexOf('/') + 1)))].sort(),
    origin: (['system', 'person', 'model', 'outside'] as const).filter((it) => from.has(it)),
    approvals: [...new Set([...(whole.approvals ?? []), ...parts])].sort(),
  }
}
