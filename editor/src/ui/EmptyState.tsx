import type { ReactNode } from 'react'
import { useT } from '../app/i18n/index.ts'
import styles from './EmptyState.module.css'

/** One sentence, one picture, one main action, one example: never a bare table (EDITOR.md §10). */
export function EmptyState({
  picture,
  title,
  children,
  action,
  example,
}: {
  readonly picture?: ReactNode
  readonly title: ReactNode
  readonly children?: ReactNode | undefined
  readonly action?: ReactNode | undefined
  readonly example?: string | undefined
}) {
  const t = useT()
  return (
    <div className={styles.empty} data-testid="empty">
      {picture !== undefined && (
        <div className={styles.picture} aria-hidden="true">
          {picture}
        </div>
      )}
      <h2 className={styles.title}>{title}</h2>
      {children !== undefined && <p className={styles.text}>{children}</p>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
      {example !== undefined && (
        <p className={styles.example} data-testid="example">
          {t('empty.example', { example })}
        </p>
      )}
    </div>
  )
}
