import type { FlowDefinition } from '@sluice/flows'
import { PanelLeftOpen, PanelRightOpen } from 'lucide-react'
import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useStore } from 'zustand'
import { useMay } from '../../app/api/index.ts'
import { useCommands } from '../../app/commands/index.ts'
import { needTexts, useSay, useT } from '../../app/i18n/index.ts'
import { usePage } from '../../app/shell/page.ts'
import { canvasCommands } from '../../canvas/canvas-commands.ts'
import { useCheck } from '../../canvas/check/use-check.ts'
import { FlowSurface } from '../../canvas/engine/FlowSurface.tsx'
import { viewMemory } from '../../canvas/engine/viewport-memory.ts'
import { wireActs } from '../../canvas/engine/wire-acts.ts'
import { FlowEditorProvider, useFlow, useView } from '../../canvas/flow-editor.ts'
import { useKeepFocus } from '../../canvas/keep-focus.ts'
import { paletteDrag } from '../../canvas/palette/palette-drag.ts'
import { StepPalette } from '../../canvas/palette/StepPalette.tsx'
import { useMedia } from '../../canvas/use-media.ts'
import { usePaste } from '../../canvas/use-paste.ts'
import { simulating } from '../../canvas/view-store.ts'
import { Inspector } from '../../inspect/Inspector.tsx'
import { IconButton, SplitPane } from '../../ui/index.ts'
import { BottomBar } from './BottomBar.tsx'
import { CanvasDialogs } from './CanvasDialogs.tsx'
import { CanvasToolbar } from './CanvasToolbar.tsx'
import styles from './FlowWorkspace.module.css'
import type { FlowStatus } from './flow-api.ts'
import { type OpenFlow, useOpenFlow } from './open-flow.ts'
import {
  ContextMenu,
  DragGhost,
  Drawer,
  EmptyCanvas,
  FindStep,
  HoverCard,
  LivePanel,
  Outline,
  QuickAdd,
  RecoverBanner,
  WireMode,
  warmQuickParts,
} from './parts-on-demand.ts'
import { TemplateNotice } from './TemplateNotice.tsx'
import { useDraftBadge } from './use-draft-badge.ts'
import { useFirstProblem } from './use-first-problem.ts'
import { useLiveFlow } from './use-live-flow.ts'
import { useNarrow } from './use-narrow.ts'
import { useTogether } from './use-together.ts'

const SimulatePanel = lazy(async () => {
  const [panel] = await Promise.all([import('./simulate/SimulatePanel.tsx'), needTexts('simulate', 'replay', 'forms')])
  return panel
})

/** For those who are new; nobody waits for it, and without a network nobody misses it. */
const Coach = lazy(
  (): Promise<{ readonly default: ComponentType }> =>
    Promise.all([import('./guide/Coach.tsx'), needTexts('guide')]).then(
      ([part]) => ({ default: part.Coach }),
      () => ({ default: () => null }),
    ),
)
const coachAfterMs = 1_000

/** One open flow: steps on the left, the drawing, settings on the right, a drawer below. */
export function FlowWorkspace(props: {
  readonly file: FlowDefinition
  readonly etag: string | null
  readonly status: FlowStatus | null
  readonly canWrite: boolean
}) {
  const isPhone = useMedia('(width < 700px)')
  const open = useOpenFlow(props.file, props.etag, props.canWrite)
  const { editor } = open
  const canEdit = props.canWrite && !isPhone
  const may = useMay()
  const [canRun, canPublish] = [may('events.write') || may('runs.start'), may('flows.publish')]
  useEffect(() => editor.view.setState({ canEdit, canRun, canPublish }), [editor, canEdit, canRun, canPublish])
  const [tries] = useState(() => new URLSearchParams(location.search).has('try'))
  useEffect(() => {
    // A copy of a template opens where it can be tried on sample data.
    if (canEdit && tries) editor.view.setState(simulating)
  }, [editor, canEdit, tries])
  return (
    <FlowEditorProvider value={editor}>
      <Workspace open={open} file={props.file} status={props.status} canWrite={props.canWrite} isPhone={isPhone} />
    </FlowEditorProvider>
  )
}

