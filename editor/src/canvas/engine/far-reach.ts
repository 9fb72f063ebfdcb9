import { around, type Box, boxOf, type Catalogue, type FlowDocument, groupBox, noteBox } from '../../doc/index.ts'
import { cornersOf } from '../back-wire.ts'
import { bendOf } from '../hit.ts'
import { lanesOf, leavesBelow } from '../lanes.ts'
import { wirePlaces } from '../wire-places.ts'

/** Signs and numbers stand a little outside of their steps, and lines are thick. */
const besides = 200

const known = new WeakMap<FlowDocument, Box | null>()

/** A box around all that a flow draws; null where it draws nothing. Worked out once for each state of the document. */
export function farReach(doc: FlowDocument, catalogue: Catalogue): Box | null {
  const before = known.get(doc)
  if (before !== undefined) return before
  const reach = around(boxesIn(doc, catalogue), besides)
  known.set(doc, reach)
  return reach
}

function* boxesIn(doc: FlowDocument, catalogue: Catalogue): Iterable<Box> {
  for (const group of doc.groups.values()) yield groupBox(group)
  for (const note of doc.notes.values()) yield noteBox(note)
  for (const step of doc.nodes.values()) yield boxOf(step, catalogue)
  const lanes = lanesOf(doc, catalogue)
  for (const { wire, from, to } of wirePlaces(doc, catalogue)) {
    const lane = lanes.get(wire.id)
    const bend = bendOf(from, to)
    const points =
      lane === undefined
        ? [from, to, { x: from.x + bend, y: from.y }, { x: to.x - bend, y: to.y }]
        : cornersOf(from, to, lane, leavesBelow(wire))
    for (const { x, y } of points) yield { x, y, width: 0, height: 0 }
  }
}
