import type { Draft } from '../draft.ts'
import type { FlowStore } from '../flow-store.ts'
import { type LabelName, label } from '../label.ts'
import { type Ref, refTarget } from '../model.ts'
import type { Place } from '../shape.ts'

/** Puts things where a drag, the arrows or the layout left them: one entry, however many moved. */
export function moveItems(
  store: FlowStore,
  places: ReadonlyMap<Ref, Place>,
  name: LabelName = 'move',
  more: { readonly merge?: string; readonly after?: (draft: Draft) => void } = {},
): boolean {
  const change = { label: label(name, { count: places.size }), ...(more.merge === undefined ? {} : { merge: more.merge }) }
  return store.change(change, (draft) => {
    for (const [ref, place] of places) {
      const target = refTarget(ref)
      if (target.in === 'edges') continue
      const item = draft.workspace.find(target.in, target.id)
      const [x, y] = item?.at ?? [Number.NaN, Number.NaN]
      if (item !== undefined && (x !== place.x || y !== place.y)) draft.set(target.in, target.id, ['at'], [place.x, place.y])
    }
    more.after?.(draft)
  })
}

/** Moves by the keyboard; a held key is one entry. */
export function nudge(store: FlowStore, refs: Iterable<Ref>, dx: number, dy: number): boolean {
  const { doc } = store.getState()
  const places = new Map<Ref, Place>()
  for (const ref of refs) {
    const target = refTarget(ref)
    if (target.in === 'edges') continue
    const [x, y] = doc[target.in].get(target.id)?.at ?? [0, 0]
    places.set(ref, { x: x + dx, y: y + dy })
  }
  return moveItems(store, places, 'move', { merge: 'nudge' })
}
