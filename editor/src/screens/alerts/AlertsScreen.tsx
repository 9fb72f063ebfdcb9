import { useQuery } from '@tanstack/react-query'
import { MousePointerClick } from 'lucide-react'
import { type AlertView, alertsQuery } from '../../app/api/index.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { usePage } from '../../app/shell/page.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { useFilters } from '../../app/use-filters.ts'
import { cx, EmptyState, Segments } from '../../ui/index.ts'
import tasks from '../tasks/TasksScreen.module.css'
import { AlertCard } from './AlertCard.tsx'
import { AlertList } from './AlertList.tsx'

const views: readonly AlertView[] = ['open', 'acknowledged']

/** What a rep has to know at once, and what still is allowed. */
export function AlertsScreen() {
  const t = useT()
  const say = useSay()
  const { filters, set } = useFilters()
  const view = views.find((each) => each === filters.state) ?? 'open'
  const alerts = useQuery(alertsQuery(view))
  const items = alerts.data?.items ?? []
  const open = items.find((alert) => alert.id === filters.id)
  const search = view === 'open' ? '' : `state=${view}&`
  usePage({
    crumbs: [
      { label: t('app.screen.alerts'), href: '/alerts' },
      ...(open === undefined ? [] : [{ label: say(open.titles ?? open.title) }]),
    ],
  })
  return (
    <div className={cx(tasks.screen, open !== undefined && tasks.hasTask)}>
      <section className={tasks.list} aria-label={t('app.screen.alerts')}>
        <header className={tasks.listHead}>
          <ListTitle isPage={open === undefined} />
          <Segments<AlertView>
            label={t('alerts.view')}
            value={view}
            onChange={(next) => set({ state: next === 'open' ? undefined : next, id: undefined })}
            options={views.map((each) => ({ value: each, label: t(`alerts.view.${each}`) }))}
          />
        </header>
        {alerts.isError ? (
          <QueryProblem error={alerts.error} onRetry={() => void alerts.refetch()} />
        ) : (
          <AlertList
            alerts={items}
            isLoading={alerts.isPending}
            view={view}
            chosen={filters.id}
            hrefOf={(id) => `/alerts?${search}id=${id}`}
          />
        )}
      </section>
      {open === undefined ? (
        <div className={tasks.nothing}>
          {items.length > 0 && (
            <EmptyState picture={<MousePointerClick size={40} strokeWidth={1.4} />} title={t('alerts.choose')}>
              {t('alerts.choose.text')}
            </EmptyState>
          )}
        </div>
      ) : (
        <AlertCard key={open.id} alert={open} onBack={() => set({ id: undefined })} onDone={() => set({ id: undefined })} />
      )}
    </div>
  )
}

/** The heading of the page while nothing is open beside it. */
function ListTitle({ isPage }: { readonly isPage: boolean }) {
  const t = useT()
  const title = t('app.screen.alerts')
  return isPage ? <h1 className={tasks.title}>{title}</h1> : <h2 className={tasks.title}>{title}</h2>
}
