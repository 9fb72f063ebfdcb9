import { boxOf, type Catalogue, type FlowDocument, foldedIn, type Place } from '../doc/index.ts'
import { cornersOf } from './back-wire.ts'
import { lanesOf, leavesBelow } from './lanes.ts'
import { wirePlaces } from './wire-places.ts'

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
  const lanes = lanesOf(doc, catalogue)
  for (const { wire, from, to } of wirePlaces(doc, catalogue)) {
    if (wire.from.node === except || wire.to.node === except) continue
    const lane = isStraight ? undefined : lanes.get(wire.id)
    if (lane === undefined && outside(from, to, at, tolerance)) continue
    const distance = isStraight
      ? toPiece(from, to, at)
      : lane === undefined
        ? distanceTo(from, to, at)
        : toPieces(cornersOf(from, to, lane, leavesBelow(wire)), at)
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

function toPieces(corners: readonly Place[], at: Place): number {
  return corners.reduce(
    (nearest, corner, index) => Math.min(nearest, toPiece(corners[index - 1] ?? corner, corner, at)),
    Number.POSITIVE_INFINITY,
  )
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
