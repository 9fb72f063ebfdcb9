import type { StoreApi } from 'zustand/vanilla'
import type { CanvasView } from '../../canvas/view-store.ts'

export type KeptSides = Pick<CanvasView, 'paletteOpen' | 'inspectorOpen'>

const place = 'sluice.sides'

/** How this person left the side panels of any flow in a wide window; at first both are open. */
export function keptSides(storage: () => Pick<Storage, 'getItem'>): KeptSides {
  let closed: string | null = null
  try {
    closed = storage().getItem(place)
  } catch {
    // Without storage every page begins with both.
  }
  return { paletteOpen: closed !== 'palette' && closed !== 'both', inspectorOpen: closed !== 'inspector' && closed !== 'both' }
}

/** Keeps what is opened and closed. In a narrow window the panels give way to each other, which is nobody's wish. */
export function keepSides(view: StoreApi<CanvasView>, isWide: () => boolean, storage: () => Pick<Storage, 'setItem'>): void {
  view.subscribe((now, before) => {
    if ((now.paletteOpen === before.paletteOpen && now.inspectorOpen === before.inspectorOpen) || !isWide()) return
    const one = now.paletteOpen ? 'inspector' : now.inspectorOpen ? 'palette' : 'both'
    try {
      storage().setItem(place, now.paletteOpen && now.inspectorOpen ? 'none' : one)
    } catch {
      // They then stay so for this page.
    }
  })
}
