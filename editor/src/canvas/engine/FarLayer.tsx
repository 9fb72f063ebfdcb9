import { useStoreApi } from '@xyflow/react'
import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { useLanguageStore, useSay } from '../../app/i18n/index.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import { movedBy } from '../gestures/far-move.ts'
import { drawFar, type Ink, readInk } from './draw-far.ts'
import styles from './Surface.module.css'

/**
 * A large flow seen from far away: one picture instead of a thousand cards. Redrawn at most once per frame, when the view,
 * the flow, the selection, the runs or the colours change. Hit testing is done by the surface on the document.
 */
export function FarLayer() {
  const canvas = useRef<HTMLCanvasElement>(null)
  const store = useStoreApi()
  const say = useSay()
  const editor = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  const selection = useFlow((state) => state.selection)
  const language = useLanguageStore((state) => state.language)
  const overlay = useView((view) => view.overlay)
  const steps = useStore(editor.runs, (state) => (overlay === null ? (state.picture?.steps ?? null) : null))
  const problems = useStore(editor.problems, (state) => state.byNode)
  const move = useView((state) => state.farMove)
  const pointed = useView((state) => state.pointed)
  const shown = useMemo(() => movedBy(doc, move), [doc, move])
  const latest = useRef({ doc: shown, selection, pointed, steps, problems, say })
  latest.current = { doc: shown, selection, pointed, steps, problems, say }

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d') ?? null
    if (element === null || context === null) return
    let ink: Ink = readInk(element)
    let frame = 0
    const draw = () => {
      frame = 0
      const { transform, width, height } = store.getState()
      const ratio = Math.min(2, window.devicePixelRatio || 1)
      if (element.width !== Math.round(width * ratio) || element.height !== Math.round(height * ratio)) {
        element.width = Math.round(width * ratio)
        element.height = Math.round(height * ratio)
      }
      const [x, y, zoom] = transform
      drawFar(context, { ...latest.current, catalogue: editor.catalogue, ink, view: { x, y, zoom, width, height, ratio } })
    }
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(draw)
    }
    const recolour = () => {
      ink = readInk(element)
      ask()
    }
    draw()
    const stops = [
      store.subscribe(ask),
      editor.flow.subscribe(ask),
      editor.view.subscribe(ask),
      editor.runs.subscribe(ask),
      editor.problems.subscribe(ask),
    ]
    const themes = new MutationObserver(recolour)
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'lang'] })
    const media = matchMedia('(prefers-color-scheme: dark)')
    media.addEventListener('change', recolour)
    return () => {
      if (frame !== 0) cancelAnimationFrame(frame)
      for (const stop of stops) stop()
      themes.disconnect()
      media.removeEventListener('change', recolour)
    }
  }, [store, editor])

  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a picture without tab stop; the outline view says the same in words.
  return <canvas key={language} ref={canvas} className={styles.far} aria-hidden="true" data-testid="far-layer" />
}
