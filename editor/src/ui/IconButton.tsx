import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps, TooltipTrigger } from 'react-aria-components'
import styles from './Button.module.css'
import { cx } from './cx.ts'
import { TooltipBubble, type TooltipPlacement } from './Tooltip.tsx'

export interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'aria-label'> {
  /** Says what it does: the accessible name and the tooltip. */
  readonly label: string
  readonly icon: ReactNode
  readonly tone?: 'quiet' | 'secondary' | 'primary' | 'danger'
  readonly size?: 'small' | 'medium' | 'large'
  /** Shown behind the label, for example `⌘K`. */
  readonly keys?: string | undefined
  /** A toggle that is on. */
  readonly isChosen?: boolean
  readonly tooltipPlacement?: TooltipPlacement
  readonly className?: string | undefined
}

export function IconButton({
  label,
  icon,
  tone = 'quiet',
  size = 'medium',
  keys,
  isChosen,
  tooltipPlacement = 'bottom',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      <AriaButton
        {...rest}
        aria-label={label}
        {...(isChosen !== undefined && { 'aria-pressed': isChosen })}
        className={cx(styles.button, styles.square, styles[tone], styles[size], isChosen === true && styles.chosen, className)}
      >
        {icon}
      </AriaButton>
      <TooltipBubble placement={tooltipPlacement} keys={keys}>
        {label}
      </TooltipBubble>
    </TooltipTrigger>
  )
}
