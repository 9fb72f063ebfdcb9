import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMay, useStream, withdrawalsQuery } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenFrame } from '../../app/shell/ScreenFrame.tsx'
import { useFilters } from '../../app/use-filters.ts'
import { Button, FilterChips, LinkButton } from '../../ui/index.ts'
import { EmptyList } from '../empty/EmptyList.tsx'
import { NoMatches } from '../empty/NoMatches.tsx'
import styles from './WithdrawalsScreen.module.css'
import { WithdrawalsTable } from './WithdrawalsTable.tsx'

const states = ['propagating', 'completed', 'completed_late', 'partial'] as const
type State = (typeof states)[number]

export function WithdrawalsScreen() {
  const t = useT()
  const client = useQueryClient()
  const mayCustomers = useMay()('customers.read')
  const { filters, set } = useFilters()
  const withdrawals = useInfiniteQuery(withdrawalsQuery({ state: filters.state }))
  useStream({ topics: ['withdrawals'] }, () => void client.invalidateQueries({ queryKey: ['withdrawals'] }))
  const items = withdrawals.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <ScreenFrame
      head={{ crumbs: [{ label: t('app.screen.withdrawals') }] }}
      title={t('app.screen.withdrawals')}
      lead={t('withdrawals.lead')}
      filters={
        <FilterChips<State>
          label={t('withdrawals.state')}
          all={t('app.all')}
          value={states.find((state) => state === filters.state) ?? null}
          onChange={(state) => set({ state: state ?? undefined })}
          options={states.map((state) => ({ value: state, label: t(`app.state.${state}`) }))}
        />
      }
    >
      {withdrawals.isError ? (
        <QueryProblem error={withdrawals.error} onRetry={() => void withdrawals.refetch()} />
      ) : (
        <>
          <WithdrawalsTable
            withdrawals={items}
            isLoading={withdrawals.isPending}
            empty={
              filters.state !== undefined ? (
                <NoMatches onClear={() => set({ state: undefined })} />
              ) : (
                <EmptyList
                  kind="withdrawals"
                  title={t('withdrawals.empty.title')}
                  action={
                    mayCustomers && (
                      <LinkButton href="/customers" tone="primary">
                        {t('empty.to.customers')}
                      </LinkButton>
                    )
                  }
                >
                  {t('withdrawals.empty.text')}
                </EmptyList>
              )
            }
          />
          {withdrawals.hasNextPage && (
            <div className={styles.more}>
              <Button onPress={() => void withdrawals.fetchNextPage()} isPending={withdrawals.isFetchingNextPage}>
                {t('app.show-more')}
              </Button>
            </div>
          )}
        </>
      )}
    </ScreenFrame>
  )
}
