import type { StoreApi } from 'zustand/vanilla'
import type { FlowEditor } from '../../canvas/flow-editor.ts'
import type { CanvasView } from '../../canvas/view-store.ts'
import { owed, type Sides, tooMany } from './one-side.ts'

const phoneSpot = { x: 24, y: 140 } as const

/** Palette and settings together would leave no room to draw: one closes, and is noted in `back` for when there is room again. */
export function giveWay(view: StoreApi<CanvasView>, back: { current: Partial<Sides> }): () => void {
  const settle = (now: CanvasView, before: CanvasView | null) => {
    const close = tooMany(now, before)
    if (close === null) return
    back.current = { ...back.current, ...owed(close, now) }
    view.setState(close)
  }
  settle(view.getState(), null)
  return view.subscribe(settle)
}

/** The sheet with the settings covers the lower part of a phone: what they are of moves above it. */
export function revealAbove({ flow, surface }: FlowEditor): void {
  const { doc, selection } = flow.getState()
  const [ref] = selection
  const at = doc.nodes.get(ref ?? '')?.at
  if (at === undefined || surface.current === null) return
  const place = surface.current.toScreen({ x: at[0], y: at[1] })
  surface.current.panBy(phoneSpot.x - place.x, phoneSpot.y - place.y)
}
