import type { HandleType } from '@xyflow/react'
import { connect, type End, portsOfStep, reconnect, refTarget, refusal } from '../../doc/index.ts'
import { explainRefusal } from '../explain.ts'
import type { FlowEditor } from '../flow-editor.ts'
import type { CanvasView } from '../view-store.ts'
import type { SurfaceEdge } from './adapt.ts'

interface Point {
  readonly clientX: number
  readonly clientY: number
}

/** A new wire let go over no port: the best fitting one of the step there, or a step to come. */
export function dropWire(editor: FlowEditor, wiring: NonNullable<CanvasView['wiring']>, point: Point, isOnPort: boolean): void {
  const step = stepUnder(point)
  if (step !== undefined) {
    if (step === wiring.end.node) return
    explainRefusal(wiring.side === 'from' ? connectToStep(editor, wiring.end, step) : connectFromStep(editor, step, wiring.end))
    return
  }
  if (isOnPort) return
  const at = editor.surface.current?.toFlow(point.clientX, point.clientY) ?? { x: 0, y: 0 }
  const place = wiring.side === 'from' ? { x: at.x, y: at.y - 42 } : { x: at.x - 216, y: at.y - 42 }
  editor.view.setState({
    quickAdd: {
      x: point.clientX,
      y: point.clientY,
      at: place,
      ...(wiring.side === 'from' ? { from: wiring.end } : { to: wiring.end }),
    },
  })
}

/** The end of a wire let go over no port: it goes to the step there, or off. */
export function dropEnd(editor: FlowEditor, edge: SurfaceEdge, fixed: HandleType, point: Point, isOnPort: boolean): void {
  const side = fixed === 'source' ? 'to' : 'from'
  const step = stepUnder(point)
  const own = refTarget(side === 'to' ? edge.target : edge.source).id
  if (step === own) return
  if (step !== undefined) explainRefusal(reconnectToStep(editor, edge.id, side, step))
  else if (!isOnPort) reconnect(editor.flow, editor.catalogue, edge.id, side, null)
}

function connectToStep({ flow, catalogue }: FlowEditor, from: End, step: string) {
  return connect(flow, catalogue, from, { node: step, port: 'in' })
}

function connectFromStep({ flow, catalogue }: FlowEditor, step: string, to: End) {
  const { doc } = flow.getState()
  const here = doc.nodes.get(step)
  const ports = here === undefined ? [] : portsOfStep(here, catalogue).outputs.map((port) => port.name)
  const fits = ports.find((port) => refusal(doc, catalogue, { node: step, port }, to) === null) ?? ports[0] ?? 'out'
  return connect(flow, catalogue, { node: step, port: fits }, to)
}

/** The end of a wire dropped on the body of a step: its best fitting port. */
function reconnectToStep({ flow, catalogue }: FlowEditor, wire: string, side: 'from' | 'to', step: string) {
  const { doc } = flow.getState()
  const here = doc.nodes.get(step)
  const edge = doc.edges.get(wire)
  if (here === undefined || edge === undefined) return null
  const { inputs, outputs } = portsOfStep(here, catalogue)
  const ports = (side === 'to' ? inputs : outputs).map((port) => port.name)
  const no = (port: string) =>
    side === 'to' ? refusal(doc, catalogue, edge.from, { node: step, port }) : refusal(doc, catalogue, { node: step, port }, edge.to)
  const port = ports.find((each) => no(each) === null) ?? ports[0] ?? (side === 'to' ? 'in' : 'out')
  return reconnect(flow, catalogue, wire, side, { node: step, port })
}

function stepUnder(point: { readonly clientX: number; readonly clientY: number }): string | undefined {
  return document.elementFromPoint(point.clientX, point.clientY)?.closest<HTMLElement>('[data-step-id]')?.dataset.stepId
}
