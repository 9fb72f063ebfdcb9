import { type Box, boxOf, type Catalogue, type FlowDocument, foldedIn, noteBox, placeOf, type Wire } from '../doc/index.ts'
import { fromTheTop, laneFor, leadsBack } from './back-wire.ts'
import { type WirePlace, wireEnds } from './wire-places.ts'

/** More work than this for one state of the document would be felt; such a flow keeps its plain curves. */
const comparisonsMax = 200_000

export function leavesBelow({ from }: { readonly from: { readonly port: string } }): boolean {
  return from.port === 'error' || from.port === 'undo'
}

const known = new WeakMap<FlowDocument, ReadonlyMap<string, number>>()

/** Heights at which wires lead back, by their id; worked out once for each state of the document. */
export function lanesOf(doc: FlowDocument, catalogue: Catalogue): ReadonlyMap<string, number> {
  const before = known.get(doc)
  if (before !== undefined) return before
  const back = [...doc.edges.values()].flatMap((wire) => {
    const ends = mayLeadBack(doc, catalogue, wire) ? wireEnds(doc, catalogue, wire) : null
    return ends !== null && leadsBack(ends.from, ends.to) ? [{ wire, ...ends }] : []
  })
  const lanes = new Map(back.length * doc.nodes.size > comparisonsMax || back.length === 0 ? [] : laid(back, boxesOf(doc, catalogue)))
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

function boxesOf(doc: FlowDocument, catalogue: Catalogue): readonly Box[] {
  const { steps } = foldedIn(doc.groups)
  return fromTheTop([
    ...[...doc.nodes.values()].filter((step) => !steps.has(step.id)).map((step) => boxOf(step, catalogue)),
    ...[...doc.notes.values()].map(noteBox),
  ])
}

function laid(back: readonly WirePlace[], boxes: readonly Box[]): readonly (readonly [string, number])[] {
  return back.map(({ wire, from, to }) => [wire.id, laneFor(from, to, boxes, leavesBelow(wire))])
}
