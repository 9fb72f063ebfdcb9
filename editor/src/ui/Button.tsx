import type { ReactNode } from 'react'
import styles from './Button.module.css'
import { cx } from './cx.ts'
import { PlainButton, type PressProps } from './PlainButton.tsx'
import { PlainLink, type PlainLinkProps } from './PlainLink.tsx'
import { Spinner } from './Spinner.tsx'

export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger'

interface Look {
  readonly tone?: ButtonTone
  readonly size?: 'small' | 'medium' | 'large'
  /** Before the words; 16 px. */
  readonly icon?: ReactNode
  readonly isWide?: boolean
  readonly children?: ReactNode
  readonly className?: string | undefined
}

export interface ButtonProps extends Look, PressProps {}

function classOf({ tone = 'secondary', size = 'medium', isWide = false, className }: Look): string {
  return cx(styles.button, styles[tone], styles[size], isWide && styles.wide, className)
}

/** `isPending` keeps the width and the focus while something is under way. */
export function Button({ tone, size, icon, isWide, className, children, ...rest }: ButtonProps) {
  return (
    <PlainButton {...rest} className={classOf({ ...(tone && { tone }), ...(size && { size }), ...(isWide && { isWide }), className })}>
      {rest.isPending === true && (
        <span className={styles.pending}>
          <Spinner size={14} />
        </span>
      )}
      {icon}
      {children !== undefined && <span className={styles.words}>{children}</span>}
    </PlainButton>
  )
}

export interface LinkButtonProps extends Look, Omit<PlainLinkProps, 'children' | 'className'> {}

/** Looks like a button and leads somewhere. */
export function LinkButton({ tone, size, icon, isWide, className, children, ...rest }: LinkButtonProps) {
  return (
    <PlainLink {...rest} className={classOf({ ...(tone && { tone }), ...(size && { size }), ...(isWide && { isWide }), className })}>
      {icon}
      {children !== undefined && <span className={styles.words}>{children}</span>}
    </PlainLink>
  )
}
