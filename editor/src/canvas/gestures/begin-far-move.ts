import { type FlowDocument, grid, moveItems, type Ref, refTarget } from '../../doc/index.ts'
import type { FlowEditor } from '../flow-editor.ts'
import { placesOf } from './far-move.ts'

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