function Workspace({
  open,
  file,
  status,
  canWrite,
  isPhone,
}: {
  readonly open: OpenFlow
  readonly file: FlowDefinition
  readonly status: FlowStatus | null
  readonly canWrite: boolean
  readonly isPhone: boolean
}) {
  const t = useT()
  const say = useSay()
  const { editor } = open
  const head = useFlow((state) => state.doc.head)
  const count = useFlow((state) => state.doc.nodes.size)
  const paletteOpen = useView((view) => view.paletteOpen && view.canEdit)
  const inspectorOpen = useView((view) => view.inspectorOpen)
  const simulateOpen = useView((view) => view.simulateOpen && view.canEdit)
  const isPlaying = useView((view) => view.simulateOpen && view.canEdit && !view.simulateBehind)
  const outlineOpen = useView((view) => view.outlineOpen)
  const drawer = useView((view) => view.drawer)
  const wiring = useView((view) => view.wireMode !== null)
  const finding = useView((view) => view.confirm === 'find')
  const adding = useView((view) => view.quickAdd !== null)
  const hovering = useView((view) => view.hover !== null)
  const menuOpen = useView((view) => view.menu !== null)
  const live = useView((view) => view.live !== 'run')
  const isDragged = useStore(paletteDrag, ({ type }) => type !== null)
  // At a desk the panels stand still whatever is selected.
  const hasSelection = useFlow((state) => isPhone && state.selection.size > 0)
  const isNarrow = useMedia('(width < 1100px)')
  useNarrow(editor, isNarrow, isPhone && hasSelection)
  const name = say(head.name) || head.key
  useCommands(canvasCommands(editor))
  useFirstProblem(editor, isPhone)
  useCheck(editor)
  useLiveFlow(editor)
  usePaste(editor)
  useKeepFocus(editor)
  useWarmParts()
  const Together = useTogether()
  const coaches = useAfter(coachAfterMs) && canWrite && !isPhone
  const hasSide = isPhone ? hasSelection : inspectorOpen || isPlaying
  const side = hasSide ? (isNarrow ? 'over' : 'beside') : null
  useEffect(() => {
    // The drawing became narrower: what is being set up stays in sight.
    const { active } = editor.view.getState()
    if (side !== null && active !== null) requestAnimationFrame(() => editor.surface.current?.reveal(active))
  }, [editor, side])

  // Drawn in a place of its own, which moves with the width of the window: what is typed or played in it stays.
  const [place] = useState(sidePlace)
  const placed = <div className={isNarrow ? styles.sheet : styles.fill} data-covers-end={isNarrow && !isPhone} ref={place.into} />
  const middle = (
    <div className={styles.middle}>
      {open.found !== null && <RecoverBanner open={open} />}
      <TemplateNotice />
      <div className={styles.stage}>
        <FlowSurface label={t('canvas.label', { name, count })} memory={viewMemory} wireActs={wireActs}>
          {count === 0 && <EmptyCanvas />}
          {Together !== null && <Together file={file} />}
        </FlowSurface>
        {outlineOpen && <Outline />}
        {wiring && <WireMode />}
        {finding && <FindStep />}
        {live && <LivePanel />}
        {!paletteOpen && canWrite && !isPhone && (
          <IconButton
            className={styles.openPalette}
            tone="secondary"
            size="small"
            label={t('canvas.palette.open')}
            keys="["
            icon={<PanelLeftOpen size={16} aria-hidden="true" />}
            onPress={() => editor.view.setState({ paletteOpen: true })}
          />
        )}
        {!inspectorOpen && !isPlaying && !isPhone && (
          <IconButton
            className={styles.openInspector}
            tone="secondary"
            size="small"
            label={t('canvas.inspector.open')}
            keys="]"
            icon={<PanelRightOpen size={16} aria-hidden="true" />}
            onPress={() => editor.view.setState({ inspectorOpen: true })}
          />
        )}
        {(isPhone || !canWrite) && <p className={styles.readOnly}>{t(canWrite ? 'canvas.bar.read-only' : 'canvas.bar.no-write')}</p>}
        <BottomBar />
        {coaches && (
          <Suspense fallback={null}>
            <Coach />
          </Suspense>
        )}
        {isNarrow && hasSide && placed}
      </div>
      {drawer !== null && <Drawer status={status} />}
    </div>
  )
  return (
    <div className={styles.workspace}>
      <PageName status={status} name={name} />
      <CanvasToolbar status={status} />
      <SplitPane
        name="palette"
        fixed="start"
        size={232}
        sizeMin={184}
        sizeMax={400}
        start={paletteOpen ? <StepPalette /> : null}
        end={
          <SplitPane
            name="inspector"
            fixed="end"
            size={368}
            sizeMin={300}
            sizeMax={720}
            start={middle}
            end={hasSide && !isNarrow ? placed : null}
            className={styles.fill}
          />
        }
        className={styles.fill}
      />
      {(hasSide || simulateOpen) &&
        createPortal(
          <>
            {simulateOpen && (
              <div className={styles.fill} hidden={!isPlaying}>
                <Suspense fallback={null}>
                  <SimulatePanel />
                </Suspense>
              </div>
            )}
            {hasSide && !isPlaying && <Inspector />}
          </>,
          place.element,
        )}
      {adding && <QuickAdd />}
      {menuOpen && <ContextMenu />}
      {hovering && <HoverCard />}
      {isDragged && <DragGhost />}
      <CanvasDialogs status={status} />
    </div>
  )
}

/** Where the right side is drawn, and how it gets into what holds it now. */
function sidePlace() {
  const element = document.createElement('div')
  element.className = styles.side ?? ''
  return { element, into: (holder: HTMLElement | null) => holder?.append(element) }
}

/** Follows every step of saving, so it stands apart: what is drawn here is not drawn anew for it. */
function PageName({ status, name }: { readonly status: FlowStatus | null; readonly name: string }): null {
  const t = useT()
  const key = useFlow((state) => state.doc.head.key)
  usePage({ crumbs: [{ label: t('app.screen.flows'), href: '/flows' }, { label: name }], environment: useDraftBadge(status, key) })
  return null
}

function useAfter(milliseconds: number): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), milliseconds)
    return () => clearTimeout(timer)
  }, [milliseconds])
  return isOver
}

/** The first touch says that somebody works here; what is fetched then costs nobody who only looks. */
function useWarmParts(): void {
  useEffect(() => {
    const touched = ['pointermove', 'pointerdown', 'keydown'] as const
    const stop = () => {
      for (const kind of touched) window.removeEventListener(kind, warm, true)
    }
    const warm = () => {
      stop()
      warmQuickParts()
    }
    for (const kind of touched) window.addEventListener(kind, warm, true)
    return stop
  }, [])
}
