import { unwire } from '../doc/commands/remove.ts'
import { splice } from '../doc/commands/splice.ts'
import { type Catalogue, type FlowStore, label, type Place, portsOfStep, type Refusal, refusal } from '../doc/index.ts'

/** A step dragged onto a wire: out of where it was, into the wire, one entry. One that does not fit there is only moved, and why is said. */
export function dropOnEdge(flow: FlowStore, catalogue: Catalogue, edgeId: string, step: string, place: Place): Refusal | null {
  const { doc } = flow.getState()
  const edge = doc.edges.get(edgeId)
  const what = doc.nodes.get(step)
  const input = what === undefined ? undefined : portsOfStep(what, catalogue).inputs[0]
  const no: Refusal | null =
    edge === undefined || what === undefined
      ? { id: 'canvas.refuse.unknown', values: {} }
      : refusal(doc, catalogue, edge.from, { node: step, port: input?.name ?? 'in' })
  const fits = no === null || no.id === 'canvas.refuse.exists'
  flow.change(label(fits ? 'insert' : 'move', { count: 1 }), (draft) => {
    draft.set('nodes', step, ['at'], [place.x, place.y])
    if (!fits) return
    unwire(draft, catalogue, step, true)
    splice(draft, catalogue, edgeId, step)
  })
  return fits ? null : no
}

/** A step pulled out of its chain: its neighbours are joined, and it stays where it was let go. One entry. */
export function dragOut(flow: FlowStore, catalogue: Catalogue, step: string, place: Place): void {
  flow.change(label('detach', { count: 1 }), (draft) => {
    draft.set('nodes', step, ['at'], [place.x, place.y])
    unwire(draft, catalogue, step, true)
  })
}
