import { useStoreApi, ViewportPortal } from '@xyflow/react'
import { useId, useLayoutEffect, useRef } from 'react'
import { cutTo, dotsApart, type Ground, groundOf, isUnder, missing } from './ground.ts'
import styles from './surface-styles.ts'

/** After this long at one zoom the drawing is a picture that is only moved. */
const restMs = 120
const dotPx = 0.7
/** From further away the browser would paint it at full size all the same and make it small, which costs more and looks coarse. */
const wholeFrom = 0.999
/** In the middle between two lines, as the engine puts its own. */
const dotAt = dotsApart / 2 + dotPx

/**
 * What lies under the cards: colour and dots. It moves with them, and with it cards and wires are one opaque picture that the browser
 * paints once and then only moves, at full size and for as long as the zoom stays what it is. Without it everything in sight is
 * painted anew in every frame of a moving view; a picture that one can see through, or that goes on out of sight, is mixed with what
 * is behind it, which costs as much.
 */
export function GroundSheet() {
  return (
    <ViewportPortal>
      <Sheet />
    </ViewportPortal>
  )
}

function Sheet() {
  const host = useRef<HTMLDivElement>(null)
  const store = useStoreApi()
  const dots = useId()
  useLayoutEffect(() => {
    const sheet = host.current
    const drawing = sheet?.closest<HTMLElement>('.react-flow__viewport') ?? null
    return sheet === null || drawing === null ? undefined : layUnder(sheet, drawing, store)
  }, [store])
  return (
    <div ref={host} className={styles.ground} data-testid="ground" aria-hidden="true">
      <svg width="100%" height="100%" aria-hidden="true">
        <pattern id={dots} width={dotsApart} height={dotsApart} patternUnits="userSpaceOnUse">
          <circle cx={dotAt} cy={dotAt} r={dotPx} />
        </pattern>
        <rect width="100%" height="100%" fill={`url(#${dots})`} />
      </svg>
    </div>
  )
}

/** Keeps the sheet under the view; gives back how to stop. */
function layUnder(sheet: HTMLElement, drawing: HTMLElement, store: ReturnType<typeof useStoreApi>): () => void {
  let ground: Ground | null = null
  let rest: ReturnType<typeof setTimeout> | undefined
  const now = () => {
    const { transform, width, height } = store.getState()
    const [x, y, zoom] = transform
    return { view: { x, y, zoom }, room: { width, height } }
  }
  const lay = () => {
    const { view, room } = now()
    ground = groundOf(view, room)
    const { x, y, width, height } = ground.box
    Object.assign(sheet.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` })
    drawing.style.clipPath = cutTo(ground)
  }
  const straighten = () => {
    const { view } = now()
    const ratio = window.devicePixelRatio || 1
    const [dx, dy] = [missing(view.x, ratio), missing(view.y, ratio)]
    const shift = dx === 0 && dy === 0 ? '' : `${dx}px ${dy}px`
    if (drawing.style.translate !== shift) drawing.style.translate = shift
  }
  const settle = () => {
    lay()
    if (zoom < wholeFrom) return
    straighten()
    drawing.style.willChange = 'transform'
  }
  /** A picture that is enlarged is blurred: at another zoom all is painted as it comes, until it rests. */
  const unsettle = () => {
    drawing.style.willChange = ''
    drawing.style.translate = ''
    clearTimeout(rest)
    rest = setTimeout(settle, restMs)
  }
  const follow = () => {
    const { view, room } = now()
    if (room.width === 0 || room.height === 0) return
    if (ground === null) return settle()
    if (room.width !== ground.room.width || room.height !== ground.room.height || !isUnder(ground, view, room)) lay()
    if (view.zoom !== zoom) unsettle()
    else if (drawing.style.willChange !== '') straighten()
    zoom = view.zoom
  }
  let { zoom } = now().view
  let before = store.getState()
  follow()
  const stop = store.subscribe((state) => {
    const isSame = state.transform === before.transform && state.width === before.width && state.height === before.height
    before = state
    if (!isSame) follow()
  })
  return () => {
    stop()
    clearTimeout(rest)
    Object.assign(drawing.style, { clipPath: '', translate: '', willChange: '' })
  }
}
