import type { Viewport } from '@xyflow/react'
import { type Ref, refTarget, toggleFolded } from '../../doc/index.ts'
import type { FlowEditor } from '../flow-editor.ts'
import { openMenu } from '../open-menu.ts'
import { pointedAt } from '../pointed.ts'
import type { SurfaceEdge, SurfaceNode } from './adapt.ts'
import type { ViewMemory } from './opening-view.ts'

/** Below this zoom cards are drawn simply. */
export const farBelow = 0.45
/** Fewer steps than this are drawn as cards at any zoom: all of them stay in reach of pointer and screen reader. */
export const pictureFrom = 60

interface At {
  readonly clientX: number
  readonly clientY: number
  readonly target: EventTarget | null
}

/**
 * What the engine tells of. Made once for an open flow and read from its stores when something happens: were one of these another
 * function, the engine would draw every card and wire in sight anew.
 */
export function surfaceActs(editor: FlowEditor, memory: ViewMemory | undefined) {
  const { flow, view } = editor
  const canEdit = () => view.getState().canEdit
  const docNow = () => flow.getState().doc
  let selectedBefore: ReadonlySet<Ref> = flow.getState().selection

  /** Step or wire of the picture. */
  const under = (event: At): Ref | null => (view.getState().isFar && docNow().nodes.size > pictureFrom ? pointedAt(editor, event) : null)
  const pick = (ref: Ref, event: { readonly shiftKey: boolean }) => {
    const before = selectedBefore
    flow.select(event.shiftKey ? (before.has(ref) ? [...before].filter((one) => one !== ref) : [...before, ref]) : [ref])
  }

  return {
    /** What was selected when the pointer went down: the engine may change it before it tells of the click. */
    rememberSelection() {
      selectedBefore = flow.getState().selection
    },
    onDoubleClick(event: At) {
      if (!canEdit() || !(event.target as Element).classList.contains('react-flow__pane')) return
      const at = editor.surface.current?.toFlow(event.clientX, event.clientY)
      const ref = under(event)
      if (ref !== null && docNow().edges.has(ref)) view.setState({ quickAdd: { x: event.clientX, y: event.clientY, into: ref } })
      else if (ref !== null) editor.surface.current?.fit([ref])
      else if (at !== undefined) view.setState({ quickAdd: { x: event.clientX, y: event.clientY, at: { x: at.x, y: at.y - 42 } } })
    },
    /** What the engine is given as it is. */
    engine: {
      onNodeClick(event: { readonly shiftKey: boolean }, node: SurfaceNode) {
        if (refTarget(node.id).in !== 'nodes') return
        view.setState({ active: node.id })
        // The engine keeps a selection of several so that it can be dragged; a click without a drag means this step alone.
        if (!event.shiftKey) flow.select([node.id])
      },
      onNodeDoubleClick(_: unknown, node: SurfaceNode) {
        const target = refTarget(node.id)
        if (canEdit() && target.in === 'nodes') view.setState({ renaming: node.id })
        else if (canEdit() && target.in === 'groups' && docNow().groups.get(target.id)?.collapsed === true) toggleFolded(flow, [target.id])
      },
      // The engine picks the wire drawn on top; what is meant is the nearest.
      onEdgeClick: (event: At & { readonly shiftKey: boolean }, edge: SurfaceEdge) => pick(pointedAt(editor, event) ?? edge.id, event),
      onEdgeDoubleClick(event: At, edge: SurfaceEdge) {
        if (canEdit()) view.setState({ quickAdd: { x: event.clientX, y: event.clientY, into: pointedAt(editor, event) ?? edge.id } })
      },
      onPaneClick(event: At & { readonly shiftKey: boolean }) {
        const ref = under(event)
        if (ref === null) return
        pick(ref, event)
        if (docNow().nodes.has(ref)) view.setState({ active: ref })
      },
      onPaneContextMenu: (event: MenuEvent) => openMenu(editor, event, under(event)),
      onNodeContextMenu: (event: MenuEvent, node: SurfaceNode) => openMenu(editor, event, node.id),
      onEdgeContextMenu: (event: MenuEvent, edge: SurfaceEdge) => openMenu(editor, event, pointedAt(editor, event) ?? edge.id),
      onSelectionContextMenu: (event: MenuEvent) => openMenu(editor, event, [...flow.getState().selection][0] ?? null),
      onMove(_: unknown, viewport: Viewport) {
        const isFar = viewport.zoom < farBelow
        // Cards take the place of a picture when the view rests: dozens mounted in the middle of a zoom would stop it for several frames.
        if (view.getState().isFar !== isFar && (isFar || docNow().nodes.size <= pictureFrom)) view.setState({ isFar })
      },
      onMoveEnd(_: unknown, viewport: Viewport) {
        view.setState({ zoom: viewport.zoom, isFar: viewport.zoom < farBelow })
        memory?.moved(docNow().head.key, viewport)
      },
    },
  }
}

type MenuEvent = At & Parameters<typeof openMenu>[1]
