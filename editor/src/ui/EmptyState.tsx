import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

/** One sentence, one picture, one main action: never a bare table (EDITOR.md §10). */
export function EmptyState({
  picture,
  title,
  children,
  action,
}: {
  readonly picture?: ReactNode
  readonly title: ReactNode
  readonly children?: ReactNode | undefined
  readonly action?: ReactNode | undefined
}) {
  return (
    <div className={styles.empty}>
      {picture !== undefined && (
        <div className={styles.picture} aria-hidden="true">
          {picture}
        </div>
      )}
      <h2 className={styles.title}>{title}</h2>
      {children !== undefined && <p className={styles.text}>{children}</p>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  )
}
