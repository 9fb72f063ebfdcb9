import type { End, FlowDocument, Group } from './model.ts'
import { wireId } from './model.ts'
import type { Patch } from './patch.ts'
import { Workspace } from './workspace.ts'

export interface Merge {
  readonly doc: FlowDocument
  /** What really changed, with what had to follow: apply these elsewhere and the same document stands there. */
  readonly patches: readonly Patch[]
  /** What came to nothing, because its step is gone or its name is taken. */
  readonly dropped: readonly Patch[]
}

/**
 * Applies somebody's patches to a document that may have moved on since they were made. The later one wins at each property; structure
 * wins over properties. Wires lose their end with the step they hang on, frames their member, so that a merged flow is always a flow.
 */
export function mergePatches(doc: FlowDocument, patches: readonly Patch[]): Merge {
  const workspace = new Workspace(doc)
  const dropped: Patch[] = []
  let structure = false
  for (const patch of patches) {
    if (!fits(workspace, patch) || !workspace.apply(patch)) {
      if (!saysNothing(workspace, patch)) dropped.push(patch)
    } else if (patch.op !== 'set' || patch.in === 'groups') structure = true
  }
  if (structure) mend(workspace)
  return { doc: workspace.finish(), patches: workspace.forward, dropped }
}

function fits(workspace: Workspace, patch: Patch): boolean {
  if (patch.op !== 'insert' || patch.in !== 'edges') return true
  const { id, from, to } = patch.value
  return id === wireId(from, to) && isThere(workspace, from) && isThere(workspace, to)
}

/** A value that stands there already, a step that is gone already: nothing was lost. */
function saysNothing(workspace: Workspace, patch: Patch): boolean {
  if (patch.op === 'remove') return true
  if (patch.op === 'insert') return patch.in === 'edges' && workspace.find('edges', patch.value.id) !== undefined
  return patch.in === 'head' || workspace.find(patch.in, patch.id) !== undefined
}

function isThere(workspace: Workspace, end: End): boolean {
  return workspace.find('nodes', end.node) !== undefined || workspace.find('groups', end.node) !== undefined
}

function mend(workspace: Workspace): void {
  for (const edge of [...workspace.read('edges').values()]) {
    if (!isThere(workspace, edge.from) || !isThere(workspace, edge.to)) workspace.apply({ op: 'remove', in: 'edges', id: edge.id })
  }
  for (const group of [...workspace.read('groups').values()]) keepMembers(workspace, group)
}

function keepMembers(workspace: Workspace, { id, nodes }: Group): void {
  // What came over a wire is read as a file only afterwards.
  if (!Array.isArray(nodes)) return
  const there = nodes.filter((node) => workspace.find('nodes', node) !== undefined)
  if (there.length < nodes.length) workspace.apply({ op: 'set', in: 'groups', id, path: ['nodes'], value: there })
}
