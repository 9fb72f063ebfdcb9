import type { FlowEditor } from '../canvas/flow-editor.ts'
import { type Draft, type Loss, label } from '../doc/index.ts'

/** Gives somebody their lost change back, as one change that can be undone. */
export function putBack({ flow }: Pick<FlowEditor, 'flow'>, loss: Loss): boolean {
  if (loss.kind === 'removed') return flow.change(label('restore'), (draft) => bringBack(draft, loss))
  const { in: part, id, path } = loss.place
  const value = loss.kind === 'covered' ? loss.theirs : loss.mine
  return flow.change(label('restore'), (draft) => {
    // What was taken out of a frame because it is gone does not come back with it.
    const isThere = (node: unknown) => typeof node === 'string' && draft.nodes.has(node)
    const members = part === 'groups' && path[0] === 'nodes' && Array.isArray(value) ? value.filter(isThere) : value
    if (path.length > 0) draft.set(part, id, path, members)
  })
}

function bringBack(draft: Draft, { item, wires }: Extract<Loss, { kind: 'removed' }>): void {
  if (draft.workspace.find(item.in, item.value.id) !== undefined) return
  if (item.in === 'groups') draft.insert('groups', { ...item.value, nodes: item.value.nodes.filter((node) => draft.nodes.has(node)) })
  else if (item.in === 'nodes') draft.insert('nodes', item.value)
  else draft.insert('notes', item.value)
  const isThere = (node: string) => draft.nodes.has(node) || draft.groups.has(node)
  for (const { from, to } of wires) if (isThere(from.node) && isThere(to.node)) draft.connect(from, to)
}
