import type { ReactNode } from 'react'
import styles from './Card.module.css'
import { cx } from './cx.ts'

/** A bordered part of a page with a heading. */
export function Card({
  title,
  aside,
  children,
  isFlush = false,
  className,
}: {
  readonly title?: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
  /** Content goes to the edges: for tables. */
  readonly isFlush?: boolean
  readonly className?: string | undefined
}) {
  return (
    <section className={cx(styles.card, className)}>
      {(title !== undefined || aside !== undefined) && (
        <header className={styles.head}>
          <h2 className={styles.title}>{title}</h2>
          {aside}
        </header>
      )}
      <div className={cx(styles.body, isFlush && styles.flush)}>{children}</div>
    </section>
  )
}
