import type { Connection, FinalConnectionState, HandleType, OnConnectStartParams } from '@xyflow/react'
import { connect, type End, portsOfStep, reconnect, refTarget, refusal } from '../../doc/index.ts'
import { explainRefusal } from '../explain.ts'
import type { FlowEditor } from '../flow-editor.ts'
import type { SurfaceEdge } from './adapt.ts'

/** Wires drawn and moved with the pointer; made once for an open flow, as `surfaceActs`. */
export function wireActs(editor: FlowEditor) {
  const { flow, catalogue, view } = editor
  let isReconnecting = false

  return {
    isValidConnection: (wish: Connection | SurfaceEdge) => refusal(flow.getState().doc, catalogue, fromOf(wish), toOf(wish)) === null,
    onConnectStart(_: unknown, { nodeId, handleId, handleType }: OnConnectStartParams) {
      if (nodeId === null) return
      view.setState({
        wiring: { end: { node: refTarget(nodeId).id, port: handleId ?? 'out' }, side: handleType === 'source' ? 'from' : 'to' },
      })
    },
    onConnect: (wish: Connection) => explainRefusal(connect(flow, catalogue, fromOf(wish), toOf(wish))),
    onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState) {
      const { wiring } = view.getState()
      view.setState({ wiring: null })
      if (wiring === null || state.isValid === true || isReconnecting) return
      const point = pointOf(event)
      if (point === undefined) return
      const step = stepUnder(point)
      if (step !== undefined) {
        if (step === wiring.end.node) return
        explainRefusal(wiring.side === 'from' ? connectToStep(editor, wiring.end, step) : connectFromStep(editor, step, wiring.end))
        return
      }
      if (state.toNode !== null) return
      const at = editor.surface.current?.toFlow(point.clientX, point.clientY) ?? { x: 0, y: 0 }
      const place = wiring.side === 'from' ? { x: at.x, y: at.y - 42 } : { x: at.x - 216, y: at.y - 42 }
      view.setState({
        quickAdd: {
          x: point.clientX,
          y: point.clientY,
          at: place,
          ...(wiring.side === 'from' ? { from: wiring.end } : { to: wiring.end }),
        },
      })
    },
    onReconnect(edge: SurfaceEdge, wish: Connection) {
      const side = edge.target === wish.target && edge.targetHandle === wish.targetHandle ? 'from' : 'to'
      explainRefusal(reconnect(flow, catalogue, edge.id, side, side === 'from' ? fromOf(wish) : toOf(wish)))
    },
    onReconnectStart() {
      isReconnecting = true
    },
    onReconnectEnd(event: MouseEvent | TouchEvent, edge: SurfaceEdge, fixed: HandleType, state: FinalConnectionState) {
      isReconnecting = false
      view.setState({ wiring: null })
      const point = pointOf(event)
      if (state.isValid === true || point === undefined) return
      const side = fixed === 'source' ? 'to' : 'from'
      const step = stepUnder(point)
      const own = refTarget(side === 'to' ? edge.target : edge.source).id
      if (step === own) return
      if (step !== undefined) explainRefusal(reconnectToStep(editor, edge.id, side, step))
      else if (state.toNode === null) reconnect(flow, catalogue, edge.id, side, null)
    },
  }
}

function pointOf(event: MouseEvent | TouchEvent): { readonly clientX: number; readonly clientY: number } | undefined {
  return 'changedTouches' in event ? event.changedTouches[0] : event
}

function fromOf(wish: Connection | SurfaceEdge): End {
  return { node: refTarget(wish.source).id, port: wish.sourceHandle ?? 'out' }
}

function toOf(wish: Connection | SurfaceEdge): End {
  return { node: refTarget(wish.target).id, port: wish.targetHandle ?? 'in' }
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
