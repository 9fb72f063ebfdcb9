import type { ReactNode } from 'react'
import { cx } from '../../ui/index.ts'
import { type PageHead, usePage } from './page.ts'
import styles from './ScreenFrame.module.css'

/** The usual page: title, main actions, filters, content that scrolls. */
export function ScreenFrame({
  head,
  title,
  lead,
  actions,
  filters,
  children,
  isPadded = false,
}: {
  readonly head: PageHead
  readonly title: ReactNode
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly filters?: ReactNode
  readonly children: ReactNode
  /** Content with its own inner distance; tables go to the edges. */
  readonly isPadded?: boolean
}) {
  usePage(head)
  return (
    <div className={styles.frame}>
      <header className={styles.head}>
        <div className={styles.words}>
          <h1 className={styles.title}>{title}</h1>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {filters !== undefined && <div className={styles.filters}>{filters}</div>}
      <div className={cx(styles.content, isPadded && styles.padded)}>{children}</div>
    </div>
  )
}
