import type { ReactElement, ReactNode } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { Kbd } from './Kbd.tsx'
import styles from './Tooltip.module.css'

export type TooltipPlacement = 'top' | 'bottom' | 'left' | 'right'

export function TooltipBubble({
  placement = 'bottom',
  keys,
  children,
}: {
  readonly placement?: TooltipPlacement
  readonly keys?: string | undefined
  readonly children: ReactNode
}) {
  return (
    <AriaTooltip placement={placement} offset={6} className={styles.bubble ?? ''}>
      {children}
      {keys !== undefined && <Kbd keys={keys} />}
    </AriaTooltip>
  )
}

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
  readonly children: ReactElement
}) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <TooltipBubble {...(placement && { placement })} keys={keys}>
        {text}
      </TooltipBubble>
    </TooltipTrigger>
  )
}
