import { useInfiniteQuery } from '@tanstack/react-query'
import { FileDown, FileUp } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { type Customer, customersQuery, urlOf, useMay } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenFrame } from '../../app/shell/ScreenFrame.tsx'
import { useFilters } from '../../app/use-filters.ts'
import {
  Badge,
  Button,
  cx,
  type DataColumn,
  DataTable,
  EmptyState,
  isMasked,
  Link,
  LinkButton,
  MaskedValue,
  SearchField,
} from '../../ui/index.ts'
import { EmptyList } from '../empty/EmptyList.tsx'
import styles from './CustomersScreen.module.css'
import { Initial } from './Initial.tsx'

const ImportDialog = lazy(async () => ({ default: (await import('./ImportDialog.tsx')).ImportDialog }))

const typingMs = 250

export function CustomersScreen() {
  const t = useT()
  const may = useMay()
  const { filters, set } = useFilters()
  const [text, setText] = useState(filters.query ?? '')
  const [isImporting, openImport] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => set({ query: text.trim() }), typingMs)
    return () => clearTimeout(timer)
  }, [text, set])
  const customers = useInfiniteQuery(customersQuery(filters.query))
  const items = customers.data?.pages.flatMap((page) => page.items) ?? []
  const isSearch = filters.query !== undefined
  const importButton = may('customers.import') && (
    <Button tone="primary" icon={<FileUp size={15} aria-hidden="true" />} onPress={() => openImport(true)}>
      {t('customers.import')}
    </Button>
  )
  return (
    <ScreenFrame
      head={{ crumbs: [{ label: t('app.screen.customers') }] }}
      title={t('app.screen.customers')}
      lead={t('customers.lead')}
      actions={
        <>
          {items.length > 0 && (
            <LinkButton
              href={urlOf('/customers/export')}
              download="customers.csv"
              target="_blank"
              icon={<FileDown size={15} aria-hidden="true" />}
            >
              {t('customers.export')}
            </LinkButton>
          )}
          {importButton}
        </>
      }
      filters={<SearchField className={styles.search} label={t('customers.search')} value={text} onChange={setText} />}
    >
      {customers.isError ? (
        <QueryProblem error={customers.error} onRetry={() => void customers.refetch()} />
      ) : (
        <>
          <CustomersTable
            customers={items}
            isLoading={customers.isPending}
            empty={
              isSearch ? (
                <EmptyState title={t('app.no-matches')} action={<Button onPress={() => setText('')}>{t('app.clear')}</Button>}>
                  {t('customers.none-match')}
                </EmptyState>
              ) : (
                <EmptyList kind="customers" title={t('customers.empty.title')} action={importButton}>
                  {t('customers.empty.text')}
                </EmptyList>
              )
            }
          />
          {customers.hasNextPage && (
            <div className={styles.more}>
              <Button onPress={() => void customers.fetchNextPage()} isPending={customers.isFetchingNextPage}>
                {t('app.show-more')}
              </Button>
            </div>
          )}
        </>
      )}
      {isImporting && (
        <Suspense fallback={null}>
          <ImportDialog onClose={() => openImport(false)} />
        </Suspense>
      )}
    </ScreenFrame>
  )
}

/** What the numbers of a row count. */
const dataOf = ({ id }: Customer) => `/customers/${encodeURIComponent(id)}?tab=data`

function CustomersTable({
  customers,
  isLoading,
  empty,
}: {
  readonly customers: readonly Customer[]
  readonly isLoading: boolean
  readonly empty: React.ReactNode
}) {
  const t = useT()
  const format = useFormat()
  const personName = usePersonName()
  const columns: readonly DataColumn<Customer>[] = [
    {
      id: 'name',
      title: t('customers.name'),
      isRowHeader: true,
      phone: 'title',
      cell: (customer) => (
        <span className={styles.person}>
          <Initial name={customer.name} />
          <span className={styles.words}>
            <strong>{isMasked(customer.name) ? <MaskedValue reason={customer.name.$masked} isShort /> : customer.name}</strong>
            <span className={styles.quiet}>{[customer.id, customer.account].filter(Boolean).join(' · ')}</span>
          </span>
        </span>
      ),
    },
    { id: 'owner', title: t('customers.owner'), phone: 'line', cell: (customer) => personName(customer.owner) },
    { id: 'region', title: t('customers.region'), isMinor: true, phone: 'hide', cell: (customer) => customer.region ?? '—' },
    {
      id: 'frozen',
      title: t('customers.frozen'),
      phone: 'aside',
      cell: (customer) =>
        customer.frozen.length === 0 ? (
          <span className={cx(styles.quiet, styles.nothing)}>—</span>
        ) : (
          <Link href={dataOf(customer)}>
            <Badge tone="consent">{t('customers.frozen.count', { count: customer.frozen.length })}</Badge>
          </Link>
        ),
    },
    {
      id: 'fields',
      title: t('customers.fields'),
      isMinor: true,
      phone: 'hide',
      cell: (customer) => (
        <Link className={styles.quiet} isPlain href={dataOf(customer)}>
          {t('customers.fields.count', { count: Object.keys(customer.fields).length })}
        </Link>
      ),
    },
    {
      id: 'updated',
      title: t('customers.updated'),
      phone: 'hide',
      cell: (customer) => <span title={format.dateTime(customer.updatedAt)}>{format.relative(customer.updatedAt)}</span>,
    },
  ]
  return (
    <DataTable
      label={t('app.screen.customers')}
      columns={columns}
      items={customers}
      keyOf={(customer) => customer.id}
      nameOf={(customer) => (isMasked(customer.name) ? customer.id : customer.name)}
      hrefOf={(customer) => `/customers/${encodeURIComponent(customer.id)}`}
      isLoading={isLoading}
      empty={empty}
    />
  )
}
