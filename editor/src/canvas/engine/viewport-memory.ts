import type { Viewport } from '@xyflow/react'
import type { ViewMemory } from './opening-view.ts'
import { zooms } from './whole-view.ts'

const prefix = 'sluice.view.'
/** Further away than seven digits nothing can stand. */
const shape = /^(-?\d{1,7}),(-?\d{1,7}),([\d.]{1,7})$/

/** What this tab keeps, and what the address said then: as long as it still says so, the tab knows better. */
type Kept = Viewport & { readonly named?: string | null }

let last: Viewport | null = null

/** A flow opens where its address says, else where it was left in this tab. */
export const viewMemory: ViewMemory = {
  read,
  keep: keepView,
  moved(key, view) {
    keepView(key, view)
    last = view
    void import('./view-address.ts').then(
      // Of two that wait for the first fetch the later one may be told sooner.
      ({ nameView }) => view === last && nameView(key, view),
      () => undefined,
    )
  },
}

export function keepView(key: string, view: Viewport): void {
  try {
    sessionStorage.setItem(prefix + key, JSON.stringify({ ...view, named: named() }))
  } catch {
    // Without storage the flow opens where its address says, or whole.
  }
}

/** What an address says, which anybody may have written. */
export function viewFrom(text: string | null): Viewport | null {
  const [x = 0, y = 0, zoom = 0] = (shape.exec(text ?? '')?.slice(1) ?? []).map(Number)
  return zoom >= zooms.min && zoom <= zooms.max ? { x, y, zoom } : null
}

function named(): string | null {
  return new URLSearchParams(location.search).get('view')
}

function read(key: string): Viewport | null {
  const text = named()
  const view = viewFrom(text)
  try {
    const kept = JSON.parse(sessionStorage.getItem(prefix + key) ?? 'null') as Kept | null
    const isKept = kept !== null && [kept.x, kept.y, kept.zoom].every(Number.isFinite)
    return isKept && (view === null || kept.named === text) ? kept : view
  } catch {
    return view
  }
}
