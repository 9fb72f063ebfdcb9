import { useStoreApi, type Viewport } from '@xyflow/react'
import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { useLanguageStore, useSay } from '../../app/i18n/index.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import { movedBy } from '../gestures/far-move.ts'
import { drawFar, drawOver, type FarPicture, type Ink, readInk, toldAnew } from './draw-far.ts'
import { farReach } from './far-reach.ts'
import { isEnough, isSharp, laid, newSheet, type Sheet } from './far-sheet.ts'
import styles from './surface-styles.ts'
import { useMarks } from './use-marks.ts'

/** After this long without a move the view is taken to rest. */
const restMs = 120
/** After this long without news of a run all is painted anew: of a card drawn over another the edge keeps a trace of its colour. */
const quietMs = 500

const ratioNow = () => Math.min(2, window.devicePixelRatio || 1)

interface Layer {
  /** What is drawn changed. */
  all(): void
  /** A run tells something else of some steps. */
  told(): void
  /** Only what a hand holds moved, or a wire is pointed at. */
  held(): void
}

/**
 * A large flow seen from far away: one picture instead of a thousand cards. It is painted larger than the room, so that moving the view
 * only moves the sheet, and anew when an edge comes near that hides something, when it rests and is not sharp, and when what it shows changes; at most once per frame. What a
 * hand moves is on a sheet of its own. Hit testing is done by the surface on the document.
 */
export function FarLayer() {
  const host = useRef<HTMLDivElement>(null)
  const layer = useRef<Layer | null>(null)
  const store = useStoreApi()
  const say = useSay()
  const editor = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  const selection = useFlow((state) => state.selection)
  const language = useLanguageStore((state) => state.language)
  const overlay = useView((view) => view.overlay)
  const steps = useStore(editor.runs, (state) => (overlay === null ? (state.picture?.steps ?? null) : null))
  const marks = useMarks()
  const problems = useStore(editor.problems, (state) => state.byNode)
  const move = useView((state) => state.farMove)
  const pointed = useView((state) => state.pointed)
  const refs = move?.refs ?? null
  const shown = useMemo(() => movedBy(doc, move), [doc, move])
  const latest = useRef({ doc, shown, refs, selection, pointed, steps, marks, problems, say })
  latest.current = { doc, shown, refs, selection, pointed, steps, marks, problems, say }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn is read where it is painted; this says that it changed. Before the layer is there nobody listens.
  useEffect(() => layer.current?.all(), [doc, refs, selection, marks, problems, say, language])
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above, for a run.
  useEffect(() => layer.current?.told(), [steps])
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above, for what is in hand or pointed at.
  useEffect(() => layer.current?.held(), [shown, pointed])

  useEffect(() => {
    const sheetElement = host.current
    const [still, hand] = [...(sheetElement?.querySelectorAll('canvas') ?? [])]
    if (sheetElement === null || still === undefined || hand === undefined) return
    let ink: Ink = readInk(sheetElement)
    let sheet: Sheet | null = null
    let wish: 'all' | 'held' | null = null
    let frame = 0
    let rest: ReturnType<typeof setTimeout> | undefined
    let quiet: ReturnType<typeof setTimeout> | undefined
    /** What a run told of the steps when they were painted. */
    let told = latest.current.steps
    let before = store.getState().transform

    const paint = (canvas: HTMLCanvasElement, { view, room, margin }: Sheet, part: FarPicture['part'], over: readonly string[] = []) => {
      const ratio = ratioNow()
      const [width, height] = [room.width + 2 * margin.width, room.height + 2 * margin.height]
      if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
        canvas.width = Math.round(width * ratio)
        canvas.height = Math.round(height * ratio)
        canvas.style.width = `${width}px`
        canvas.style.height = `${height}px`
      }
      const context = canvas.getContext('2d')
      if (context === null) return
      const now = latest.current
      const place = { x: view.x + margin.width, y: view.y + margin.height, zoom: view.zoom, width, height, ratio }
      const picture = { ...now, doc: part?.isIn === true ? now.shown : now.doc, catalogue: editor.catalogue, ink, part, view: place }
      if (over.length > 0) drawOver(context, picture, over)
      else drawFar(context, picture)
    }
    const lay = (now: Viewport, on: Sheet) => {
      const { x, y, scale } = laid(on, now)
      sheetElement.style.transform = `translate(${x}px, ${y}px) scale(${scale})`
    }
    const draw = () => {
      frame = 0
      const { transform, width, height } = store.getState()
      const now = { x: transform[0], y: transform[1], zoom: transform[2] }
      const room = { width, height }
      const { doc, refs: held, pointed: meant, steps } = latest.current
      const changed = held === null || steps === told ? toldAnew(told, steps) : null
      const isFresh = sheet === null || wish === 'all' || changed === null || !isEnough(sheet, now, room, held !== null)
      const on = isFresh || sheet === null ? newSheet(now, room, farReach(doc, editor.catalogue)) : sheet
      const light = new Set([...(held ?? []), ...(meant === null ? [] : [meant])])
      if (isFresh) paint(still, on, held === null ? null : { refs: held, isIn: false })
      else if (changed.length > 0) {
        paint(still, on, null, changed)
        clearTimeout(quiet)
        quiet = setTimeout(() => ask('all'), quietMs)
      }
      told = steps
      if (isFresh || wish === 'held') {
        hand.hidden = light.size === 0
        if (light.size > 0) paint(hand, on, { refs: light, isIn: true })
      }
      sheet = on
      wish = null
      lay(now, on)
    }
    const ask = (what: 'all' | 'held' | null) => {
      wish = what ?? wish
      if (frame === 0) frame = requestAnimationFrame(draw)
    }
    const sharpen = () => {
      const [x, y, zoom] = store.getState().transform
      if (sheet !== null && !isSharp(sheet, { x, y, zoom }, ratioNow())) ask('all')
    }
    const recolour = () => {
      ink = readInk(sheetElement)
      ask('all')
    }
    draw()
    layer.current = { all: () => ask('all'), told: () => ask(null), held: () => ask(wish === 'all' ? 'all' : 'held') }
    const stop = store.subscribe(({ transform, width, height }) => {
      if (transform === before && sheet !== null && width === sheet.room.width && height === sheet.room.height) return
      before = transform
      ask(null)
      clearTimeout(rest)
      rest = setTimeout(sharpen, restMs)
    })
    const themes = new MutationObserver(recolour)
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'lang'] })
    const media = matchMedia('(prefers-color-scheme: dark)')
    media.addEventListener('change', recolour)
    return () => {
      layer.current = null
      if (frame !== 0) cancelAnimationFrame(frame)
      clearTimeout(rest)
      clearTimeout(quiet)
      stop()
      themes.disconnect()
      media.removeEventListener('change', recolour)
    }
  }, [store, editor])

  return (
    // Without a tab stop; the outline view says the same in words.
    <div className={styles.far} aria-hidden="true">
      <div ref={host} className={styles.farSheet}>
        <canvas data-testid="far-layer" />
        <canvas hidden />
      </div>
    </div>
  )
}
