import { type EdgeChange, MiniMap, type NodeChange, ReactFlow, ReactFlowProvider, useReactFlow, type Viewport } from '@xyflow/react'
import { type ReactNode, type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useT } from '../../app/i18n/index.ts'
import type { Place, Ref, Size } from '../../doc/index.ts'
import { onDemand } from '../../ui/index.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import { Adapter, type SurfaceEdge, type SurfaceNode } from './adapt.ts'
import { useDrag } from './drag.ts'
import { FarLayer } from './FarLayer.tsx'
import { GroupNode, NoteNode } from './FrameNodes.tsx'
import { GroundSheet } from './GroundSheet.tsx'
import { openingView, type ViewMemory } from './opening-view.ts'
import { attachPointer } from './pointer.ts'
import { StepNode } from './StepNode.tsx'
import { farBelow, pictureFrom, surfaceActs } from './surface-acts.ts'
import styles from './surface-styles.ts'
import { useCards } from './use-cards.ts'
import { useHover } from './use-hover.ts'
import { useNear } from './use-near.ts'
import { useSurface } from './use-surface.ts'
import { WireEdge } from './WireEdge.tsx'
import { zooms } from './whole-view.ts'
import type { wireActs } from './wire-acts.ts'

const ConnectHint = onDemand(async () => (await import('./ConnectHint.tsx')).ConnectHint)
/** What is drawn for the hand; fetched ahead with the first touch of a flow that can be edited. */
export const GestureMarks = onDemand(async () => (await import('../gestures/GestureMarks.tsx')).GestureMarks)
const FarMap = onDemand(async () => (await import('./FarMap.tsx')).FarMap)

const nodeTypes = { step: StepNode, 'sluice-note': NoteNode, 'sluice-group': GroupNode }
const edgeTypes = { wire: WireEdge }
// What the engine is given stays the same objects: of another one it draws every card and wire in sight anew.
const snapGrid: [number, number] = [8, 8]
const panButtons = [1, 2]
const connectionLine = { strokeWidth: 2 }
const noMoves: ReadonlyMap<Ref, Place> = new Map()

export interface SurfaceProps {
  readonly children?: ReactNode
  /** Accessible name of the drawing. */
  readonly label: string
  /** Where it was left; absent where it always opens anew. */
  readonly memory?: ViewMemory
  /** Draws and moves wires; absent where nothing is drawn but what is there. */
  readonly wireActs?: typeof wireActs
}

/** The drawing of the open flow. Everything it knows of the engine stays in this folder. */
export function FlowSurface(props: SurfaceProps) {
  const { flow, catalogue, view } = useFlowEditor()
  const empty = useRef<HTMLDivElement>(null)
  const [opening, setOpening] = useState<Opening | null>(null)
  const { memory } = props
  useLayoutEffect(() => {
    // How it opens depends on the room there is. The engine begins there without a move that would tell of it.
    const { doc } = flow.getState()
    const room = { width: empty.current?.clientWidth ?? 0, height: empty.current?.clientHeight ?? 0 }
    const start = openingView(memory, doc, catalogue, room)
    memory?.keep(doc.head.key, start)
    view.setState({ zoom: start.zoom, isFar: start.zoom < farBelow })
    setOpening({ view: start, room })
  }, [flow, catalogue, view, memory])
  return opening === null ? (
    <div ref={empty} className={styles.surface} />
  ) : (
    <ReactFlowProvider>
      <Drawing {...props} opening={opening.view} room={opening.room} />
    </ReactFlowProvider>
  )
}

/** Fits the drawing to its new room; what does it is fetched when the window changes for the first time. */
function useResized(host: RefObject<HTMLDivElement | null>, opening: Viewport, isOn: boolean): void {
  const { flow, catalogue } = useFlowEditor()
  const engine = useReactFlow()
  useEffect(() => {
    let shown = opening
    const fit = () =>
      import('./refit.ts').then(
        ({ refit }) => {
          shown = refit(host.current, shown, engine, flow.getState().doc, catalogue)
        },
        () => undefined,
      )
    if (isOn) window.addEventListener('resize', fit)
    return () => window.removeEventListener('resize', fit)
  }, [host, opening, isOn, flow, catalogue, engine])
}

interface Opening {
  readonly view: Viewport
  readonly room: Size
}

