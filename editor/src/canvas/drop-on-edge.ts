import { unwire } from '../doc/commands/remove.ts'
import { splice } from '../doc/commands/splice.ts'
import type { Catalogue, FlowStore, Place } from '../doc/index.ts'
import { label } from '../doc/index.ts'

/** A step dragged onto a wire: out of where it was, into the wire, one entry. */
export function dropOnEdge(flow: FlowStore, catalogue: Catalogue, edgeId: string, step: string, place: Place): void {
  flow.change(label('insert'), (draft) => {
    draft.set('nodes', step, ['at'], [place.x, place.y])
    unwire(draft, catalogue, step, true)
    splice(draft, catalogue, edgeId, step)
  })
}
