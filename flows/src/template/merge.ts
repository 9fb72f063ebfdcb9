import { canonicalJson } from '../canonical.ts'
import type { FlowDefinition } from '../definition.ts'
import { pointer } from '../pointer.ts'

export type Side = 'ours' | 'theirs'

/** Both sides changed the same thing, each in its own way. A side is undefined where the thing was taken away. */
export interface MergeConflict {
  /** Steps, wires and frames by their id: `/nodes/ask/config/title`. */
  readonly path: string
  readonly base: unknown
  readonly ours: unknown
  readonly theirs: unknown
}

export interface Merged {
  readonly flow: FlowDefinition
  /** Every conflict, also those a choice settled. Without a choice ours stays. */
  readonly conflicts: readonly MergeConflict[]
  /** Conflicts nobody chose a side for. */
  readonly open: readonly string[]
}

type Tree = { readonly [name: string]: unknown }

/**
 * Brings what changed between two versions of a template into a copy that was changed meanwhile. What one side left as it was follows the
 * other. Places on the drawing never conflict: ours stay. A wire whose step is gone goes too.
 */
export function mergeFlows(
  base: FlowDefinition,
  theirs: FlowDefinition,
  ours: FlowDefinition,
  choices: { readonly [path: string]: Side } = {},
): Merged {
  const conflicts: MergeConflict[] = []
  const open: string[] = []
  const settle = (conflict: MergeConflict): unknown => {
    if (/^\/(nodes|groups|notes)\/[^/]+\/(at|size)$/.test(conflict.path)) return conflict.ours
    conflicts.push(conflict)
    const side = Object.hasOwn(choices, conflict.path) ? choices[conflict.path] : undefined
    if (side === undefined) open.push(conflict.path)
    return side === 'theirs' ? conflict.theirs : conflict.ours
  }
  const merged = merge(treeOf(base), treeOf(theirs), treeOf(ours), '', settle) as Tree
  return { flow: flowOf(merged, ours.key), conflicts, open }
}

function merge(base: unknown, theirs: unknown, ours: unknown, path: string, settle: (conflict: MergeConflict) => unknown): unknown {
  if (same(ours, theirs) || same(base, theirs)) return ours
  if (same(base, ours)) return theirs
  if (isTree(ours) && isTree(theirs) && (isTree(base) || base === undefined)) {
    const known = isTree(base) ? base : {}
    const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
    const entries = names.map((name) => [name, merge(own(known, name), own(theirs, name), own(ours, name), pointer(path, name), settle)])
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  }
  return settle({ path, base, ours, theirs })
}

function own(tree: Tree, name: string): unknown {
  return Object.hasOwn(tree, name) ? tree[name] : undefined
}

function same(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return left === right
  return canonicalJson(left) === canonicalJson(right)
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Lists by the id of their things, so that the same step is compared with itself wherever it stands. */
function treeOf({ nodes, edges, groups = [], notes = [], key: _own, format, parameters: _asked, ...head }: FlowDefinition): Tree {
  const byId = (items: readonly { readonly id: string }[]) => Object.fromEntries(items.map((item) => [item.id, item]))
  return {
    format,
    head,
    nodes: byId(nodes),
    edges: Object.fromEntries(edges.map((edge) => [`${edge.from}>${edge.to}`, edge])),
    groups: byId(groups),
    notes: byId(notes),
  }
}

function flowOf(tree: Tree, key: string): FlowDefinition {
  const { format, head, nodes, edges, groups, notes } = tree as unknown as {
    readonly format: FlowDefinition['format']
    readonly head: Pick<FlowDefinition, 'name'>
    readonly nodes: Readonly<Record<string, FlowDefinition['nodes'][number]>>
    readonly edges: Readonly<Record<string, FlowDefinition['edges'][number]>>
    readonly groups: Readonly<Record<string, NonNullable<FlowDefinition['groups']>[number]>>
    readonly notes: Readonly<Record<string, NonNullable<FlowDefinition['notes']>[number]>>
  }
  const here = (end: string) =>
    Object.hasOwn(nodes, end.slice(0, end.indexOf('.'))) || Object.hasOwn(groups, end.slice(0, end.indexOf('.')))
  return {
    format,
    key,
    ...head,
    nodes: Object.values(nodes),
    edges: Object.values(edges).filter(({ from, to }) => here(from) && here(to)),
    groups: Object.values(groups),
    notes: Object.values(notes),
  }
}
