import type { Catalogue, FlowDocument, Place } from '../../doc/index.ts'
import { cornersOf } from '../back-wire.ts'
import { bendOf } from '../hit.ts'
import { lanesOf, leavesBelow } from '../lanes.ts'
import { wireEnds } from '../wire-places.ts'

const pieces = 24

/** Wires that a straight stroke from one place to another crosses. */
export function crossedBy(doc: FlowDocument, catalogue: Catalogue, from: Place, to: Place): readonly string[] {
  const found: string[] = []
  const lanes = lanesOf(doc, catalogue)
  for (const wire of doc.edges.values()) {
    const ends = wireEnds(doc, catalogue, wire)
    if (ends === null) continue
    const lane = lanes.get(wire.id)
    const isCrossed =
      lane === undefined ? crosses(ends.from, ends.to, from, to) : meets(cornersOf(ends.from, ends.to, lane, leavesBelow(wire)), from, to)
    if (isCrossed) found.push(wire.id)
  }
  return found
}

function crosses(start: Place, end: Place, a: Place, b: Place): boolean {
  const bend = bendOf(start, end)
  if (Math.max(a.x, b.x) < Math.min(start.x, end.x) - bend || Math.min(a.x, b.x) > Math.max(start.x, end.x) + bend) return false
  let before = start
  for (let index = 1; index <= pieces; index++) {
    const t = index / pieces
    const s = 1 - t
    const next = {
      x: s ** 3 * start.x + 3 * s * s * t * (start.x + bend) + 3 * s * t * t * (end.x - bend) + t ** 3 * end.x,
      y: s ** 3 * start.y + 3 * s * s * t * start.y + 3 * s * t * t * end.y + t ** 3 * end.y,
    }
    if (meet(before, next, a, b)) return true
    before = next
  }
  return false
}

function meets(corners: readonly Place[], a: Place, b: Place): boolean {
  return corners.some((corner, index) => index > 0 && meet(corners[index - 1] ?? corner, corner, a, b))
}

/** Two straight pieces that have a point in common. */
function meet(a: Place, b: Place, c: Place, d: Place): boolean {
  const side = (p: Place, q: Place, r: Place) => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x))
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)
}
