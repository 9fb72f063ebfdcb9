import { type FlowDocument, type Place, type Ref, refTarget } from '../../doc/index.ts'

/** What moves in the picture of a large flow, and how far it is by now. */
export interface FarMove {
  readonly refs: ReadonlySet<Ref>
  readonly dx: number
  readonly dy: number
}

export function placesOf(doc: FlowDocument, { refs, dx, dy }: FarMove): ReadonlyMap<Ref, Place> {
  return new Map(
    [...refs].flatMap((ref) => {
      const target = refTarget(ref)
      const at = target.in === 'edges' ? undefined : doc[target.in].get(target.id)?.at
      return at === undefined ? [] : [[ref, { x: at[0] + dx, y: at[1] + dy }] as const]
    }),
  )
}

/** The document as it would be if the move ended here: what the picture shows meanwhile. */
export function movedBy(doc: FlowDocument, move: FarMove | null): FlowDocument {
  if (move === null) return doc
  const { nodes, groups, notes } = { nodes: new Map(doc.nodes), groups: new Map(doc.groups), notes: new Map(doc.notes) }
  for (const [ref, { x, y }] of placesOf(doc, move)) {
    const target = refTarget(ref)
    if (target.in === 'edges') continue
    const place = <Item>(items: Map<string, Item>) => {
      const item = items.get(target.id)
      if (item !== undefined) items.set(target.id, { ...item, at: [x, y] })
    }
    if (target.in === 'nodes') place(nodes)
    else if (target.in === 'groups') place(groups)
    else place(notes)
  }
  return { ...doc, nodes, groups, notes }
}
