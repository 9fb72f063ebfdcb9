import type { FlowStore } from '../flow-store.ts'
import { label } from '../label.ts'
import { groupRef } from '../model.ts'

/** Folds frames to one card each, or opens them when all of them are folded. Wires keep the ends they have. */
export function toggleFolded(store: FlowStore, ids: readonly string[]): boolean {
  const { doc } = store.getState()
  const opens = ids.every((id) => doc.groups.get(id)?.collapsed === true)
  return store.change(label(opens ? 'unfold' : 'fold'), (draft) => {
    for (const id of ids) draft.set('groups', id, ['collapsed'], opens ? undefined : true)
    draft.selection = new Set(ids.map(groupRef))
  })
}
