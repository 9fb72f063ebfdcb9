import { CloudOff, SearchX } from 'lucide-react'
import { Button, EmptyState } from '../../ui/index.ts'
import { isProblem } from '../api/index.ts'
import { useT } from '../i18n/index.ts'
import { NoAccess } from './ScreenStates.tsx'

/** In the place of what could not be read: why, and once more. */
export function QueryProblem({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const t = useT()
  if (isProblem(error, 403)) return <NoAccess />
  const isGone = isProblem(error, 404)
  return (
    <EmptyState
      picture={isGone ? <SearchX size={40} strokeWidth={1.4} /> : <CloudOff size={40} strokeWidth={1.4} />}
      title={isGone ? t('app.problem.not-found') : isProblem(error) && error.title !== '' ? error.title : t('app.problem.title')}
      action={isGone ? undefined : <Button onPress={onRetry}>{t('app.retry')}</Button>}
    >
      {isGone ? t('app.problem.not-found.help') : error instanceof Error ? error.message : String(error)}
    </EmptyState>
  )
}
