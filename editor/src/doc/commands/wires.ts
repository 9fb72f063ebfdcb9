import type { Catalogue } from '../catalogue.ts'
import { type Refusal, refusal } from '../compat.ts'
import type { FlowStore } from '../flow-store.ts'
import { label } from '../label.ts'
import type { End } from '../model.ts'

/** Draws a wire, or says why not. */
export function connect(store: FlowStore, catalogue: Catalogue, from: End, to: End): Refusal | null {
  const no = refusal(store.getState().doc, catalogue, from, to)
  if (no === null) store.change(label('connect'), (draft) => draft.connect(from, to))
  return no
}

/** Moves one end of a wire to another port; null ends nowhere, which takes the wire away. */
export function reconnect(store: FlowStore, catalogue: Catalogue, edgeId: string, side: 'from' | 'to', end: End | null): Refusal | null {
  const doc = store.getState().doc
  const edge = doc.edges.get(edgeId)
  if (edge === undefined) return null
  if (end === null) {
    disconnect(store, [edgeId])
    return null
  }
  const from = side === 'from' ? end : edge.from
  const to = side === 'to' ? end : edge.to
  const no = refusal(doc, catalogue, from, to)
  if (no === null) {
    store.change(label('reconnect'), (draft) => {
      draft.disconnect(edgeId)
      draft.connect(from, to)
    })
  }
  return no
}

export function disconnect(store: FlowStore, edgeIds: readonly string[], name: 'disconnect' | 'cut-wires' = 'disconnect'): void {
  store.change(label(name, { count: edgeIds.length }), (draft) => {
    for (const id of edgeIds) draft.disconnect(id)
  })
}
