import { type NodeChange, type OnNodeDrag, useStoreApi } from '@xyflow/react'
import { useMemo, useRef } from 'react'
import {
  around,
  type Box,
  boxOf,
  type Catalogue,
  duplicate,
  type FlowDocument,
  foldedIn,
  groupBox,
  moveItems,
  noteBox,
  type Place,
  type Ref,
  refTarget,
  sizeOf,
  wiringOf,
} from '../../doc/index.ts'
import { dragOut, dropOnEdge } from '../drop-on-edge.ts'
import { explainRefusal } from '../explain.ts'
import { useFlowEditor } from '../flow-editor.ts'
import type { Alignment } from '../gestures/guides.ts'
import { shakeDetector } from '../gestures/shake.ts'
import { edgeAt } from '../hit.ts'
import type { Dragged } from '../view-store.ts'
import type { SurfaceNode } from './adapt.ts'

/** What lies in line: fetched ahead with the first touch of a flow; a drag that is quicker goes by the grid alone. */
let guides: typeof import('../gestures/guides.ts') | null = null
const nothingInLine: Alignment = { dx: 0, dy: 0, guides: [], gaps: [] }

type SetMoved = (next: (before: ReadonlyMap<Ref, Place>) => ReadonlyMap<Ref, Place>) => void
type Keys = { readonly altKey?: boolean; readonly ctrlKey?: boolean; readonly metaKey?: boolean }

/**
 * Dragging lives beside the document and enters it once, at the end: one drag is one entry.
 * Begun with Alt it copies; Alt pressed on the way, or a shake, takes a wired step out of its chain; Ctrl or ⌘ leaves the grid;
 * Escape puts everything back; a step dropped on a wire goes into it.
 */
