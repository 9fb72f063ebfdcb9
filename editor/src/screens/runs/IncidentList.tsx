import { useQuery } from '@tanstack/react-query'
import { CheckCircle2 } from 'lucide-react'
import { incidentsQuery } from '../../app/api/operate.ts'
import { useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { EmptyState, Skeleton } from '../../ui/index.ts'
import { IncidentCard } from './IncidentCard.tsx'
import styles from './Operate.module.css'

export function IncidentList({ flow }: { readonly flow: string | undefined }) {
  const t = useT()
  const found = useQuery(incidentsQuery({ flow }))
  if (found.isError) return <QueryProblem error={found.error} onRetry={() => void found.refetch()} />
  if (found.isPending) return <Skeleton />
  if (found.data.items.length === 0) {
    return (
      <EmptyState picture={<CheckCircle2 size={40} strokeWidth={1.4} />} title={t('operate.incidents.none')}>
        {t('operate.incidents.none.text')}
      </EmptyState>
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
