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
