import { useQuery } from '@tanstack/react-query'
import { incidentsQuery } from '../../app/api/operate.ts'
import { useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { Skeleton } from '../../ui/index.ts'
import { EmptyList } from '../empty/EmptyList.tsx'
import { IncidentCard } from './IncidentCard.tsx'
import styles from './Operate.module.css'
import { ToRuns } from './ToRuns.tsx'

export function IncidentList({ flow }: { readonly flow: string | undefined }) {
  const t = useT()
  const found = useQuery(incidentsQuery({ flow }))
  if (found.isError) return <QueryProblem error={found.error} onRetry={() => void found.refetch()} />
  if (found.isPending) return <Skeleton />
  if (found.data.items.length === 0) {
    return (
      <EmptyList kind="incidents" title={t('operate.incidents.none')} action={<ToRuns />}>
        {t('operate.incidents.none.text')}
      </EmptyList>
    )
  }
  return (
    <div className={styles.cards}>
      {found.data.items.map((incident) => (
        <IncidentCard key={`${incident.run}:${incident.token}`} incident={incident} />
      ))}
    </div>
  )
}
