import { type ReactNode, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { Kbd } from './Kbd.tsx'
import styles from './Tooltip.module.css'

export type TooltipPlacement = 'top' | 'bottom' | 'left' | 'right'

const delayMs = 500
/** Going from one button to the next shows the next name at once. */
const warmMs = 500
const gapPx = 6
const edgePx = 4
let shownAt = Number.NEGATIVE_INFINITY

export interface TooltipHandle {
  /** Name of the bubble while it is there, for `aria-describedby`. */
  readonly id: string | undefined
  readonly show: (over: Element) => void
  /** At once when the keyboard brought the focus here. */
  readonly showForKeys: (over: Element) => void
  readonly hide: () => void
  readonly bubble: ReactNode
}

/** A bubble beside an element. Our own, because the kit's brings 7 kB of placing with it to every first visit. */
export function useTooltip(text: ReactNode, placement: TooltipPlacement = 'bottom', keys?: string): TooltipHandle {
  const id = useId()
  const [over, setOver] = useState<Element | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const hide = useCallback(() => {
    clearTimeout(timer.current)
    setOver(null)
  }, [])
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (over === null) return
    const key = (event: KeyboardEvent) => event.key === 'Escape' && hide()
    window.addEventListener('keydown', key, true)
    window.addEventListener('scroll', hide, true)
    return () => {
      shownAt = performance.now()
      window.removeEventListener('keydown', key, true)
      window.removeEventListener('scroll', hide, true)
    }
  }, [over, hide])
  return {
    id: over === null ? undefined : id,
    show(element) {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setOver(element), performance.now() - shownAt < warmMs ? 0 : delayMs)
    },
    showForKeys: (element) => element.matches(':focus-visible') && setOver(element),
    hide,
    bubble: over !== null && (
      <Bubble id={id} over={over} placement={placement}>
        {text}
        {keys !== undefined && <Kbd keys={keys} />}
      </Bubble>
    ),
  }
}

function Bubble({
  id,
  over,
  placement,
  children,
}: {
  readonly id: string
  readonly over: Element
  readonly placement: TooltipPlacement
  readonly children: ReactNode
}) {
  const bubble = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = bubble.current
    if (element === null) return
    const { left, top } = placeOf(over.getBoundingClientRect(), element.getBoundingClientRect(), placement)
    element.style.left = `${left}px`
    element.style.top = `${top}px`
  })
  return createPortal(
    <div ref={bubble} id={id} role="tooltip" className={styles.bubble}>
      {children}
    </div>,
    document.body,
  )
}

/** Beside the element, on the other side when there is no room, never over the edge of the window. */
function placeOf(over: DOMRect, own: DOMRect, placement: TooltipPlacement): { readonly left: number; readonly top: number } {
  const { innerWidth, innerHeight } = window
  const middleX = over.left + over.width / 2 - own.width / 2
  const middleY = over.top + over.height / 2 - own.height / 2
  const below = over.bottom + gapPx
  const above = over.top - gapPx - own.height
  const after = over.right + gapPx
  const before = over.left - gapPx - own.width
  const wanted =
    placement === 'bottom'
      ? { left: middleX, top: below + own.height > innerHeight ? above : below }
      : placement === 'top'
        ? { left: middleX, top: above < 0 ? below : above }
        : placement === 'right'
          ? { left: after + own.width > innerWidth ? before : after, top: middleY }
          : { left: before < 0 ? after : before, top: middleY }
  return {
    left: Math.max(edgePx, Math.min(wanted.left, innerWidth - own.width - edgePx)),
    top: Math.max(edgePx, Math.min(wanted.top, innerHeight - own.height - edgePx)),
  }
}
