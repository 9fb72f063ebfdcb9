import type { ReactNode } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { Button, EmptyState } from '../../ui/index.ts'

/** A list in which the filters find nothing: says so, and takes them away. */
export function NoMatches({ onClear, children }: { readonly onClear: () => void; readonly children?: ReactNode }) {
  const t = useT()
  return (
    <EmptyState title={t('app.no-matches')} action={<Button onPress={onClear}>{t('app.clear-filters')}</Button>}>
      {children}
    </EmptyState>
  )
}
