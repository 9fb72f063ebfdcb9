import type { ReactNode } from 'react'
import type { Withdrawal } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { CustomerName } from '../../app/names/CustomerName.tsx'
import { useWords } from '../../app/names/use-words.ts'
import { Badge, type DataColumn, DataTable, StatusChip } from '../../ui/index.ts'
import { useScopeWords } from './scope-words.ts'
import styles from './WithdrawalsScreen.module.css'

export function WithdrawalsTable({
  withdrawals,
  isLoading,
  empty,
}: {
  readonly withdrawals: readonly Withdrawal[]
  readonly isLoading: boolean
  readonly empty?: ReactNode
}) {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const scopeWords = useScopeWords()
  const columns: readonly DataColumn<Withdrawal>[] = [
    { id: 'state', title: t('withdrawals.state'), width: 140, phone: 'aside', cell: (each) => <StatusChip state={each.state} /> },
    {
      id: 'customer',
      title: t('withdrawals.customer'),
      isRowHeader: true,
      phone: 'title',
      cell: (each) => <CustomerName id={each.customer} />,
    },
    {
      id: 'what',
      title: t('withdrawals.what'),
      phone: 'line',
      cell: (each) => (
        <span className={styles.what} title={scopeWords(each)}>
          {scopeWords(each)}
        </span>
      ),
    },
    {
      id: 'channel',
      title: t('withdrawals.channel'),
      isMinor: true,
      phone: 'hide',
      cell: (each) => <span className={styles.line}>{words.channel(each.channel)}</span>,
    },
    {
      id: 'received',
      title: t('withdrawals.received'),
      width: 150,
      phone: 'line',
      cell: (each) => (
        <span className={styles.line} title={format.exact(each.receivedAt)}>
          {format.relative(each.receivedAt)}
        </span>
      ),
    },
    {
      id: 'fence',
      title: t('withdrawals.fence'),
      align: 'end',
      isMinor: true,
      phone: 'hide',
      cell: (each) => format.duration(each.fenceMs),
    },
    {
      id: 'took',
      title: t('withdrawals.took'),
      align: 'end',
      phone: 'hide',
      cell: (each) => (each.completedAt === null ? <span className={styles.quiet}>—</span> : format.duration(each.elapsedMs)),
    },
    {
      id: 'escaped',
      title: t('withdrawals.escaped'),
      align: 'end',
      isMinor: true,
      phone: 'hide',
      cell: (each) =>
        each.escaped.length === 0 ? <span className={styles.quiet}>0</span> : <Badge tone="wait">{each.escaped.length}</Badge>,
    },
  ]
  return (
    <DataTable
      label={t('app.screen.withdrawals')}
      columns={columns}
      items={withdrawals}
      keyOf={(each) => each.id}
      nameOf={(each) => each.customer}
      hrefOf={(each) => `/withdrawals/${encodeURIComponent(each.id)}`}
      isLoading={isLoading}
      empty={empty}
    />
  )
}
