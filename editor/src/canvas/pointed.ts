import type { FlowEditor } from './flow-editor.ts'
import { edgeAt, stepAt, straightBelow } from './hit.ts'

interface Spot {
  readonly clientX: number
  readonly clientY: number
  readonly target: EventTarget | null
}

/** How far from a wire a pointer may be: in the drawing's own measure close by, in pixels where the drawing is small. */
const reachNear = 11
const reachPx = 6

/** From far away a large flow is one picture, and what lies in it is found in the document. */
export function isPicture({ view }: FlowEditor): boolean {
  return view.getState().isFar && document.querySelector('[data-testid="far-layer"]') !== null
}

/**
 * The step or wire a pointer means. Of wires that cross it is the nearest, whichever is drawn on top; a step covers the wires below it.
 */
export function pointedAt(editor: FlowEditor, spot: Spot): string | null {
  const target = spot.target instanceof Element ? spot.target : null
  const step = target?.closest<HTMLElement>('[data-step-id]')?.dataset.stepId
  if (step !== undefined) return step
  const drawn = target?.closest<SVGElement>('[data-edge]')?.dataset.edge
  // The sign on a wire that takes a step belongs to that wire alone.
  if (drawn !== undefined && target?.closest('[data-testid="edge-insert"]') !== null) return drawn
  const far = isPicture(editor)
  if (drawn === undefined && !(far && target?.classList.contains('react-flow__pane') === true)) return null
  const { flow, catalogue, surface } = editor
  const at = surface.current?.toFlow(spot.clientX, spot.clientY)
  if (at === undefined) return drawn ?? null
  const { doc } = flow.getState()
  const under = far ? stepAt(doc, catalogue, at) : null
  if (under !== null) return under
  const pixel = (surface.current?.toFlow(spot.clientX + 1, spot.clientY).x ?? at.x + 1) - at.x
  return edgeAt(doc, catalogue, at, Math.max(reachNear, reachPx * pixel), { isStraight: far && 1 / pixel < straightBelow }) ?? drawn ?? null
}
