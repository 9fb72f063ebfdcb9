import { canonicalJson } from '../canonical.ts'
import type { FlowDefinition, FlowEdge, FlowGroup, FlowNode, FlowNote } from '../definition.ts'
import { changedFields, type FieldChange } from './fields.ts'

export interface Moved {
  readonly id: string
  readonly before: readonly number[] | null
  readonly after: readonly number[] | null
}

export interface Changed {
  readonly id: string
  readonly fields: readonly FieldChange[]
}

export interface PartDiff<Part> {
  readonly added: readonly Part[]
  readonly removed: readonly Part[]
  readonly changed: readonly Changed[]
  /** Only the place on the canvas differs, or differs too. */
  readonly moved: readonly Moved[]
}

/** What two versions of a flow differ in, in the words of the canvas. */
export interface FlowDiff {
  readonly nodes: PartDiff<FlowNode>
  readonly edges: { readonly added: readonly FlowEdge[]; readonly removed: readonly FlowEdge[] }
  readonly groups: PartDiff<FlowGroup>
  readonly notes: PartDiff<FlowNote>
  /** `/settings/…`, `/parameters/…`, `/name`, `/description`, `/key`. */
  readonly settings: readonly FieldChange[]
  /** Nothing differs in what the flow does; it may still be drawn differently. */
  readonly sameBehaviour: boolean
  readonly same: boolean
}

/** @example `diffFlows(published, draft).nodes.changed[0]?.fields // [{ path: '/config/text', before: 'a', after: 'b' }]` */
export function diffFlows(before: FlowDefinition, after: FlowDefinition): FlowDiff {
  const nodes = diffParts(before.nodes, after.nodes)
  const groups = diffParts(before.groups ?? [], after.groups ?? [])
  const notes = diffParts(before.notes ?? [], after.notes ?? [])
  const edges = diffEdges(before.edges, after.edges)
  const settings = changedFields(before, after, '', ['nodes', 'edges', 'groups', 'notes', 'format'])
  const sameBehaviour = isEmpty(nodes) && isEmpty(groups) && edges.added.length + edges.removed.length + settings.length === 0
  const drawn = [nodes, groups, notes].every((part) => part.moved.length === 0)
  return { nodes, edges, groups, notes, settings, sameBehaviour, same: sameBehaviour && drawn && isEmpty(notes) }
}

function isEmpty(part: PartDiff<unknown>): boolean {
  return part.added.length + part.removed.length + part.changed.length === 0
}

interface Placed {
  readonly id: string
  readonly at?: readonly [number, number]
}

function diffParts<Part extends Placed>(before: readonly Part[], after: readonly Part[]): PartDiff<Part> {
  const old = new Map(before.map((part) => [part.id, part]))
  const kept = new Set(after.map((part) => part.id))
  const pairs = after.flatMap((part) => {
    const earlier = old.get(part.id)
    return earlier === undefined ? [] : [[earlier, part] as const]
  })
  return {
    added: after.filter((part) => !old.has(part.id)),
    removed: before.filter((part) => !kept.has(part.id)),
    changed: pairs.flatMap(([earlier, part]) => {
      const fields = changedFields(earlier, part, '', ['at', 'size'])
      return fields.length === 0 ? [] : [{ id: part.id, fields }]
    }),
    moved: pairs.flatMap(([earlier, part]) => (isMoved(earlier, part) ? [movedPart(earlier, part)] : [])),
  }
}

function isMoved(before: Placed, after: Placed): boolean {
  return changedFields([before.at, sizeOf(before)], [after.at, sizeOf(after)]).length > 0
}

function sizeOf(part: Placed & { readonly size?: unknown }): unknown {
  return part.size
}

function movedPart(before: Placed, after: Placed): Moved {
  return { id: after.id, before: before.at ?? null, after: after.at ?? null }
}

function diffEdges(before: readonly FlowEdge[], after: readonly FlowEdge[]): FlowDiff['edges'] {
  const old = new Set(before.map(canonicalJson))
  const kept = new Set(after.map(canonicalJson))
  return { added: after.filter((edge) => !old.has(canonicalJson(edge))), removed: before.filter((edge) => !kept.has(canonicalJson(edge))) }
}
