import type { ReactNode } from 'react'
import styles from './Button.module.css'
import { cx } from './cx.ts'
import { PlainButton, type PressProps } from './PlainButton.tsx'
import { type TooltipPlacement, useTooltip } from './use-tooltip.tsx'

export interface IconButtonProps extends Omit<PressProps, 'aria-label'> {
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
      <PlainButton
        {...rest}
        aria-label={label}
        {...(tooltip.id !== undefined && keys !== undefined && { 'aria-describedby': tooltip.id })}
        {...(isChosen !== undefined && { 'aria-pressed': isChosen })}
        className={cx(styles.button, styles.square, styles[tone], styles[size], isChosen === true && styles.chosen, className)}
        onHoverStart={(over) => {
          rest.onHoverStart?.(over)
          tooltip.show(over)
        }}
        onHoverEnd={() => {
          rest.onHoverEnd?.()
          tooltip.hide()
        }}
        onPressStart={() => {
          rest.onPressStart?.()
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
      </PlainButton>
      {tooltip.bubble}
    </>
  )
}
