import { useEffect } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { CanvasView } from '../../canvas/view-store.ts'

type Sides = Pick<CanvasView, 'paletteOpen' | 'inspectorOpen' | 'simulateOpen'>

const end = ({ inspectorOpen, simulateOpen }: Sides) => inspectorOpen || simulateOpen

/** What to close so that one side alone takes room from the drawing: the one that was open before. */
export function tooMany(now: Sides, before: Sides | null): Partial<Sides> | null {
  if (!now.paletteOpen || !end(now)) return null
  return before !== null && !before.paletteOpen ? { inspectorOpen: false, simulateOpen: false } : { paletteOpen: false }
}

/** In a narrow window palette and settings together would leave no room to draw. */
export function useOneSide(view: StoreApi<CanvasView>, isNarrow: boolean): void {
  useEffect(() => {
    if (!isNarrow) return
    const settle = (now: CanvasView, before: CanvasView | null) => {
      const close = tooMany(now, before)
      if (close !== null) view.setState(close)
    }
    settle(view.getState(), null)
    return view.subscribe(settle)
  }, [view, isNarrow])
}
