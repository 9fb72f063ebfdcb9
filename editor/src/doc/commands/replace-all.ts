import type { Draft } from '../draft.ts'
import type { FlowStore } from '../flow-store.ts'
import type { Label } from '../label.ts'
import type { FlowDocument } from '../model.ts'

const collections = ['nodes', 'edges', 'groups', 'notes'] as const

/** The whole drawing becomes another one, as one entry that can be undone. */
export function replaceAll(store: FlowStore, wanted: FlowDocument, name: Label): boolean {
  return store.change(name, (draft) => {
    for (const collection of collections) clear(draft, collection)
    for (const node of wanted.nodes.values()) draft.insert('nodes', node)
    for (const edge of wanted.edges.values()) draft.insert('edges', edge)
    for (const group of wanted.groups.values()) draft.insert('groups', group)
    for (const note of wanted.notes.values()) draft.insert('notes', note)
    for (const field of ['name', 'description', 'settings', 'parameters'] as const) draft.set('head', '', [field], wanted.head[field])
    draft.selection = new Set()
  })
}

function clear(draft: Draft, collection: (typeof collections)[number]): void {
  for (const id of [...draft[collection].keys()]) draft.remove(collection, id)
}
