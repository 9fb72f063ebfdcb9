import type { Viewport } from '@xyflow/react'
import { type Box, type FlowDocument, placeOf, type Size, type Wire } from '../../doc/index.ts'

/** The engine goes through all it was given with every move of the view, so of a large flow it gets what is near the view. */
export interface Near {
  readonly box: Box
  readonly zoom: number
}

/** What of the document lies there; steps at the far ends of wires that come by are part of it. */
export interface NearPart {
  readonly steps: ReadonlySet<string>
  readonly wires: readonly Wire[]
}

/** Of the room, on each side: so much can the view move before it is worked out anew. */
const marginPart = 0.6
/** Nearer than this, most of what was given is no longer near. */
const zoomPartMax = 2
/** No step is larger, and no wire bends further away from the line between its ends. */
const reachPx = 640

export function nearOf(view: Viewport, room: Size): Near {
  const seen = seenIn(view, room)
  const [dx, dy] = [seen.width * marginPart, seen.height * marginPart]
  return { box: { x: seen.x - dx, y: seen.y - dy, width: seen.width + 2 * dx, height: seen.height + 2 * dy }, zoom: view.zoom }
}

/** The view still shows nothing beyond it. */
export function isStillNear({ box, zoom }: Near, view: Viewport, room: Size): boolean {
  const seen = seenIn(view, room)
  const isInside =
    seen.x >= box.x && seen.y >= box.y && seen.x + seen.width <= box.x + box.width && seen.y + seen.height <= box.y + box.height
  return isInside && view.zoom <= zoom * zoomPartMax
}

let last: {
  readonly nodes: FlowDocument['nodes']
  readonly edges: FlowDocument['edges']
  readonly near: Near
  readonly part: NearPart
} | null = null

/** Worked out once for steps and wires. */
export function partNear(doc: FlowDocument, near: Near): NearPart {
  if (last?.nodes === doc.nodes && last.edges === doc.edges && last.near === near) return last.part
  const part = find(doc, near.box)
  last = { nodes: doc.nodes, edges: doc.edges, near, part }
  return part
}

function find({ nodes, edges }: FlowDocument, { x, y, width, height }: Box): NearPart {
  const [left, top, right, bottom] = [x - reachPx, y - reachPx, x + width + reachPx, y + height + reachPx]
  const steps = new Set<string>()
  for (const step of nodes.values()) {
    const at = placeOf(step)
    if (at.x >= left && at.x <= right && at.y >= top && at.y <= bottom) steps.add(step.id)
  }
  const wires: Wire[] = []
  for (const wire of edges.values()) {
    const from = nodes.get(wire.from.node)
    const to = nodes.get(wire.to.node)
    // An end at a frame: there are few, and where it is drawn is not known here.
    if (from !== undefined && to !== undefined && !(steps.has(from.id) && steps.has(to.id))) {
      const [a, b] = [placeOf(from), placeOf(to)]
      if (Math.max(a.x, b.x) < left || Math.min(a.x, b.x) > right || Math.max(a.y, b.y) < top || Math.min(a.y, b.y) > bottom) continue
    }
    wires.push(wire)
  }
  for (const { from, to } of wires) {
    if (nodes.has(from.node)) steps.add(from.node)
    if (nodes.has(to.node)) steps.add(to.node)
  }
  return { steps, wires }
}

/** What of the drawing a view shows. */
export function seenIn({ x, y, zoom }: Viewport, { width, height }: Size): Box {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
}
