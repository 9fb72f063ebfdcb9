import type { Ref } from '../doc/index.ts'
import type { FlowEditor } from './flow-editor.ts'

/** Opens the menu of what lies under a place of the window; it becomes what is selected. */
export function openMenu(
  { view, flow, surface }: FlowEditor,
  place: { readonly clientX: number; readonly clientY: number },
  ref: Ref | null,
): void {
  if (ref !== null && !flow.getState().selection.has(ref)) flow.select([ref])
  view.setState({
    hover: null,
    menu: { x: place.clientX, y: place.clientY, ref, at: surface.current?.toFlow(place.clientX, place.clientY) ?? { x: 0, y: 0 } },
  })
}
