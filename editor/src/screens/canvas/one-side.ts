import type { CanvasView } from '../../canvas/view-store.ts'

export type Sides = Pick<CanvasView, 'paletteOpen' | 'inspectorOpen' | 'simulateOpen'>

const end = ({ inspectorOpen, simulateOpen }: Sides) => inspectorOpen || simulateOpen

/**
 * What to close so that one side alone takes room from the drawing: the one that was open before. What is being played never ends that
 * way: whoever opens the steps beside it has both.
 */
export function tooMany(now: Sides, before: Sides | null): Partial<Sides> | null {
  if (!now.paletteOpen || !end(now)) return null
  if (before?.paletteOpen === true && before.simulateOpen && now.simulateOpen) return null
  if (before === null || before.paletteOpen) return { paletteOpen: false }
  return now.inspectorOpen ? { inspectorOpen: false } : null
}

/** Of what is closed for want of room, that which was open: it comes back with the room. */
export function owed(close: Partial<Sides>, now: Sides): Partial<Sides> {
  return {
    ...(close.paletteOpen === false && now.paletteOpen && { paletteOpen: true }),
    ...(close.inspectorOpen === false && now.inspectorOpen && { inspectorOpen: true }),
  }
}
