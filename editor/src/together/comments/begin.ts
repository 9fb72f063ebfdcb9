import type { FlowEditor } from '../../canvas/flow-editor.ts'
import { anchorOf } from './where.ts'

/** The next comment is about what is selected, else about the place under the pointer. */
export function beginComment({ flow, view }: FlowEditor): void {
  const { pointer } = view.getState()
  view.setState({ drawer: 'comments', talk: { anchor: anchorOf(flow.getState().selection, pointer) } })
}
