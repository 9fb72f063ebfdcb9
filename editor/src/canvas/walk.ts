import { boxOf, type Catalogue, type FlowDocument, wiresInto, wiresOut } from '../doc/index.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

/** Where the arrow keys lead from a step: along its wires first, then to the nearest step that lies in that direction. */
export function neighbour(doc: FlowDocument, catalogue: Catalogue, from: string, direction: Direction): string | null {
  const linked =
    direction === 'right'
      ? wiresOut(doc.edges, from).map((edge) => edge.to.node)
      : direction === 'left'
        ? wiresInto(doc.edges, from).map((edge) => edge.from.node)
        : siblings(doc, from)
  const along = nearest(
    doc,
    catalogue,
    from,
    linked.filter((id) => id !== from),
    direction === 'left' || direction === 'right' ? null : direction,
  )
  return along ?? nearest(doc, catalogue, from, [...doc.nodes.keys()], direction)
}

/** Steps that share a source or a target with this one: up and down go between parallel lines. */
function siblings(doc: FlowDocument, id: string): readonly string[] {
  const before = wiresInto(doc.edges, id).flatMap((edge) => wiresOut(doc.edges, edge.from.node).map((other) => other.to.node))
  const after = wiresOut(doc.edges, id).flatMap((edge) => wiresInto(doc.edges, edge.to.node).map((other) => other.from.node))
  return [...before, ...after]
}

function nearest(
  doc: FlowDocument,
  catalogue: Catalogue,
  from: string,
  ids: readonly string[],
  direction: Direction | null,
): string | null {
  const here = doc.nodes.get(from)
  if (here === undefined) return null
  const start = middle(boxOf(here, catalogue))
  let best: { readonly id: string; readonly cost: number } | null = null
  for (const id of ids) {
    const step = doc.nodes.get(id)
    if (step === undefined || id === from) continue
    const { x, y } = middle(boxOf(step, catalogue))
    const cost = costOf(x - start.x, y - start.y, direction)
    if (cost !== null && (best === null || cost < best.cost)) best = { id, cost }
  }
  return best?.id ?? null
}

function middle(box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }) {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Distance, with what lies aside counted three times; null behind. */
function costOf(dx: number, dy: number, direction: Direction | null): number | null {
  if (direction === null) return Math.abs(dx) + Math.abs(dy)
  const ahead = direction === 'right' ? dx : direction === 'left' ? -dx : direction === 'down' ? dy : -dy
  const aside = direction === 'right' || direction === 'left' ? dy : dx
  return ahead <= 0 ? null : ahead + 3 * Math.abs(aside)
}

/** Steps in reading order: along the wires from the triggers, then what nothing leads to. */
export function readingOrder(doc: FlowDocument): readonly string[] {
  const roots = [...doc.nodes.keys()].filter((id) => wiresInto(doc.edges, id).length === 0)
  const seen = new Set<string>()
  const queue = [...roots, ...doc.nodes.keys()]
  const order: string[] = []
  const visit = (start: string) => {
    const stack = [start]
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (seen.has(id) || !doc.nodes.has(id)) continue
      seen.add(id)
      order.push(id)
      const next = [...wiresOut(doc.edges, id)].reverse()
      stack.push(...next.map((edge) => edge.to.node))
    }
  }
  for (const id of queue) visit(id)
  return order
}
