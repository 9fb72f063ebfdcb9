import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { EmptyState } from '../../ui/index.ts'
import styles from './EmptyList.module.css'
import type { EmptyKind } from './EmptyPicture.tsx'

type Picture = ComponentType<{ readonly kind: EmptyKind }>

/** Lists are seldom empty: the drawings come when one is, and without a network the words do without them. */
const EmptyPicture = lazy(
  (): Promise<{ readonly default: Picture }> =>
    import('./EmptyPicture.tsx').then(
      (part) => ({ default: part.EmptyPicture }),
      () => ({ default: () => null }),
    ),
)

/** A list that has nothing yet: what it will show, drawn and in a sentence, what to do for that, and an example. */
export function EmptyList({
  kind,
  title,
  children,
  action,
}: {
  readonly kind: EmptyKind
  readonly title: string
  readonly children?: ReactNode | undefined
  readonly action?: ReactNode | undefined
}) {
  const t = useT()
  return (
    <EmptyState
      picture={
        <div className={styles.picture}>
          <Suspense fallback={null}>
            <EmptyPicture kind={kind} />
          </Suspense>
        </div>
      }
      title={title}
      action={action}
      example={t(`empty.${kind}.example`)}
    >
      {children}
    </EmptyState>
  )
}