export function useDrag(moved: ReadonlyMap<Ref, Place>, setMoved: SetMoved) {
  const { flow, catalogue, view } = useFlowEditor()
  const engine = useStoreApi()
  const state = useRef({ dragging: false, cancelled: false, copies: false, shaken: false, free: false, shake: shakeDetector(), moved })
  state.current.moved = moved
  return useMemo(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      state.current.cancelled = true
      setMoved(() => new Map())
      view.setState({ dropEdge: null, dragged: null })
    }
    const onPointer = (event: PointerEvent) => {
      setFree(event.ctrlKey || event.metaKey)
      if (state.current.shake(event.clientX, event.timeStamp)) state.current.shaken = true
    }
    function setFree(free: boolean): void {
      if (state.current.free === free) return
      state.current.free = free
      engine.setState({ snapToGrid: !free })
    }
    const onStart = (event: Keys) => {
      if (guides === null)
        void import('../gestures/guides.ts').then(
          (part) => {
            guides = part
          },
          () => undefined,
        )
      const { altKey: copies = false } = event
      state.current = { ...state.current, dragging: true, cancelled: false, copies, shaken: false, shake: shakeDetector() }
      window.addEventListener('keydown', onKey, true)
      window.addEventListener('pointermove', onPointer, true)
    }
    /** A step may leave its chain only when it is in one, and alone in the hand. */
    function doesOf(count: number, node: Ref, alt: boolean): Dragged['does'] {
      if (state.current.copies) return alt ? 'copy' : 'move'
      const wired = count === 1 && isWired(flow.getState().doc, node)
      if (wired && (alt || state.current.shaken)) return 'detach'
      return alt && !wired ? 'copy' : 'move'
    }
    const onDrag: OnNodeDrag<SurfaceNode> = (event, node, nodes) => {
      if (state.current.cancelled) return
      const does = doesOf(nodes.length, node.id, 'altKey' in event && event.altKey)
      const alone = nodes.length === 1 && refTarget(node.id).in === 'nodes'
      const dropEdge = alone && does === 'move' ? wireUnder(node, catalogue) : null
      const inLine = aligned(state.current.moved)
      view.setState({ dropEdge, dragged: { does, guides: inLine.guides, gaps: inLine.gaps } })
    }
    function wireUnder(node: SurfaceNode, known: Catalogue): string | null {
      const { doc } = flow.getState()
      const step = doc.nodes.get(node.id)
      if (step === undefined) return null
      const size = sizeOf(step, known)
      return edgeAt(doc, known, { x: node.position.x + size.width / 2, y: node.position.y + size.height / 2 }, 28, { except: node.id })
    }
    const finish = (keys: Keys) => {
      window.removeEventListener('keydown', onKey, true)
      window.removeEventListener('pointermove', onPointer, true)
      const { dropEdge } = view.getState()
      view.setState({ dropEdge: null, dragged: null })
      const places = state.current.moved
      state.current.dragging = false
      const [first] = places
      if (!state.current.cancelled && first !== undefined)
        drop(places, first, dropEdge, doesOf(places.size, first[0], keys.altKey === true))
      setMoved(() => new Map())
      setFree(false)
    }
    function drop(
      places: ReadonlyMap<Ref, Place>,
      [ref, place]: readonly [Ref, Place],
      dropEdge: string | null,
      does: Dragged['does'],
    ): void {
      if (does === 'copy') duplicate(flow, places.keys(), offsetOf(ref, place))
      else if (does === 'detach') dragOut(flow, catalogue, ref, place)
      else if (dropEdge !== null && places.size === 1) explainRefusal(dropOnEdge(flow, catalogue, dropEdge, ref, place))
      else moveItems(flow, places)
    }
    function offsetOf(ref: Ref, place: Place): Place {
      const target = refTarget(ref)
      const [x, y] = target.in === 'edges' ? [0, 0] : (flow.getState().doc[target.in].get(target.id)?.at ?? [0, 0])
      return { x: place.x - x, y: place.y - y }
    }
    function aligned(places: ReadonlyMap<Ref, Place>): Alignment {
      const { doc } = flow.getState()
      const own = around([...places].flatMap(([ref, place]) => placed(doc, catalogue, ref, place)))
      return own === null || guides === null || state.current.free ? nothingInLine : guides.align(own, othersThan(doc, catalogue, places))
    }
    return {
      isDragging: () => state.current.dragging,
      onStart,
      onDrag,
      onStop: finish,
      onChanges(changes: readonly NodeChange<SurfaceNode>[]) {
        if (!state.current.dragging || state.current.cancelled) return
        const positions = changes.flatMap((change) =>
          change.type === 'position' && change.position !== undefined ? [[change.id, change.position] as const] : [],
        )
        if (positions.length === 0) return
        const places = new Map([...state.current.moved, ...positions])
        const { dx, dy } = aligned(new Map(positions))
        // Off the grid it still is whole points.
        const drawn = new Map([...places].map(([ref, { x, y }]) => [ref, { x: Math.round(x + dx), y: Math.round(y + dy) }]))
        const next = withMembers(drawn)
        state.current.moved = next
        setMoved(() => next)
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
  }, [flow, catalogue, view, engine, setMoved])
}

function isWired(doc: FlowDocument, id: string): boolean {
  const { out, into } = wiringOf(doc.edges)
  return doc.nodes.has(id) && ((out.get(id)?.length ?? 0) > 0 || (into.get(id)?.length ?? 0) > 0)
}

function placed(doc: FlowDocument, catalogue: Catalogue, ref: Ref, place: Place): readonly Box[] {
  const target = refTarget(ref)
  const box = boxOfRef(doc, catalogue, target.in, target.id)
  return box === null ? [] : [{ ...box, ...place }]
}

function boxOfRef(doc: FlowDocument, catalogue: Catalogue, collection: string, id: string): Box | null {
  const step = collection === 'nodes' ? doc.nodes.get(id) : undefined
  if (step !== undefined) return boxOf(step, catalogue)
  const group = collection === 'groups' ? doc.groups.get(id) : undefined
  if (group !== undefined) return groupBox(group)
  const note = collection === 'notes' ? doc.notes.get(id) : undefined
  return note === undefined ? null : noteBox(note)
}

/** Steps that stay where they are and can be seen. */
function othersThan(doc: FlowDocument, catalogue: Catalogue, places: ReadonlyMap<Ref, Place>): readonly Box[] {
  const hidden = foldedIn(doc.groups).steps
  return [...doc.nodes.values()].flatMap((step) => (places.has(step.id) || hidden.has(step.id) ? [] : [boxOf(step, catalogue)]))
}
