import { useInfiniteQuery } from '@tanstack/react-query'
import { runsQuery, withdrawalsQuery } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { Card, EmptyState } from '../../ui/index.ts'
import { RunsTable } from '../runs/RunsTable.tsx'
import { WithdrawalsTable } from '../withdrawals/WithdrawalsTable.tsx'

export function CustomerRuns({ customerId }: { readonly customerId: string }) {
  const t = useT()
  const runs = useInfiniteQuery(runsQuery({ subject: customerId }))
  if (runs.isError) return <QueryProblem error={runs.error} onRetry={() => void runs.refetch()} />
  const items = runs.data?.pages.flatMap((page) => page.items) ?? []
  if (!runs.isPending && items.length === 0) return <EmptyState title={t('customers.runs.none')} />
  return (
    <Card isFlush>
      <RunsTable runs={items} isLoading={runs.isPending} isFiltered={false} onClear={() => {}} />
    </Card>
  )
}

export function CustomerWithdrawals({ customerId }: { readonly customerId: string }) {
  const t = useT()
  const withdrawals = useInfiniteQuery(withdrawalsQuery({ customer: customerId }))
  if (withdrawals.isError) return <QueryProblem error={withdrawals.error} onRetry={() => void withdrawals.refetch()} />
  const items = withdrawals.data?.pages.flatMap((page) => page.items) ?? []
  if (!withdrawals.isPending && items.length === 0) return <EmptyState title={t('customers.withdrawals.none')} />
  return (
    <Card isFlush>
      <WithdrawalsTable withdrawals={items} isLoading={withdrawals.isPending} />
    </Card>
  )
}
