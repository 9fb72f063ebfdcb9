import { useEffect } from 'react'
import { useFlowEditor } from '../../../canvas/flow-editor.ts'
import { watchTasks } from './detect.ts'
import { Hints } from './Hints.tsx'
import { TourCard } from './TourCard.tsx'
import { TourOffer } from './TourOffer.tsx'
import { actTour, recallTour, useTour } from './tour-store.ts'

/** Whoever is new here: the tour while it is on, else a hint when somebody hesitates. Loads after the canvas can be used. */
export function Coach() {
  const editor = useFlowEditor()
  const tour = useTour((state) => state.tour)
  useEffect(recallTour, [])
  const isRunning = tour?.state === 'running'
  useEffect(() => (isRunning ? watchTasks(editor, (task) => actTour({ kind: 'did', task })) : undefined), [editor, isRunning])
  if (tour?.state === 'running') return <TourCard tour={tour} />
  if (tour?.state === 'offered') return <TourOffer />
  return <Hints />
}
