import { create } from 'zustand'
import { readKept, writeKept } from './kept.ts'
import { readTour, type Tour, type TourAct, tourAfter } from './tour.ts'

/** The tour of whoever is signed in. */
export const useTour = create<{ readonly tour: Tour | null }>(() => ({ tour: null }))

/** As this person left it, on whatever page that was. */
export function recallTour(): void {
  useTour.setState({ tour: readTour(readKept('tour')) })
}

export function actTour(act: TourAct): void {
  recallTour()
  const { tour } = useTour.getState()
  const next = tourAfter(tour, act)
  if (next === tour || next === null) return
  writeKept('tour', JSON.stringify(next))
  useTour.setState({ tour: next })
}
