import type { Viewport } from '@xyflow/react'
import {
  around,
  type Box,
  boxOf,
  type Catalogue,
  type FlowDocument,
  foldedIn,
  groupBox,
  isTrigger,
  noteBox,
  type Size,
} from '../../doc/index.ts'

/** The part of the surface that stays free on each side when a flow is shown whole: port names stand outside the steps. */
const fitMargin = 0.06
export const zooms = { min: 0.05, max: 2, fitMax: 1 } as const

/** A longer flow shown whole is a line of dots: below this it opens where it begins, near enough to be read. */
const phoneWidth = 700
const readable = { marginPx: 24, phone: { min: 0.6, opens: 0.8 }, desk: { min: 0.45, opens: 0.7 } } as const
/** A flow of more steps is first of all a map, whatever part of it would be read. */
const mapFrom = 60

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

/**
 * How a flow opens that was never looked at: whole where there is room to read it so, else where it begins. A picture, of a run or of
 * what changed, is there to be read however long it is; whoever shows it goes on to the step it is about.
 */
export function viewToOpen(doc: FlowDocument, catalogue: Catalogue, room: Size, isPicture = false): Viewport | null {
  const whole = viewOfAll(doc, catalogue, room)
  const isDesk = room.width >= phoneWidth
  const { min, opens: zoom } = isDesk ? readable.desk : readable.phone
  if (whole === null || whole.zoom >= min || (isDesk && !isPicture && doc.nodes.size > mapFrom)) return whole
  const steps = [...doc.nodes.values()]
  const triggers = steps.filter((step) => {
    const type = catalogue.find(step.type)
    return type !== undefined && isTrigger(type)
  })
  const [first] = (triggers.length > 0 ? triggers : steps).map((step) => boxOf(step, catalogue)).sort((a, b) => a.x - b.x || a.y - b.y)
  if (first === undefined) return whole
  // Its branches above and below are in sight too, as long as that does not push the first step out of it.
  const [own, middle] = [first.y + first.height / 2, (room.height / 2 - whole.y) / whole.zoom]
  const centre = Math.abs(own - middle) * zoom < room.height / 2 - first.height ? middle : own
  return { x: readable.marginPx - first.x * zoom, y: room.height / 2 - centre * zoom, zoom }
}
