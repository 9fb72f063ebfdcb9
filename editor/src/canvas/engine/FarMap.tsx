import { useReactFlow, useStoreApi } from '@xyflow/react'
import { type PointerEvent, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { useSay, useT } from '../../app/i18n/index.ts'
import { useTheme } from '../../app/theme.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import { drawFar, readInk } from './draw-far.ts'
import styles from './surface-styles.ts'
import { useMarks } from './use-marks.ts'
import { viewOfAll } from './whole-view.ts'

const room = { width: 200, height: 150 } as const

/** The small map of a large flow: the engine has at most the steps near the view to put on its own. */
export function FarMap() {
  const t = useT()
  const say = useSay()
  const canvas = useRef<HTMLCanvasElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const store = useStoreApi()
  const { setCenter, getZoom, zoomTo } = useReactFlow()
  const { catalogue, runs, problems: found } = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  const selection = useFlow((state) => state.selection)
  const theme = useTheme((state) => state.theme)
  const overlay = useView((view) => view.overlay)
  const steps = useStore(runs, (state) => (overlay === null ? (state.picture?.steps ?? null) : null))
  const marks = useMarks()
  const problems = useStore(found, (state) => state.byNode)
  const whole = useMemo(() => viewOfAll(doc, catalogue, room, 0), [doc, catalogue])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme stands for the inks of the page.
  useEffect(() => {
    const sheet = canvas.current
    const context = sheet?.getContext('2d')
    if (sheet === null || context == null || whole === null) return
    const ratio = Math.min(2, window.devicePixelRatio || 1)
    sheet.width = room.width * ratio
    sheet.height = room.height * ratio
    const paint = () => {
      const view = { ...whole, ...room, ratio }
      drawFar(context, { doc, selection, pointed: null, catalogue, steps, marks, problems, say, ink: readInk(sheet), part: null, view })
    }
    paint()
    const outside = matchMedia('(prefers-color-scheme: dark)')
    outside.addEventListener('change', paint)
    return () => outside.removeEventListener('change', paint)
  }, [doc, selection, catalogue, steps, marks, problems, say, whole, theme])

  useEffect(() => {
    const lay = () => {
      const { transform, width, height } = store.getState()
      const [x, y, zoom] = transform
      if (frame.current === null || whole === null) return
      const part = whole.zoom / zoom
      frame.current.style.transform = `translate(${whole.x - x * part}px, ${whole.y - y * part}px)`
      frame.current.style.width = `${width * part}px`
      frame.current.style.height = `${height * part}px`
    }
    lay()
    return store.subscribe(lay)
  }, [store, whole])

  const centre = (event: PointerEvent<HTMLElement>) => {
    if (whole === null) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const [x, y] = [(event.clientX - left - whole.x) / whole.zoom, (event.clientY - top - whole.y) / whole.zoom]
    void setCenter(x, y, { zoom: getZoom() })
  }
  return (
    <div
      className={styles.farMap}
      role="img"
      aria-label={t('canvas.map')}
      data-testid="far-map"
      style={room}
      onPointerDown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        centre(event)
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && centre(event)}
      onWheel={(event) => void zoomTo(getZoom() * 2 ** (-event.deltaY / 400))}
    >
      <canvas ref={canvas} style={room} />
      <div ref={frame} className={styles.farMapView} />
    </div>
  )
}
