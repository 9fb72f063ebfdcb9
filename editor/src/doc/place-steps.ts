import type { Catalogue } from './catalogue.ts'
import type { FlowDocument, Step } from './model.ts'
import { boxOf, freePlace, middleOf, placeOf, sizeOf, sizes } from './shape.ts'
import { wiresInto, wiresOut } from './wiring.ts'

/** Gives a place to steps of a file that names none: columns along the wires, rows where there is room. What has a place keeps it. */
export function placeSteps(doc: FlowDocument, catalogue: Catalogue): FlowDocument {
  if ([...doc.nodes.values()].every((step) => step.at !== undefined)) return doc
  const columns = columnsOf(doc)
  const taken = [...doc.nodes.values()].filter((step) => step.at !== undefined).map((step) => boxOf(step, catalogue))
  const nodes = new Map<string, Step>()
  for (const step of doc.nodes.values()) {
    if (step.at !== undefined) {
      nodes.set(step.id, step)
      continue
    }
    const size = sizeOf(step, catalogue)
    const parent = wiresInto(doc.edges, step.id)
      .map((edge) => nodes.get(edge.from.node))
      .find((source) => source !== undefined)
    const level = parent === undefined ? 0 : placeOf(parent).y + middleOf(sizeOf(parent, catalogue).height) - middleOf(size.height)
    const wanted = { x: (columns.get(step.id) ?? 0) * (sizes.width + sizes.gapX), y: level }
    const place = freePlace(wanted, size, taken)
    taken.push({ ...place, ...size })
    nodes.set(step.id, { ...step, at: [place.x, place.y] })
  }
  return { ...doc, nodes }
}

/** Longest way from a start. Each wire is looked at once; what lies on a loop stands behind whatever reached it first. */
function columnsOf(doc: FlowDocument): ReadonlyMap<string, number> {
  const columns = new Map<string, number>()
  const missing = new Map([...doc.nodes.keys()].map((id) => [id, wiresInto(doc.edges, id).length]))
  const ready = [...missing].flatMap(([id, wires]) => (wires === 0 ? [id] : []))
  const rest = new Set(doc.nodes.keys())
  while (rest.size > 0) {
    // Nothing is free of what comes before it: a loop, opened at its first step in file order.
    const id = ready.pop() ?? [...rest].find((each) => columns.has(each)) ?? [...rest][0] ?? ''
    if (!rest.delete(id)) continue
    const column = columns.get(id) ?? 0
    columns.set(id, column)
    for (const { to } of wiresOut(doc.edges, id)) {
      if (!rest.has(to.node)) continue
      columns.set(to.node, Math.max(columns.get(to.node) ?? 0, column + 1))
      const left = (missing.get(to.node) ?? 1) - 1
      missing.set(to.node, left)
      if (left === 0) ready.push(to.node)
    }
  }
  return columns
}
