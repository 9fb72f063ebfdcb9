import {
  type Box,
  bottomPorts,
  boxOf,
  type Catalogue,
  type FlowDocument,
  foldedIn,
  groupBox,
  groupOfEnd,
  groupPortPlace,
  middleOf,
  orphanPorts,
  outputOffset,
  type Place,
  portsOfStep,
  type Wire,
} from '../doc/index.ts'

/** Where a wire starts and ends on the canvas. */
export function wireEnds(doc: FlowDocument, catalogue: Catalogue, wire: Wire): { readonly from: Place; readonly to: Place } | null {
  const { steps } = foldedIn(doc.groups)
  const hidden = steps.get(wire.from.node)
  if (hidden !== undefined && hidden === steps.get(wire.to.node)) return null
  const from = leavingPlace(doc, catalogue, wire.from)
  const to = enteringPlace(doc, catalogue, wire.to)
  return from === null || to === null ? null : { from, to }
}

function leavingPlace(doc: FlowDocument, catalogue: Catalogue, { node, port }: Wire['from']): Place | null {
  const source = doc.nodes.get(node)
  const group = groupOfEnd(doc, node)
  const folded = foldedAround(doc, node)
  if (folded !== null) return { x: folded.x + folded.width, y: folded.y + folded.height / 2 }
  if (source === undefined) return group === undefined ? null : groupPortPlace(group, port)
  const start = boxOf(source, catalogue)
  if (port === 'error' || port === 'undo') return { x: start.x + bottomPorts[port], y: start.y + start.height }
  const outputs = [...portsOfStep(source, catalogue).outputs, ...orphanPorts(doc, source, catalogue)]
  const index = outputs.findIndex((one) => one.name === port)
  return { x: start.x + start.width, y: start.y + outputOffset(outputs, Math.max(0, index), start.height) }
}

function enteringPlace(doc: FlowDocument, catalogue: Catalogue, { node, port }: Wire['to']): Place | null {
  const target = doc.nodes.get(node)
  const group = groupOfEnd(doc, node)
  const folded = foldedAround(doc, node)
  if (folded !== null) return { x: folded.x, y: folded.y + folded.height / 2 }
  if (target === undefined) return group === undefined ? null : groupPortPlace(group, port)
  const end = boxOf(target, catalogue)
  return { x: end.x, y: end.y + middleOf(end.height) }
}

export interface WirePlace {
  readonly wire: Wire
  readonly from: Place
  readonly to: Place
}

const placed = new WeakMap<FlowDocument, readonly WirePlace[]>()

/** Every wire with its ends, worked out once for each state of the document: drawing and pointing ask for them in every frame. */
export function wirePlaces(doc: FlowDocument, catalogue: Catalogue): readonly WirePlace[] {
  const known = placed.get(doc)
  if (known !== undefined) return known
  const places = [...doc.edges.values()].flatMap((wire) => {
    const ends = wireEnds(doc, catalogue, wire)
    return ends === null ? [] : [{ wire, ...ends }]
  })
  placed.set(doc, places)
  return places
}

/** The card that stands for a hidden step. */
function foldedAround(doc: FlowDocument, node: string): Box | null {
  const inside = foldedIn(doc.groups).steps.get(node)
  const group = inside === undefined ? undefined : doc.groups.get(inside)
  return group === undefined ? null : groupBox(group)
}

const samples = 16
const curvature = 0.32

/** How far a wire leaves straight before it bends, as the engine draws it: half the way forwards, a short loop backwards. */
export function bendOf(from: Place, to: Place): number {
  const ahead = to.x - from.x
  return ahead >= 0 ? ahead / 2 : curvature * 25 * Math.sqrt(-ahead)
}

/** Below this zoom the bend of a wire is not seen: it is drawn, and pointed at, as a straight line. */
export const straightBelow = 0.2

/** The wire nearest to a place, if one is near enough; wires of `except` do not count. */
export function edgeAt(
  doc: FlowDocument,
  catalogue: Catalogue,
  at: Place,
  tolerance: number,
  { except, isStraight = false }: { readonly except?: string; readonly isStraight?: boolean } = {},
): string | null {
  let best: { readonly id: string; readonly distance: number } | null = null
  for (const { wire, from, to } of wirePlaces(doc, catalogue)) {
    if (wire.from.node === except || wire.to.node === except || outside(from, to, at, tolerance)) continue
    const distance = isStraight ? toPiece(from, to, at) : distanceTo(from, to, at)
    if (distance <= tolerance && (best === null || distance < best.distance)) best = { id: wire.id, distance }
  }
  return best?.id ?? null
}

function outside(from: Place, to: Place, at: Place, tolerance: number): boolean {
  const bend = bendOf(from, to) + tolerance
  return (
    at.x < Math.min(from.x, to.x) - bend ||
    at.x > Math.max(from.x, to.x) + bend ||
    at.y < Math.min(from.y, to.y) - bend ||
    at.y > Math.max(from.y, to.y) + bend
  )
}

/** Distance to the curve, measured along short straight pieces. */
function distanceTo(from: Place, to: Place, at: Place): number {
  const bend = bendOf(from, to)
  let nearest = Number.POSITIVE_INFINITY
  let before = from
  for (let index = 1; index <= samples; index++) {
    const t = index / samples
    const s = 1 - t
    const next = {
      x: s ** 3 * from.x + 3 * s * s * t * (from.x + bend) + 3 * s * t * t * (to.x - bend) + t ** 3 * to.x,
      y: s ** 3 * from.y + 3 * s * s * t * from.y + 3 * s * t * t * to.y + t ** 3 * to.y,
    }
    nearest = Math.min(nearest, toPiece(before, next, at))
    before = next
  }
  return nearest
}

function toPiece(a: Place, b: Place, at: Place): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((at.x - a.x) * dx + (at.y - a.y) * dy) / length))
  return Math.hypot(at.x - a.x - along * dx, at.y - a.y - along * dy)
}

/** The step under a place; the last one drawn lies on top. */
export function stepAt(doc: FlowDocument, catalogue: Catalogue, at: Place): string | null {
  let found: string | null = null
  const hidden = foldedIn(doc.groups).steps
  for (const step of doc.nodes.values()) {
    if (hidden.has(step.id)) continue
    const box = boxOf(step, catalogue)
    if (at.x >= box.x && at.x <= box.x + box.width && at.y >= box.y && at.y <= box.y + box.height) found = step.id
  }
  return found
}
