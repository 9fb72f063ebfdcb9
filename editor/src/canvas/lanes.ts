import { type Box, boxOf, type Catalogue, type FlowDocument, foldedIn, noteBox, placeOf, type Wire } from '../doc/index.ts'
import { fromTheTop, laneFor, leadsBack, mayMoveLane } from './back-wire.ts'
import { type WirePlace, wireEnds } from './wire-places.ts'

/** More work than this for one state of the document would be felt; such a flow keeps its plain curves. */
const comparisonsMax = 200_000

export function leavesBelow({ from }: { readonly from: { readonly port: string } }): boolean {
  return from.port === 'error' || from.port === 'undo'
}

type Lanes = ReadonlyMap<string, number>

const known = new WeakMap<FlowDocument, Lanes>()

/** The state worked out last: a change of one step leaves most lanes where they are. */
let last: {
  readonly catalogue: Catalogue
  readonly back: ReadonlyMap<string, WirePlace>
  readonly boxes: Boxes
  readonly lanes: Lanes
} | null = null

/** Heights at which wires lead back, by their id; worked out once for each state of the document. */
export function lanesOf(doc: FlowDocument, catalogue: Catalogue): Lanes {
  const before = known.get(doc)
  if (before !== undefined) return before
  const back = new Map<string, WirePlace>()
  for (const wire of doc.edges.values()) {
    const ends = mayLeadBack(doc, catalogue, wire) ? wireEnds(doc, catalogue, wire) : null
    if (ends !== null && leadsBack(ends.from, ends.to)) back.set(wire.id, { wire, ...ends })
  }
  const lanes = back.size * doc.nodes.size > comparisonsMax || back.size === 0 ? noLanes : laid(back, doc, catalogue)
  known.set(doc, lanes)
  return lanes
}

/** Most wires lead ahead, and two places say so; where a wire ends on its cards takes longer to find. */
function mayLeadBack(doc: FlowDocument, catalogue: Catalogue, { from, to }: Wire): boolean {
  const [source, target] = [doc.nodes.get(from.node), doc.nodes.get(to.node)]
  if (source === undefined || target === undefined || doc.groups.size > 0) return true
  const box = boxOf(source, catalogue)
  return placeOf(target).x < box.x + box.width
}

const noLanes: Lanes = new Map()

/** By what stands there: a step or a note that did not change is the same object. */
type Boxes = ReadonlyMap<object, Box>

function boxesOf(doc: FlowDocument, catalogue: Catalogue): Boxes {
  const { steps } = foldedIn(doc.groups)
  const boxes = new Map<object, Box>()
  for (const step of doc.nodes.values()) if (!steps.has(step.id)) boxes.set(step, boxOf(step, catalogue))
  for (const note of doc.notes.values()) boxes.set(note, noteBox(note))
  return boxes
}

function laid(back: ReadonlyMap<string, WirePlace>, doc: FlowDocument, catalogue: Catalogue): Lanes {
  const boxes = boxesOf(doc, catalogue)
  const before = last?.catalogue === catalogue ? last : null
  const other = before === null ? [] : [...onlyIn(boxes, before.boxes), ...onlyIn(before.boxes, boxes)]
  let sorted: readonly Box[] | null = null
  const lanes = new Map<string, number>()
  for (const [id, place] of back) {
    const below = leavesBelow(place.wire)
    const was = before?.back.get(id)
    const known = was !== undefined && sameEnds(was, place) ? before?.lanes.get(id) : undefined
    const lane = known === undefined || other.some((box) => mayMoveLane(box, place.from, place.to, known, below)) ? undefined : known
    if (lane === undefined) sorted ??= fromTheTop(boxes.values())
    lanes.set(id, lane ?? laneFor(place.from, place.to, sorted ?? [], below))
  }
  last = { catalogue, back, boxes, lanes }
  return lanes
}

function onlyIn(boxes: Boxes, others: Boxes): readonly Box[] {
  return [...boxes].flatMap(([what, box]) => (others.has(what) ? [] : [box]))
}

function sameEnds(a: WirePlace, b: WirePlace): boolean {
  return a.from.x === b.from.x && a.from.y === b.from.y && a.to.x === b.to.x && a.to.y === b.to.y
}
