import type { StoreApi } from 'zustand/vanilla'
import type { CanvasView } from '../../canvas/view-store.ts'

export type KeptSides = Pick<CanvasView, 'paletteOpen' | 'inspectorOpen'>

const place = 'sluice.sides'

/** How this person left the side panels of any flow in a wide window; at first both are open. */
export function keptSides(storage: () => Pick<Storage, 'getItem'>): KeptSides {
  let kept = ''
  try {
    kept = storage().getItem(place) ?? ''
  } catch {
    // Without storage every page begins with both.
  }
  return { paletteOpen: kept[0] !== '0', inspectorOpen: kept[1] !== '0' }
}

/** Keeps what is opened and closed. In a narrow window the panels give way to each other, which is nobody's wish. */
export function keepSides(view: StoreApi<CanvasView>, isWide: () => boolean, storage: () => Pick<Storage, 'setItem'>): void {
  const both = ({ paletteOpen, inspectorOpen }: KeptSides) => `${Number(paletteOpen)}${Number(inspectorOpen)}`
  view.subscribe((now, before) => {
    if (both(now) === both(before) || !isWide()) return
    try {
      storage().setItem(place, both(now))
    } catch {
      // They then stay so for this page.
    }
  })
}
