import { addStep, bestOutput, isTrigger } from '../../doc/index.ts'
import type { FlowEditor } from '../flow-editor.ts'
import { inspecting } from '../view-store.ts'
import { noteRecent } from './recent.ts'

/** Adds a step behind the selected one, wired where that is possible; without a selection in the middle of what is seen. */
export function addConnected(editor: FlowEditor, type: string): string {
  const { flow, catalogue, surface, view } = editor
  const { doc, selection } = flow.getState()
  const selected = [...selection].map((ref) => doc.nodes.get(ref)).filter((step) => step !== undefined)
  const node = catalogue.find(type)
  const source = selected.length === 1 && node !== undefined && !isTrigger(node) ? selected[0] : undefined
  const port = source === undefined ? null : bestOutput(doc, source, catalogue)
  const into = selected.length === 0 ? [...selection].find((ref) => doc.edges.has(ref)) : undefined
  const center = surface.current?.center()
  const wish =
    source !== undefined && port !== null
      ? { from: { node: source.id, port } }
      : into !== undefined
        ? { into }
        : doc.nodes.size === 0 && center !== undefined
          ? { at: { x: center.x - 240, y: center.y - 42 } }
          : {}
  const id = addStep(flow, catalogue, { type, ...wish })
  noteRecent(type)
  view.setState({ active: id, ...inspecting })
  surface.current?.reveal(id)
  return id
}
