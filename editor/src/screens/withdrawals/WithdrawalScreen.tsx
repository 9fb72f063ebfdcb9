import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useStream, type Withdrawal, withdrawalQuery } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { CustomerName, useCustomerName } from '../../app/names/CustomerName.tsx'
import { useWords } from '../../app/names/use-words.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenFrame } from '../../app/shell/ScreenFrame.tsx'
import { ScreenLoading } from '../../app/shell/ScreenStates.tsx'
import { Card, Facts, Link, StatusChip } from '../../ui/index.ts'
import { Escaped } from './Escaped.tsx'
import { Receipt } from './Receipt.tsx'
import { SlaClock } from './SlaClock.tsx'
import { Steps } from './Steps.tsx'
import { useScopeWords } from './scope-words.ts'
import styles from './WithdrawalScreen.module.css'

const openPollMs = 1_000

/** One withdrawal against its clock: what was done, what was stopped, what had already left, and the proof. */
export function WithdrawalScreen({ withdrawalId }: { readonly withdrawalId: string }) {
  const client = useQueryClient()
  const query = withdrawalQuery(withdrawalId)
  const withdrawal = useQuery({ ...query, refetchInterval: ({ state }) => (state.data?.completedAt === null ? openPollMs : false) })
  useStream({ topics: ['withdrawals'] }, (message) => {
    if (message.kind === 'topic' && message.data.withdrawal !== withdrawalId) return
    void client.invalidateQueries({ queryKey: query.queryKey })
  })
  if (withdrawal.isError) return <QueryProblem error={withdrawal.error} onRetry={() => void withdrawal.refetch()} />
  if (withdrawal.isPending) return <ScreenLoading />
  const data = withdrawal.data
  return <WithdrawalPage data={data} readAt={withdrawal.dataUpdatedAt} />
}

function WithdrawalPage({ data, readAt }: { readonly data: Withdrawal; readonly readAt: number }) {
  const t = useT()
  const name = useCustomerName(data.customer)
  return (
    <ScreenFrame
      head={{ crumbs: [{ label: t('app.screen.withdrawals'), href: '/withdrawals' }, { label: name }] }}
      title={
        <>
          <CustomerName id={data.customer} />
          <StatusChip state={data.state} />
        </>
      }
      lead={<ScopeLine withdrawal={data} />}
      isPadded
    >
      <div className={styles.grid}>
        <div className={styles.column}>
          <SlaClock withdrawal={data} readAt={readAt} />
          <Card title={t('withdrawals.steps')} isFlush>
            <Steps withdrawal={data} />
          </Card>
          <Escaped items={data.escaped} />
        </div>
        <div className={styles.column}>
          <Stopped withdrawal={data} />
          <About withdrawal={data} />
          {data.receipt !== null && <Receipt receipt={data.receipt} id={data.id} />}
        </div>
      </div>
    </ScreenFrame>
  )
}

function ScopeLine({ withdrawal }: { readonly withdrawal: Withdrawal }) {
  return useScopeWords()(withdrawal)
}

/** Where what was stopped stands: timers and tasks end with their runs. */
const behind = {
  runs: ({ id }: Withdrawal) => `/runs?withdrawal=${id}`,
  timers: ({ id }: Withdrawal) => `/runs?withdrawal=${id}&ended=timers`,
  messages: ({ customer }: Withdrawal) => `/messages?state=suppressed&customer=${encodeURIComponent(customer)}`,
  tasks: ({ id }: Withdrawal) => `/runs?withdrawal=${id}&ended=tasks`,
} as const

/** A number opens what it counts (EDITOR.md §1.4). */
function Counted({ count, href }: { readonly count: number; readonly href: string }) {
  const format = useFormat()
  return count === 0 ? format.number(count) : <Link href={href}>{format.number(count)}</Link>
}

function Stopped({ withdrawal }: { readonly withdrawal: Withdrawal }) {
  const t = useT()
  const parts = ['runs', 'timers', 'messages', 'tasks'] as const
  return (
    <Card title={t('withdrawals.stopped')}>
      <dl className={styles.counts}>
        {parts.map((part) => (
          <div key={part}>
            <dd>
              <Counted count={withdrawal.stopped[part]} href={behind[part](withdrawal)} />
            </dd>
            <dt>{t(`withdrawals.stopped.${part}`)}</dt>
          </div>
        ))}
      </dl>
    </Card>
  )
}

function About({ withdrawal }: { readonly withdrawal: Withdrawal }) {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  return (
    <Card title={t('app.details')}>
      <Facts
        items={[
          { name: t('withdrawals.channel'), value: words.channel(withdrawal.channel) },
          { name: t('withdrawals.received'), value: format.exact(withdrawal.receivedAt) },
          { name: t('withdrawals.fenced'), value: withdrawal.fencedAt === null ? '—' : format.exact(withdrawal.fencedAt) },
          { name: t('withdrawals.completed'), value: withdrawal.completedAt === null ? '—' : format.exact(withdrawal.completedAt) },
          {
            name: t('withdrawals.epoch'),
            value: <Counted count={withdrawal.epoch} href={`/customers/${encodeURIComponent(withdrawal.customer)}?tab=consent`} />,
          },
          ...(withdrawal.runs ?? []).map((run, index) => ({
            name: t('withdrawals.flow-run', { number: index + 1 }),
            value: <Link href={`/runs/${run}`}>{t('runs.open-replay')}</Link>,
          })),
        ]}
      />
    </Card>
  )
}
