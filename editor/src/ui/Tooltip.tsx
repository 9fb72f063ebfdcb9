import { cloneElement, type ReactElement, type ReactNode } from 'react'
import styles from './Tooltip.module.css'
import { type TooltipPlacement, useTooltip } from './use-tooltip.tsx'

/** Wraps one focusable element. Never the only place where something is said. */
export function Tooltip({
  text,
  placement,
  keys,
  children,
}: {
  readonly text: ReactNode
  readonly placement?: TooltipPlacement
  readonly keys?: string
  readonly children: ReactElement<{ readonly 'aria-describedby'?: string }>
}) {
  const tooltip = useTooltip(text, placement, keys)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens to what happens to the element inside; it is no control of its own.
    <span
      className={styles.around}
      onPointerOver={(event) => event.pointerType === 'mouse' && tooltip.show(event.target as Element)}
      onPointerLeave={tooltip.hide}
      onPointerDown={tooltip.hide}
      onFocus={(event) => tooltip.showForKeys(event.target)}
      onBlur={tooltip.hide}
    >
      {tooltip.id === undefined ? children : cloneElement(children, { 'aria-describedby': tooltip.id })}
      {tooltip.bubble}
    </span>
  )
}
