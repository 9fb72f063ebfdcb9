import { useInfiniteQuery } from '@tanstack/react-query'
import { ListChecks, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { type RunFilters, type RunStateName, runsQuery, useMay } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenFrame } from '../../app/shell/ScreenFrame.tsx'
import { useFilters } from '../../app/use-filters.ts'
import { Badge, Button, FilterChips, onDemand, SearchField, Segments, Select } from '../../ui/index.ts'
import { FlowFilter } from './FlowFilter.tsx'
import { periods, sinceOf } from './periods.ts'
import { RunHistogram } from './RunHistogram.tsx'
import styles from './RunsScreen.module.css'
import { RunsTable } from './RunsTable.tsx'
import { type SavedFilter, savedFilter, savedFilters } from './saved-filters.ts'
import { useLiveRuns } from './use-live-runs.ts'

const states: readonly RunStateName[] = ['running', 'waiting', 'incident', 'failed', 'succeeded', 'cancelled']
/** What the counts on a canvas open: runs that have not ended. */
const open = 'running,waiting,incident' as const
const typingMs = 300
const BulkDialog = onDemand(async () => (await import('./BulkDialog.tsx')).BulkDialog)
const IncidentList = onDemand(async () => (await import('./IncidentList.tsx')).IncidentList)
const LetterList = onDemand(async () => (await import('./LetterList.tsx')).LetterList)

/** Not one of the periods: a stretch taken from the chart. */
const chosenPeriod = 'chart'

export function RunsScreen() {
  const t = useT()
  const { filters, set } = useFilters()
  const wanted: RunFilters = {
    flow: filters.flow,
    state: filters.state,
    subject: filters.subject,
    from: sinceOf(filters.from),
    to: filters.to,
    withdrawal: filters.withdrawal,
    ended: filters.ended,
    ...savedFilter(filters.saved),
  }
  const runs = useInfiniteQuery(runsQuery(wanted))
  useLiveRuns(wanted)
  const items = runs.data?.pages.flatMap((page) => page.items) ?? []
  const isFiltered = Object.entries(filters).some(([name, value]) => name !== 'view' && value !== undefined)
  const clear = () =>
    set({
      flow: undefined,
      state: undefined,
      subject: undefined,
      from: undefined,
      to: undefined,
      saved: undefined,
      withdrawal: undefined,
      ended: undefined,
    })
  const may = useMay()
  const mayAct = may('runs.act')
  // Whoever sees the runs of their own customers alone mends nothing.
  const seesAll = may('runs.read')
  const isChart = filters.from !== undefined && !periods.some((period) => period === filters.from)
  const [isActing, setIsActing] = useState(false)
  const view = seesAll && (filters.view === 'incidents' || filters.view === 'letters') ? filters.view : 'runs'
  return (
    <ScreenFrame
      head={{ crumbs: [{ label: t('app.screen.runs') }] }}
      title={t('app.screen.runs')}
      lead={t(view !== 'runs' ? `operate.${view}.none.text` : seesAll ? 'runs.lead' : 'runs.lead.own')}
      actions={
        seesAll && (
          <Segments<'runs' | 'incidents' | 'letters'>
            label={t('operate.view')}
            value={view}
            onChange={(next) => set({ view: next === 'runs' ? undefined : next })}
            options={(['runs', 'incidents', 'letters'] as const).map((value) => ({ value, label: t(`operate.view.${value}`) }))}
          />
        )
      }
      filters={
        <>
          {view === 'runs' && (
            <FilterChips<RunStateName | SavedFilter | typeof open>
              label={t('runs.state')}
              all={t('app.all')}
              value={[...states, ...savedFilters, open].find((chip) => chip === (filters.saved ?? filters.state)) ?? null}
              onChange={(chip) => {
                const saved = savedFilters.find((name) => name === chip)
                set({ saved, state: saved === undefined ? (chip ?? undefined) : undefined })
              }}
              options={[
                ...(filters.state === open ? [{ value: open as typeof open, label: t('operate.saved.open') }] : []),
                ...states.map((value) => ({ value, label: t(`app.state.${value}`) })),
                ...savedFilters.map((value) => ({ value, label: t(`operate.saved.${value}`) })),
              ]}
            />
          )}
          {view !== 'letters' && may('flows.read') && <FlowFilter value={filters.flow ?? null} onChange={(flow) => set({ flow })} />}
          {view === 'runs' && (
            <>
              <Select
                aria-label={t('runs.period')}
                isCompact
                value={isChart ? chosenPeriod : (filters.from ?? 'any')}
                onChange={(from) => from !== chosenPeriod && set({ from: from === 'any' ? undefined : from, to: undefined })}
                options={[
                  { value: 'any', label: t('runs.period.any') },
                  ...periods.map((value) => ({ value, label: t(`runs.period.${value}`) })),
                  ...(isChart ? [{ value: chosenPeriod, label: t('operate.period.chosen') }] : []),
                ]}
              />
              <SubjectFilter value={filters.subject ?? ''} onChange={(subject) => set({ subject })} />
            </>
          )}
          {filters.withdrawal !== undefined && view === 'runs' && <Badge tone="wait">{t('runs.withdrawal')}</Badge>}
          {isFiltered && view === 'runs' && (
            <Button tone="quiet" size="small" icon={<X size={13} aria-hidden="true" />} onPress={clear}>
              {t('app.clear-filters')}
            </Button>
          )}
        </>
      }
    >
      {view === 'incidents' ? (
        <IncidentList flow={filters.flow} />
      ) : view === 'letters' ? (
        <LetterList />
      ) : runs.isError ? (
        <QueryProblem error={runs.error} onRetry={() => void runs.refetch()} />
      ) : (
        <>
          <RunHistogram filters={wanted} onRange={(from, to) => set({ from, to })} />
          {mayAct && items.length > 0 && filters.withdrawal === undefined && (
            <div className={styles.bulk}>
              <Button size="small" icon={<ListChecks size={14} aria-hidden="true" />} onPress={() => setIsActing(true)}>
                {t('operate.bulk.open')}
              </Button>
            </div>
          )}
          {isActing && <BulkDialog filters={wanted} onClose={() => setIsActing(false)} />}
          <RunsTable runs={items} isLoading={runs.isPending} isFiltered={isFiltered} onClear={clear} />
          {runs.hasNextPage && (
            <div className={styles.more}>
              <Button onPress={() => void runs.fetchNextPage()} isPending={runs.isFetchingNextPage}>
                {t('app.show-more')}
              </Button>
            </div>
          )}
        </>
      )}
    </ScreenFrame>
  )
}

function SubjectFilter({ value, onChange }: { readonly value: string; readonly onChange: (subject: string | undefined) => void }) {
  const t = useT()
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => onChange(text.trim() === '' ? undefined : text.trim()), typingMs)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  return <SearchField className={styles.subject} label={t('runs.subject')} value={text} onChange={setText} />
}
