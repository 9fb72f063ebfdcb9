import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Customer, customerQuery, useMay, useStream } from '../../app/api/index.ts'
import { type MessageId, useFormat, useT } from '../../app/i18n/index.ts'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { usePage } from '../../app/shell/page.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenLoading } from '../../app/shell/ScreenStates.tsx'
import { useFilters } from '../../app/use-filters.ts'
import { Badge, isMasked, MaskedValue, onDemand, Tabs } from '../../ui/index.ts'
import styles from './CustomerScreen.module.css'
import { ConsentTab } from './consent/ConsentTab.tsx'
import { CustomerRuns, CustomerWithdrawals } from './HistoryTabs.tsx'
import { Initial } from './Initial.tsx'

const StrategyTab = onDemand(async () => (await import('./StrategyTab.tsx')).StrategyTab)
const FieldsTab = onDemand(async () => (await import('./FieldsTab.tsx')).FieldsTab)

type TabId = 'consent' | 'data' | 'strategy' | 'runs' | 'withdrawals'

/** One customer: what they allow, what is sealed, what happened. */
export function CustomerScreen({ customerId }: { readonly customerId: string }) {
  const t = useT()
  const client = useQueryClient()
  const customer = useQuery(customerQuery(customerId))
  const name = customer.data?.name
  const label = name === undefined ? customerId : isMasked(name) ? t(`app.masked.short.${name.$masked}`) : name
  usePage({ crumbs: [{ label: t('app.screen.customers'), href: '/customers' }, { label }] })
  useStream({ topics: ['customers', 'withdrawals'] }, (message) => {
    if (message.kind === 'topic' && message.data.customer !== customerId) return
    void client.invalidateQueries({ queryKey: ['customers', 'one', customerId] })
    void client.invalidateQueries({ queryKey: ['withdrawals'] })
  })
  if (customer.isError) return <QueryProblem error={customer.error} onRetry={() => void customer.refetch()} />
  if (customer.isPending) return <ScreenLoading />
  return (
    <div className={styles.screen}>
      <Head customer={customer.data} />
      <CustomerTabs customer={customer.data} />
    </div>
  )
}

function Head({ customer }: { readonly customer: Customer }) {
  const t = useT()
  const format = useFormat()
  const personName = usePersonName()
  const facts: readonly (readonly [MessageId, string])[] = [
    ['customers.id', customer.id],
    ['customers.owner', personName(customer.owner)],
    ...(customer.account === null ? [] : [['customers.account', customer.account] as const]),
    ...(customer.region === null ? [] : [['customers.region', customer.region] as const]),
    ['customers.updated', format.relative(customer.updatedAt)],
  ]
  return (
    <header className={styles.head}>
      <Initial name={customer.name} />
      <div className={styles.words}>
        <h1 className={styles.title}>
          {isMasked(customer.name) ? <MaskedValue reason={customer.name.$masked} /> : customer.name}
          {customer.frozen.length > 0 && <Badge tone="consent">{t('customers.frozen.count', { count: customer.frozen.length })}</Badge>}
        </h1>
        <dl className={styles.facts}>
          {facts.map(([id, value]) => (
            <div key={id}>
              <dt>{t(id)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </header>
  )
}

function CustomerTabs({ customer }: { readonly customer: Customer }) {
  const t = useT()
  const may = useMay()
  const { filters, set } = useFilters()
  const tabs: readonly { readonly id: TabId; readonly shown: boolean; readonly content: React.ReactNode; readonly count?: number }[] = [
    { id: 'consent', shown: may('consents.read'), content: <ConsentTab customer={customer} /> },
    {
      id: 'data',
      shown: true,
      content: <FieldsTab customer={customer} />,
      ...(customer.frozen.length > 0 && { count: customer.frozen.length }),
    },
    { id: 'strategy', shown: true, content: <StrategyTab customerId={customer.id} /> },
    { id: 'runs', shown: may('runs.own'), content: <CustomerRuns customerId={customer.id} /> },
    { id: 'withdrawals', shown: may('withdrawals.read'), content: <CustomerWithdrawals customerId={customer.id} /> },
  ]
  const shown = tabs.filter((tab) => tab.shown)
  const selected = shown.find((tab) => tab.id === filters.tab)?.id ?? shown[0]?.id ?? 'data'
  return (
    <Tabs
      label={t('app.details')}
      className={styles.tabs}
      panelClassName={styles.panel}
      selected={selected}
      onSelect={(tab) => set({ tab })}
      items={shown.map((tab) => ({ id: tab.id, title: t(`customers.tab.${tab.id}`), count: tab.count, content: tab.content }))}
    />
  )
}
