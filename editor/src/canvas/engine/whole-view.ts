import type { Viewport } from '@xyflow/react'
import { around, type Box, boxOf, type Catalogue, type FlowDocument, foldedIn, groupBox, noteBox, type Size } from '../../doc/index.ts'

/** The part of the surface that stays free on each side when a flow is shown whole: port names stand outside the steps. */
const fitMargin = 0.08
export const zooms = { min: 0.05, max: 2, fitMax: 1 } as const

/** The view that shows all of it in the middle of the room; null where there is nothing to show, or no room. */
export function viewOf(boxes: readonly Box[], { width, height }: Size, zoomMin: number = zooms.min): Viewport | null {
  const box = around(boxes)
  if (box === null || width === 0 || height === 0) return null
  const part = 1 - 2 * fitMargin
  const fits = Math.min(zooms.fitMax, (width * part) / Math.max(1, box.width), (height * part) / Math.max(1, box.height))
  const zoom = Math.max(zoomMin, fits)
  return { x: width / 2 - (box.x + box.width / 2) * zoom, y: height / 2 - (box.y + box.height / 2) * zoom, zoom }
}

/** Everything that is drawn: what a folded frame hides is not. */
export function viewOfAll(doc: FlowDocument, catalogue: Catalogue, room: Size, zoomMin?: number): Viewport | null {
  const folded = foldedIn(doc.groups)
  const boxes = [
    ...[...doc.groups.values()].filter((group) => !folded.groups.has(group.id)).map(groupBox),
    ...[...doc.notes.values()].map(noteBox),
    ...[...doc.nodes.values()].filter((step) => !folded.steps.has(step.id)).map((step) => boxOf(step, catalogue)),
  ]
  return viewOf(boxes, room, zoomMin)
}
