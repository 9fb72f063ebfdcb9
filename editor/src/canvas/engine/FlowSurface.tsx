import '@xyflow/react/dist/base.css'
import {
  Background,
  BackgroundVariant,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Viewport,
} from '@xyflow/react'
import { type ReactNode, type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useT } from '../../app/i18n/index.ts'
import {
  connect,
  type End,
  type Place,
  portsOfStep,
  type Ref,
  reconnect,
  refTarget,
  refusal,
  type Size,
  toggleFolded,
} from '../../doc/index.ts'
import { onDemand } from '../../ui/index.ts'
import { explainRefusal } from '../explain.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import { GestureLayer } from '../gestures/GestureLayer.tsx'
import { openMenu } from '../open-menu.ts'
import { pointedAt } from '../pointed.ts'
import { Adapter, type SurfaceEdge, type SurfaceNode } from './adapt.ts'
import { useDrag } from './drag.ts'
import { FarLayer } from './FarLayer.tsx'
import { GroupNode, NoteNode } from './FrameNodes.tsx'
import { attachPointer } from './pointer.ts'
import { StepNode } from './StepNode.tsx'
import styles from './Surface.module.css'
import { useHover } from './use-hover.ts'
import { useNear } from './use-near.ts'
import { useSurface } from './use-surface.ts'
import { keepView, openingView } from './viewport-memory.ts'
import { WireEdge } from './WireEdge.tsx'
import { zooms } from './whole-view.ts'

const ConnectHint = onDemand(async () => (await import('./ConnectHint.tsx')).ConnectHint)
const FarMap = onDemand(async () => (await import('./FarMap.tsx')).FarMap)

const nodeTypes = { step: StepNode, 'sluice-note': NoteNode, 'sluice-group': GroupNode }
const edgeTypes = { wire: WireEdge }
const farBelow = 0.45
/** Fewer steps than this are drawn as cards at any zoom: all of them stay in reach of pointer and screen reader. */
const pictureFrom = 150
const noNodes: SurfaceNode[] = []
const noEdges: SurfaceEdge[] = []
const noMoves: ReadonlyMap<Ref, Place> = new Map()

export interface SurfaceProps {
  readonly children?: ReactNode
  /** Accessible name of the drawing. */
  readonly label: string
  /** Opens where it was left; otherwise it always opens whole. */
  readonly remembersView?: boolean
}

