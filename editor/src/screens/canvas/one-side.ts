import { useEffect, useRef } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { CanvasView } from '../../canvas/view-store.ts'
import { keptSides } from './kept-sides.ts'

type Sides = Pick<CanvasView, 'paletteOpen' | 'inspectorOpen' | 'simulateOpen'>

const end = ({ inspectorOpen, simulateOpen }: Sides) => inspectorOpen || simulateOpen

/** What to close so that one side alone takes room from the drawing: the one that was open before. */
export function tooMany(now: Sides, before: Sides | null): Partial<Sides> | null {
  if (!now.paletteOpen || !end(now)) return null
  return before !== null && !before.paletteOpen ? { inspectorOpen: false, simulateOpen: false } : { paletteOpen: false }
}

/** Of what is closed for want of room, that which was open: it comes back with the room. */
export function owed(close: Partial<Sides>, now: Sides): Partial<Sides> {
  return {
    ...(close.paletteOpen === false && now.paletteOpen && { paletteOpen: true }),
    ...(close.inspectorOpen === false && now.inspectorOpen && { inspectorOpen: true }),
  }
}

/** In a narrow window palette and settings together would leave no room to draw; what gave way comes back when it is wide again. */
export function useOneSide(view: StoreApi<CanvasView>, isNarrow: boolean): void {
  // A flow that is opened in a narrow window stands without both, and nobody closed them there.
  const back = useRef<Partial<Sides>>(isNarrow ? keptSides(() => localStorage) : {})
  useEffect(() => {
    if (!isNarrow) {
      view.setState(back.current)
      back.current = {}
      return
    }
    const settle = (now: CanvasView, before: CanvasView | null) => {
      const close = tooMany(now, before)
      if (close === null) return
      back.current = { ...back.current, ...owed(close, now) }
      view.setState(close)
    }
    settle(view.getState(), null)
    return view.subscribe(settle)
  }, [view, isNarrow])
}
