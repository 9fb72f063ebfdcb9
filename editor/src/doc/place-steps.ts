import type { Catalogue } from './catalogue.ts'
import type { FlowDocument, Step } from './model.ts'
import { boxOf, freePlace, sizeOf, sizes } from './shape.ts'
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
    const wanted = { x: (columns.get(step.id) ?? 0) * (sizes.width + sizes.gapX), y: parent?.at?.[1] ?? 0 }
    const place = freePlace(wanted, size, taken)
    taken.push({ ...place, ...size })
    nodes.set(step.id, { ...step, at: [place.x, place.y] })
  }
  return { ...doc, nodes }
}

/** Longest way from a start, loops counted once. */
function columnsOf(doc: FlowDocument): ReadonlyMap<string, number> {
  const columns = new Map<string, number>()
  const visit = (id: string, column: number, path: ReadonlySet<string>) => {
    if (path.has(id) || (columns.get(id) ?? -1) >= column) return
    columns.set(id, column)
    const below = new Set(path).add(id)
    for (const edge of wiresOut(doc.edges, id)) visit(edge.to.node, column + 1, below)
  }
  const roots = [...doc.nodes.keys()].filter((id) => wiresInto(doc.edges, id).length === 0)
  for (const id of roots) visit(id, 0, new Set())
  for (const id of doc.nodes.keys()) if (!columns.has(id)) visit(id, 0, new Set())
  return columns
}
