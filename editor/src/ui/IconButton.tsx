import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import styles from './Button.module.css'
import { cx } from './cx.ts'
import { type TooltipPlacement, useTooltip } from './use-tooltip.tsx'

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
  const tooltip = useTooltip(label, tooltipPlacement, keys)
  return (
    <>
      <AriaButton
        {...rest}
        aria-label={label}
        {...(tooltip.id !== undefined && keys !== undefined && { 'aria-describedby': tooltip.id })}
        {...(isChosen !== undefined && { 'aria-pressed': isChosen })}
        className={cx(styles.button, styles.square, styles[tone], styles[size], isChosen === true && styles.chosen, className)}
        onHoverStart={(event) => {
          rest.onHoverStart?.(event)
          tooltip.show(event.target)
        }}
        onHoverEnd={(event) => {
          rest.onHoverEnd?.(event)
          tooltip.hide()
        }}
        onPressStart={(event) => {
          rest.onPressStart?.(event)
          tooltip.hide()
        }}
        onFocus={(event) => {
          rest.onFocus?.(event)
          tooltip.showForKeys(event.currentTarget)
        }}
        onBlur={(event) => {
          rest.onBlur?.(event)
          tooltip.hide()
        }}
      >
        {icon}
      </AriaButton>
      {tooltip.bubble}
    </>
  )
}
