import { type FlowDocument, grid, moveItems, type Place, type Ref, refTarget } from '../../doc/index.ts'
import type { FlowEditor } from '../flow-editor.ts'

/** What moves in the picture of a large flow, and how far it is by now. */
export interface FarMove {
  readonly refs: ReadonlySet<Ref>
  readonly dx: number
  readonly dy: number
}

/** A press on a step of the picture moves it, or everything that is selected if it is among it. */
export function beginFarMove(
  { flow, view, surface }: FlowEditor,
  step: string,
  start: { readonly clientX: number; readonly clientY: number },
) {
  const { selection } = flow.getState()
  const refs = withMembers(flow.getState().doc, selection.has(step) ? selection : new Set([step]))
  const from = surface.current?.toFlow(start.clientX, start.clientY)
  const done = () => view.setState({ farMove: null })
  return {
    move(event: { readonly clientX: number; readonly clientY: number; readonly ctrlKey: boolean; readonly metaKey: boolean }) {
      const here = surface.current?.toFlow(event.clientX, event.clientY)
      if (from === undefined || here === undefined) return
      if (!selection.has(step)) flow.select([step])
      const step8 = event.ctrlKey || event.metaKey ? 1 : grid
      const by = (distance: number) => Math.round(distance / step8) * step8
      view.setState({ farMove: { refs, dx: by(here.x - from.x), dy: by(here.y - from.y) } })
    },
    end() {
      const { farMove } = view.getState()
      done()
      if (farMove === null || (farMove.dx === 0 && farMove.dy === 0)) return
      moveItems(flow, placesOf(flow.getState().doc, farMove))
    },
    cancel: done,
  }
}

/** Steps of a frame move with it. */
function withMembers(doc: FlowDocument, refs: ReadonlySet<Ref>): ReadonlySet<Ref> {
  const all = new Set(refs)
  for (const ref of refs) {
    const target = refTarget(ref)
    if (target.in === 'groups') for (const id of doc.groups.get(target.id)?.nodes ?? []) all.add(id)
    if (target.in === 'edges') all.delete(ref)
  }
  return all
}

function placesOf(doc: FlowDocument, { refs, dx, dy }: FarMove): ReadonlyMap<Ref, Place> {
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
