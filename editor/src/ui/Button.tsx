import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Link as AriaLink,
  type LinkProps as AriaLinkProps,
} from 'react-aria-components'
import styles from './Button.module.css'
import { cx } from './cx.ts'
import { Spinner } from './Spinner.tsx'

export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger'

interface Look {
  readonly tone?: ButtonTone
  readonly size?: 'small' | 'medium' | 'large'
  /** Before the words; 16 px. */
  readonly icon?: ReactNode
  readonly isWide?: boolean
  readonly children?: ReactNode
}

export interface ButtonProps extends Look, Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly className?: string | undefined
}

function classOf({ tone = 'secondary', size = 'medium', isWide = false }: Look, className?: string): string {
  return cx(styles.button, styles[tone], styles[size], isWide && styles.wide, className)
}

/** `isPending` keeps the width and the focus while something is under way. */
export function Button({ tone, size, icon, isWide, className, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={classOf({ ...(tone && { tone }), ...(size && { size }), ...(isWide && { isWide }) }, className)}>
      {rest.isPending === true && (
        <span className={styles.pending}>
          <Spinner size={14} />
        </span>
      )}
      {icon}
      {children !== undefined && <span className={styles.words}>{children}</span>}
    </AriaButton>
  )
}

export interface LinkButtonProps extends Look, Omit<AriaLinkProps, 'children' | 'className' | 'style'> {
  readonly className?: string | undefined
}

/** Looks like a button and leads somewhere. */
export function LinkButton({ tone, size, icon, isWide, className, children, ...rest }: LinkButtonProps) {
  return (
    <AriaLink {...rest} className={classOf({ ...(tone && { tone }), ...(size && { size }), ...(isWide && { isWide }) }, className)}>
      {icon}
      {children !== undefined && <span className={styles.words}>{children}</span>}
    </AriaLink>
  )
}
