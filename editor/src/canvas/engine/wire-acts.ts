import type { Connection, FinalConnectionState, HandleType, OnConnectStartParams } from '@xyflow/react'
import { connect, type End, reconnect, refTarget, refusal } from '../../doc/index.ts'
import { explainRefusal } from '../explain.ts'
import type { FlowEditor } from '../flow-editor.ts'
import type { SurfaceEdge } from './adapt.ts'

/** Fetched ahead with the first touch of a flow; without it a wire let go over no port is as if it had not been drawn. */
const letGo = (act: (how: typeof import('./wire-drops.ts')) => void) => void import('./wire-drops.ts').then(act, () => undefined)

/** Wires drawn and moved with the pointer; made once for an open flow, as `surfaceActs`. */
export function wireActs(editor: FlowEditor) {
  const { flow, catalogue, view } = editor
  let isReconnecting = false
  let isGivenUp = false
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    isGivenUp = true
    // The engine knows no other end of it than the button let go.
    document.dispatchEvent(new MouseEvent('mouseup'))
  }

  return {
    isValidConnection: (wish: Connection | SurfaceEdge) => refusal(flow.getState().doc, catalogue, fromOf(wish), toOf(wish)) === null,
    onConnectStart(_: unknown, { nodeId, handleId, handleType }: OnConnectStartParams) {
      if (nodeId === null) return
      isGivenUp = false
      window.addEventListener('keydown', onKey, true)
      view.setState({
        wiring: { end: { node: refTarget(nodeId).id, port: handleId ?? 'out' }, side: handleType === 'source' ? 'from' : 'to' },
      })
    },
    onConnect: (wish: Connection) => isGivenUp || explainRefusal(connect(flow, catalogue, fromOf(wish), toOf(wish))),
    onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState) {
      const { wiring } = view.getState()
      view.setState({ wiring: null })
      window.removeEventListener('keydown', onKey, true)
      if (wiring === null || state.isValid === true || isReconnecting || isGivenUp) return
      const point = pointOf(event)
      if (point !== undefined) letGo((how) => how.dropWire(editor, wiring, point, state.toNode !== null))
    },
    onReconnect(edge: SurfaceEdge, wish: Connection) {
      if (isGivenUp) return
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
      if (state.isValid === true || point === undefined || isGivenUp) return
      letGo((how) => how.dropEnd(editor, edge, fixed, point, state.toNode !== null))
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
