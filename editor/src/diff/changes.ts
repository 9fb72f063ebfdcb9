import type { FlowDefinition, FlowDiff, FlowNode } from '@sluice/flows'
import { groupRef, noteRef, type Ref } from '../doc/index.ts'
import { edgeRef, endOf, type Mark } from './union.ts'

/** A field that differs, as it is shown: a list of rows as one table, everything else by itself. */
export interface FieldPair {
  /** JSON pointer into the step, `/config/text`. */
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** One difference a person visits. */
export interface Change {
  readonly kind: 'step' | 'wire' | 'group' | 'note' | 'flow'
  readonly mark: Mark
  /** Where it is on the drawing; null for what belongs to the flow as a whole. */
  readonly ref: Ref | null
  readonly step: FlowNode | null
  readonly wire: { readonly from: string; readonly to: string } | null
  readonly fields: readonly FieldPair[]
}

const nothing = { ref: null, step: null, wire: null, fields: [] } as const

/** Every difference in the order of the drawing: steps, wires, frames, then the flow's own settings; what only moved comes last. */
export function changesOf(before: FlowDefinition, after: FlowDefinition, diff: FlowDiff): readonly Change[] {
  const old = new Map(before.nodes.map((node) => [node.id, node]))
  const added = new Set(diff.nodes.added.map(({ id }) => id))
  const changed = new Map(diff.nodes.changed.map((change) => [change.id, change.fields]))
  const steps = after.nodes.flatMap((step): Change[] => {
    if (added.has(step.id)) return [{ ...nothing, kind: 'step', mark: 'added', ref: step.id, step }]
    const fields = changed.get(step.id)
    if (fields === undefined) return []
    return [{ ...nothing, kind: 'step', mark: 'changed', ref: step.id, step, fields: withTables(fields, old.get(step.id), step) }]
  })
  const gone = diff.nodes.removed.map((step): Change => ({ ...nothing, kind: 'step', mark: 'removed', ref: step.id, step }))
  const wires = (['added', 'removed'] as const).flatMap((mark) =>
    diff.edges[mark].map(
      (edge): Change => ({
        ...nothing,
        kind: 'wire',
        mark,
        ref: edgeRef(edge),
        wire: { from: endOf(edge.from).node, to: endOf(edge.to).node },
      }),
    ),
  )
  const frames = [...framesOf('group', diff.groups, groupRef), ...framesOf('note', diff.notes, noteRef)]
  const flow: readonly Change[] = diff.settings.length === 0 ? [] : [{ ...nothing, kind: 'flow', mark: 'changed', fields: diff.settings }]
  const moved = diff.nodes.moved
    .filter(({ id }) => !changed.has(id))
    .flatMap(({ id }): Change[] => {
      const step = after.nodes.find((node) => node.id === id)
      return step === undefined ? [] : [{ ...nothing, kind: 'step', mark: 'moved', ref: id, step }]
    })
  return [...steps, ...gone, ...wires, ...frames, ...flow, ...moved]
}

function framesOf(kind: 'group' | 'note', part: FlowDiff['groups'] | FlowDiff['notes'], refOf: (id: string) => Ref): readonly Change[] {
  const make = (mark: Mark, id: string, fields: readonly FieldPair[] = []): Change => ({ ...nothing, kind, mark, ref: refOf(id), fields })
  return [
    ...part.added.map(({ id }) => make('added', id)),
    ...part.changed.map(({ id, fields }) => make('changed', id, fields)),
    ...part.removed.map(({ id }) => make('removed', id)),
    ...part.moved.filter(({ id }) => !part.changed.some((change) => change.id === id)).map(({ id }) => make('moved', id)),
  ]
}

/** Cells of one table are told together, by row. */
function withTables(fields: readonly FieldPair[], before: FlowNode | undefined, after: FlowNode): readonly FieldPair[] {
  const result = new Map<string, FieldPair>()
  for (const field of fields) {
    const [, area, name] = field.path.split('/')
    const rows = area === 'config' && name !== undefined ? [before?.config?.[name], after.config?.[name]] : []
    const [old, now] = rows
    if (isTable(old) && isTable(now)) result.set(`/config/${name}`, { path: `/config/${name}`, before: old, after: now })
    else result.set(field.path, field)
  }
  return [...result.values()]
}

export function isTable(value: unknown): value is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row))
}

export function countsOf(changes: readonly Change[]): Readonly<Record<Mark, number>> {
  const counts = { added: 0, removed: 0, changed: 0, moved: 0 }
  for (const { mark } of changes) counts[mark] += 1
  return counts
}