/** The drawing of the open flow. Everything it knows of the engine stays in this folder. */
export function FlowSurface(props: SurfaceProps) {
  const { flow, catalogue, view } = useFlowEditor()
  const empty = useRef<HTMLDivElement>(null)
  const [opening, setOpening] = useState<Opening | null>(null)
  const { remembersView = true } = props
  useLayoutEffect(() => {
    // How it opens depends on the room there is. The engine begins there without a move that would tell of it.
    const { doc } = flow.getState()
    const room = { width: empty.current?.clientWidth ?? 0, height: empty.current?.clientHeight ?? 0 }
    const key = remembersView ? doc.head.key : null
    const start = openingView(key, doc, catalogue, room)
    keepView(key, start)
    view.setState({ zoom: start.zoom, isFar: start.zoom < farBelow })
    setOpening({ view: start, room })
  }, [flow, catalogue, view, remembersView])
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

function Drawing({
  children,
  label,
  remembersView = true,
  opening,
  room,
}: SurfaceProps & { readonly opening: Viewport; readonly room: Size }) {
  const t = useT()
  const editor = useFlowEditor()
  const { flow, catalogue, view, runs } = editor
  const doc = useFlow((state) => state.doc)
  const selection = useFlow((state) => state.selection)
  const canEdit = useView((state) => state.canEdit)
  const mapOpen = useView((state) => state.mapOpen)
  const isWiring = useView((state) => state.wiring !== null)
  const active = useView((state) => state.active)
  const adapter = useMemo(() => new Adapter(catalogue), [catalogue])
  const [moved, setMoved] = useState<ReadonlyMap<Ref, Place>>(noMoves)
  const viewKey = remembersView ? doc.head.key : null
  // From far away a large flow is one picture; the engine then has nothing to lay out.
  const isPicture = useView((state) => state.isFar) && doc.nodes.size > pictureFrom
  const isLarge = doc.nodes.size > pictureFrom
  const near = useNear(opening, room, isLarge && !isPicture)
  const nodes = useMemo(
    () => (isPicture ? noNodes : adapter.toNodes(doc, selection, moved, near)),
    [adapter, doc, selection, moved, isPicture, near],
  )
  const edges = useMemo(
    () => (isPicture ? noEdges : adapter.toEdges(doc, selection, moved, near)),
    [adapter, doc, selection, moved, isPicture, near],
  )
  // Step or wire of the picture.
  const under = (event: { readonly clientX: number; readonly clientY: number; readonly target: EventTarget | null }): Ref | null =>
    isPicture ? pointedAt(editor, event) : null
  const selectedBefore = useRef<ReadonlySet<Ref>>(selection)
  const pick = (ref: Ref, event: { readonly shiftKey: boolean }) => {
    const before = selectedBefore.current
    flow.select(event.shiftKey ? (before.has(ref) ? [...before].filter((one) => one !== ref) : [...before, ref]) : [ref])
  }
  const host = useRef<HTMLDivElement>(null)
  useSurface(host)
  useResized(host, opening, !remembersView)
  useEffect(() => (host.current === null ? undefined : attachPointer(host.current, editor)), [editor])
  const drag = useDrag(moved, setMoved)
  const reconnecting = useRef(false)
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

  const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    const { wiring } = view.getState()
    view.setState({ wiring: null })
    if (wiring === null || state.isValid === true || reconnecting.current) return
    const point = 'changedTouches' in event ? event.changedTouches[0] : event
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
      quickAdd: { x: point.clientX, y: point.clientY, at: place, ...(wiring.side === 'from' ? { from: wiring.end } : { to: wiring.end }) },
    })
  }

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
        selectedBefore.current = flow.getState().selection
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
      onDoubleClick={(event) => {
        if (!canEdit || !(event.target as Element).classList.contains('react-flow__pane')) return
        const at = editor.surface.current?.toFlow(event.clientX, event.clientY)
        const ref = under(event)
        if (ref !== null && flow.getState().doc.edges.has(ref))
          view.setState({ quickAdd: { x: event.clientX, y: event.clientY, into: ref } })
        else if (ref !== null) editor.surface.current?.fit([ref])
        else if (at !== undefined) view.setState({ quickAdd: { x: event.clientX, y: event.clientY, at: { x: at.x, y: at.y - 42 } } })
      }}
    >
      <ReactFlow<SurfaceNode, SurfaceEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        defaultViewport={opening}
        minZoom={zooms.min}
        maxZoom={zooms.max}
        snapToGrid
        snapGrid={[8, 8]}
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
        panOnDrag={canEdit ? [1, 2] : true}
        panOnScroll
        zoomOnDoubleClick={false}
        elevateNodesOnSelect={false}
        onlyRenderVisibleElements
        connectionRadius={28}
        connectionLineStyle={{ strokeWidth: 2 }}
        isValidConnection={(wish) => refusal(flow.getState().doc, catalogue, fromOf(wish), toOf(wish)) === null}
        onConnectStart={(_, { nodeId, handleId, handleType }) => {
          if (nodeId !== null)
            view.setState({
              wiring: { end: { node: refTarget(nodeId).id, port: handleId ?? 'out' }, side: handleType === 'source' ? 'from' : 'to' },
            })
        }}
        onConnect={(wish) => explainRefusal(connect(flow, catalogue, fromOf(wish), toOf(wish)))}
        onConnectEnd={onConnectEnd}
        onReconnect={(edge, wish) => {
          const side = edge.target === wish.target && edge.targetHandle === wish.targetHandle ? 'from' : 'to'
          explainRefusal(reconnect(flow, catalogue, edge.id, side, side === 'from' ? fromOf(wish) : toOf(wish)))
        }}
        onReconnectStart={() => {
          reconnecting.current = true
        }}
        onReconnectEnd={(event, edge, fixed, state) => {
          reconnecting.current = false
          view.setState({ wiring: null })
          const point = 'changedTouches' in event ? event.changedTouches[0] : event
          if (state.isValid === true || point === undefined) return
          const side = fixed === 'source' ? 'to' : 'from'
          const step = stepUnder(point)
          const own = refTarget(side === 'to' ? edge.target : edge.source).id
          if (step === own) return
          if (step !== undefined) explainRefusal(reconnectToStep(editor, edge.id, side, step))
          else if (state.toNode === null) reconnect(flow, catalogue, edge.id, side, null)
        }}
        onNodeDragStart={drag.onStart}
        onNodeDrag={drag.onDrag}
        onNodeDragStop={drag.onStop}
        onSelectionDragStart={drag.onStart}
        onSelectionDragStop={drag.onStop}
        onNodeClick={(event, node) => {
          if (refTarget(node.id).in !== 'nodes') return
          view.setState({ active: node.id })
          // The engine keeps a selection of several so that it can be dragged; a click without a drag means this step alone.
          if (!event.shiftKey) flow.select([node.id])
        }}
        onNodeDoubleClick={(_, node) => {
          const target = refTarget(node.id)
          if (canEdit && target.in === 'nodes') view.setState({ renaming: node.id })
          else if (canEdit && target.in === 'groups' && flow.getState().doc.groups.get(target.id)?.collapsed === true)
            toggleFolded(flow, [target.id])
        }}
        // The engine picks the wire drawn on top; what is meant is the nearest.
        onEdgeClick={(event, edge) => pick(pointedAt(editor, event) ?? edge.id, event)}
        onEdgeDoubleClick={(event, edge) =>
          canEdit && view.setState({ quickAdd: { x: event.clientX, y: event.clientY, into: pointedAt(editor, event) ?? edge.id } })
        }
        onPaneClick={(event) => {
          const ref = under(event)
          if (ref === null) return
          pick(ref, event)
          if (flow.getState().doc.nodes.has(ref)) view.setState({ active: ref })
        }}
        onPaneContextMenu={(event) => openMenu(editor, event, under(event))}
        onNodeContextMenu={(event, node) => openMenu(editor, event, node.id)}
        onEdgeContextMenu={(event, edge) => openMenu(editor, event, pointedAt(editor, event) ?? edge.id)}
        onSelectionContextMenu={(event) => openMenu(editor, event, [...flow.getState().selection][0] ?? null)}
        onMove={(_, viewport) => {
          const isFar = viewport.zoom < farBelow
          if (view.getState().isFar !== isFar) view.setState({ isFar })
        }}
        onMoveEnd={(_, viewport) => {
          view.setState({ zoom: viewport.zoom })
          keepView(viewKey, viewport)
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.4} />
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
      {isPicture && <FarLayer />}
      {isLarge && mapOpen && <FarMap />}
      {isWiring && <ConnectHint />}
      <GestureLayer />
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

function fromOf(wish: Connection | SurfaceEdge): End {
  return { node: refTarget(wish.source).id, port: wish.sourceHandle ?? 'out' }
}

function toOf(wish: Connection | SurfaceEdge): End {
  return { node: refTarget(wish.target).id, port: wish.targetHandle ?? 'in' }
}

type Editor = ReturnType<typeof useFlowEditor>

function connectToStep({ flow, catalogue }: Editor, from: End, step: string) {
  return connect(flow, catalogue, from, { node: step, port: 'in' })
}

function connectFromStep({ flow, catalogue }: Editor, step: string, to: End) {
  const { doc } = flow.getState()
  const here = doc.nodes.get(step)
  const ports = here === undefined ? [] : portsOfStep(here, catalogue).outputs.map((port) => port.name)
  const fits = ports.find((port) => refusal(doc, catalogue, { node: step, port }, to) === null) ?? ports[0] ?? 'out'
  return connect(flow, catalogue, { node: step, port: fits }, to)
}

/** The end of a wire dropped on the body of a step: its best fitting port. */
function reconnectToStep({ flow, catalogue }: Editor, wire: string, side: 'from' | 'to', step: string) {
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