function Drawing({ children, label, memory, wireActs, opening, room }: SurfaceProps & { readonly opening: Viewport; readonly room: Size }) {
  const t = useT()
  const editor = useFlowEditor()
  const { flow, catalogue, view, runs } = editor
  const doc = useFlow((state) => state.doc)
  const selection = useFlow((state) => state.selection)
  const canEdit = useView((state) => state.canEdit)
  const mapOpen = useView((state) => state.mapOpen)
  const isWiring = useView((state) => state.wiring !== null)
  const hasGesture = useView((state) => state.stroke !== null || state.dragged !== null)
  const active = useView((state) => state.active)
  const adapter = useMemo(() => new Adapter(catalogue), [catalogue])
  const [moved, setMoved] = useState<ReadonlyMap<Ref, Place>>(noMoves)
  // From far away a large flow is one picture; the engine then has nothing to lay out.
  const isPicture = useView((state) => state.isFar) && doc.nodes.size > pictureFrom
  const isLarge = doc.nodes.size > pictureFrom
  const near = useNear(opening, room, isLarge && !isPicture)
  const given = useMemo(
    () => (isPicture ? null : { nodes: adapter.toNodes(doc, selection, moved, near), edges: adapter.toEdges(doc, selection, moved, near) }),
    [adapter, doc, selection, moved, isPicture, near],
  )
  const cards = useCards(given)
  const host = useRef<HTMLDivElement>(null)
  useSurface(host)
  useResized(host, opening, memory === undefined)
  useEffect(() => (host.current === null ? undefined : attachPointer(host.current, editor)), [editor])
  const drag = useDrag(moved, setMoved)
  const acts = useMemo(() => surfaceActs(editor, memory), [editor, memory])
  const wires = useMemo(() => wireActs?.(editor), [editor, wireActs])
  useHover(editor, host)
  const stepStates = useStore(runs, (state) => state.picture?.steps)

  const onNodesChange = useCallback(
    (changes: NodeChange<SurfaceNode>[]) => {
      select(flow, changes)
      drag.onChanges(changes)
    },
    [flow, drag],
  )
  const onEdgesChange = useCallback((changes: EdgeChange<SurfaceEdge>[]) => select(flow, changes), [flow])

  return (
    <div
      ref={host}
      role="application"
      aria-label={label}
      aria-roledescription={t('canvas.role')}
      {...(active !== null && { 'aria-activedescendant': `step-${active}` })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas is one tab stop; its steps are its active descendants.
      tabIndex={0}
      className={styles.surface}
      data-key-scope="canvas"
      data-testid="canvas"
      onPointerDownCapture={(event) => {
        // Focus that came with the pointer needs no ring; the first key brings it back.
        event.currentTarget.dataset.byPointer = 'true'
        acts.rememberSelection()
        const target = event.target as Element
        if (target.closest('input,textarea,[contenteditable]') === null) event.currentTarget.focus({ preventScroll: true })
      }}
      onKeyDownCapture={(event) => {
        delete event.currentTarget.dataset.byPointer
      }}
      onPointerMoveCapture={(event) => {
        const at = editor.surface.current?.toFlow(event.clientX, event.clientY)
        if (at !== undefined) view.setState({ pointer: at })
      }}
      onDoubleClick={acts.onDoubleClick}
    >
      <ReactFlow<SurfaceNode, SurfaceEdge>
        {...cards}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        defaultViewport={opening}
        minZoom={zooms.min}
        maxZoom={zooms.max}
        snapToGrid
        snapGrid={snapGrid}
        nodeDragThreshold={3}
        nodesDraggable={canEdit}
        nodesConnectable={canEdit}
        edgesReconnectable={canEdit}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode="Shift"
        panActivationKeyCode="Space"
        panOnDrag={canEdit ? panButtons : true}
        panOnScroll
        panOnScrollSpeed={1}
        zoomOnDoubleClick={false}
        elevateNodesOnSelect={false}
        onlyRenderVisibleElements
        connectionRadius={28}
        connectionLineStyle={connectionLine}
        onNodeDragStart={drag.onStart}
        onNodeDrag={drag.onDrag}
        onNodeDragStop={drag.onStop}
        onSelectionDragStart={drag.onStart}
        onSelectionDragStop={drag.onStop}
        {...acts.engine}
        {...wires}
      >
        {/* Behind the picture they would be fainter than a pixel, and painted anew in every frame of a move. */}
        {!isPicture && <GroundSheet />}
        {mapOpen && !isLarge && (
          <MiniMap
            className={styles.map ?? ''}
            ariaLabel={t('canvas.map')}
            pannable
            zoomable
            position="bottom-right"
            bgColor="var(--surface)"
            maskColor="color-mix(in srgb, var(--ink) 10%, transparent)"
            nodeBorderRadius={6}
            nodeColor={(node) => mapColor(node.type, node.selected === true, stepStates?.get(node.id)?.state)}
          />
        )}
      </ReactFlow>
      {cards !== given && <FarLayer />}
      {isLarge && mapOpen && <FarMap />}
      {isWiring && <ConnectHint />}
      {hasGesture && <GestureMarks />}
      {children}
    </div>
  )
}

function mapColor(type: string | undefined, isSelected: boolean, state: string | undefined): string {
  if (type !== 'step') return 'color-mix(in srgb, var(--line) 50%, transparent)'
  if (state === 'failed' || state === 'incident') return 'var(--error)'
  if (state === 'done') return 'var(--ok)'
  return isSelected ? 'var(--accent)' : 'var(--line-strong)'
}

type Editor = ReturnType<typeof useFlowEditor>

function select(flow: Editor['flow'], changes: readonly (NodeChange<SurfaceNode> | EdgeChange<SurfaceEdge>)[]): void {
  const picked = changes.filter((change) => change.type === 'select')
  if (picked.length === 0) return
  const next = new Set(flow.getState().selection)
  for (const change of picked) {
    if (change.selected) next.add(change.id)
    else next.delete(change.id)
  }
  flow.select(next)
}
