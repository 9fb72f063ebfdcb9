import type { NodeChange, OnNodeDrag } from '@xyflow/react'
import { useMemo, useRef } from 'react'
import { type Catalogue, duplicate, moveItems, type Place, type Ref, refTarget, sizeOf } from '../../doc/index.ts'
import { dropOnEdge } from '../drop-on-edge.ts'
import { useFlowEditor } from '../flow-editor.ts'
import { edgeAt } from '../hit.ts'
import type { SurfaceNode } from './adapt.ts'

type SetMoved = (next: (before: ReadonlyMap<Ref, Place>) => ReadonlyMap<Ref, Place>) => void

/**
 * Dragging lives beside the document and enters it once, at the end: one drag is one entry.
 * Alt copies instead of moving, Escape puts everything back, a step dropped on a wire goes into it.
 */
export function useDrag(moved: ReadonlyMap<Ref, Place>, setMoved: SetMoved) {
  const { flow, catalogue, view } = useFlowEditor()
  const state = useRef({ dragging: false, cancelled: false, moved })
  state.current.moved = moved
  return useMemo(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      state.current.cancelled = true
      setMoved(() => new Map())
      view.setState({ dropEdge: null })
    }
    const onStart = () => {
      state.current = { ...state.current, dragging: true, cancelled: false }
      window.addEventListener('keydown', onKey, true)
    }
    const onDrag: OnNodeDrag<SurfaceNode> = (event, node, nodes) => {
      const alone = nodes.length === 1 && refTarget(node.id).in === 'nodes'
      const dropEdge = alone && !state.current.cancelled && !('altKey' in event && event.altKey) ? wireUnder(node, catalogue) : null
      if (view.getState().dropEdge !== dropEdge) view.setState({ dropEdge })
    }
    function wireUnder(node: SurfaceNode, known: Catalogue): string | null {
      const { doc } = flow.getState()
      const step = doc.nodes.get(node.id)
      if (step === undefined) return null
      const size = sizeOf(step, known)
      return edgeAt(doc, known, { x: node.position.x + size.width / 2, y: node.position.y + size.height / 2 }, 28, node.id)
    }
    const finish = (copies: boolean) => {
      window.removeEventListener('keydown', onKey, true)
      const { dropEdge } = view.getState()
      view.setState({ dropEdge: null })
      const places = state.current.moved
      state.current.dragging = false
      if (state.current.cancelled || places.size === 0) {
        setMoved(() => new Map())
        return
      }
      const [first] = places
      if (copies && first !== undefined) {
        const offset = offsetOf(first[0], first[1])
        duplicate(flow, places.keys(), offset)
      } else if (dropEdge !== null && first !== undefined && places.size === 1) {
        dropOnEdge(flow, catalogue, dropEdge, first[0], first[1])
      } else {
        moveItems(flow, places)
      }
      setMoved(() => new Map())
    }
    function offsetOf(ref: Ref, place: Place): Place {
      const target = refTarget(ref)
      const [x, y] = target.in === 'edges' ? [0, 0] : (flow.getState().doc[target.in].get(target.id)?.at ?? [0, 0])
      return { x: place.x - x, y: place.y - y }
    }
    return {
      isDragging: () => state.current.dragging,
      onStart,
      onDrag,
      onStop: (event: { readonly altKey?: boolean }) => finish(event.altKey === true),
      onChanges(changes: readonly NodeChange<SurfaceNode>[]) {
        if (!state.current.dragging || state.current.cancelled) return
        const positions = changes.flatMap((change) =>
          change.type === 'position' && change.position !== undefined ? [[change.id, change.position] as const] : [],
        )
        if (positions.length === 0) return
        setMoved((before) => withMembers(new Map([...before, ...positions])))
      },
    }
    /** Steps of a frame move with it. */
    function withMembers(places: Map<Ref, Place>): ReadonlyMap<Ref, Place> {
      const { doc, selection } = flow.getState()
      for (const [ref, place] of [...places]) {
        const target = refTarget(ref)
        if (target.in !== 'groups') continue
        const group = doc.groups.get(target.id)
        const dx = place.x - (group?.at?.[0] ?? 0)
        const dy = place.y - (group?.at?.[1] ?? 0)
        for (const id of group?.nodes ?? []) {
          const [x, y] = doc.nodes.get(id)?.at ?? [0, 0]
          if (!selection.has(id)) places.set(id, { x: x + dx, y: y + dy })
        }
      }
      return places
    }
  }, [flow, catalogue, view, setMoved])
}
