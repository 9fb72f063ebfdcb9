import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { useT } from '../app/i18n/index.ts'
import { cx } from './cx.ts'
import styles from './SplitPane.module.css'

export interface SplitPaneProps {
  /** Remembered under this name in the browser. */
  readonly name: string
  /** The side with its own width; the other takes the rest. */
  readonly fixed: 'start' | 'end'
  /** The fixed side may be null: the other then has all the room, and stays what it is. */
  readonly start: ReactNode
  readonly end: ReactNode
  readonly size: number
  readonly sizeMin?: number
  readonly sizeMax?: number
  readonly className?: string | undefined
}

const stepPx = 16

function stored(name: string, size: number): number {
  try {
    const value = Number(localStorage.getItem(`sluice.pane.${name}`))
    return Number.isFinite(value) && value > 0 ? value : size
  } catch {
    return size
  }
}

/** Two panes and a border between them that can be dragged or moved with arrow keys. */
export function SplitPane({ name, fixed, start, end, size, sizeMin = 200, sizeMax = 720, className }: SplitPaneProps) {
  const t = useT()
  const [width, setWidth] = useState(() => stored(name, size))
  const drag = useRef<{ readonly x: number; readonly width: number } | null>(null)
  const sign = fixed === 'start' ? 1 : -1
  const clamp = (value: number) => Math.round(Math.min(sizeMax, Math.max(sizeMin, value)))
  const keep = (value: number) => {
    setWidth(clamp(value))
    try {
      localStorage.setItem(`sluice.pane.${name}`, String(clamp(value)))
    } catch {
      // The width then lasts for this page.
    }
  }
  const down = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, width }
  }
  const move = (event: PointerEvent) => {
    if (drag.current !== null) setWidth(clamp(drag.current.width + sign * (event.clientX - drag.current.x)))
  }
  const up = () => {
    if (drag.current !== null) keep(width)
    drag.current = null
  }
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    keep(width + sign * (event.key === 'ArrowRight' ? stepPx : -stepPx))
  }
  const isOpen = (fixed === 'start' ? start : end) !== null
  const fixedSide = (content: ReactNode) => (
    <div className={styles.fixed} style={{ width }}>
      {content}
    </div>
  )
  return (
    <div className={cx(styles.split, className)}>
      {fixed === 'start' && isOpen && fixedSide(start)}
      {fixed === 'end' && <div className={styles.rest}>{start}</div>}
      {isOpen && (
        // biome-ignore lint/a11y/useSemanticElements: a movable separator is this role, `hr` cannot have a value.
        <div
          role="separator"
          aria-label={t('app.resize')}
          aria-orientation="vertical"
          aria-valuenow={width}
          aria-valuemin={sizeMin}
          aria-valuemax={sizeMax}
          tabIndex={0}
          className={styles.border}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
          onPointerCancel={up}
          onKeyDown={key}
          onDoubleClick={() => keep(size)}
        />
      )}
      {fixed === 'start' && <div className={styles.rest}>{end}</div>}
      {fixed === 'end' && isOpen && fixedSide(end)}
    </div>
  )
}
