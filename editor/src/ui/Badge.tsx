import type { ReactNode } from 'react'
import styles from './Badge.module.css'
import { cx } from './cx.ts'

export type Tone = 'neutral' | 'accent' | 'run' | 'wait' | 'human' | 'ok' | 'error' | 'consent' | 'skipped'

/** A word with a colour that never says more than the word. */
export function Badge({
  tone = 'neutral',
  icon,
  children,
  isQuiet = false,
  className,
}: {
  readonly tone?: Tone
  readonly icon?: ReactNode
  readonly children: ReactNode
  /** No fill: for dense tables. */
  readonly isQuiet?: boolean
  readonly className?: string | undefined
}) {
  return (
    <span className={cx(styles.badge, styles[tone], isQuiet && styles.quiet, className)}>
      {icon}
      <span className={styles.words}>{children}</span>
    </span>
  )
}
