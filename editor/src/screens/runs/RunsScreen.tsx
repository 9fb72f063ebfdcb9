import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { flowsQuery, type RunFilters, type RunStateName, runsQuery, useMay } from '../../app/api/index.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenFrame } from '../../app/shell/ScreenFrame.tsx'
import { useFilters } from '../../app/use-filters.ts'
import { Button, FilterChips, SearchField, Select } from '../../ui/index.ts'
import { periods, sinceOf } from './periods.ts'
import styles from './RunsScreen.module.css'
import { RunsTable } from './RunsTable.tsx'
import { useLiveRuns } from './use-live-runs.ts'

const states: readonly RunStateName[] = ['running', 'waiting', 'incident', 'failed', 'succeeded', 'cancelled']
const typingMs = 300

export function RunsScreen() {
  const t = useT()
  const { filters, set } = useFilters()
  const wanted: RunFilters = {
    flow: filters.flow,
    state: filters.state,
    subject: filters.subject,
    from: sinceOf(filters.from),
    to: filters.to,
  }
  const runs = useInfiniteQuery(runsQuery(wanted))
  useLiveRuns(wanted)
  const items = runs.data?.pages.flatMap((page) => page.items) ?? []
  const isFiltered = Object.values(filters).some((value) => value !== undefined)
  const clear = () => set({ flow: undefined, state: undefined, subject: undefined, from: undefined, to: undefined })
  return (
    <ScreenFrame
      head={{ crumbs: [{ label: t('app.screen.runs') }] }}
      title={t('app.screen.runs')}
      lead={t('runs.lead')}
      filters={
        <>
          <FilterChips<RunStateName>
            label={t('runs.state')}
            all={t('app.all')}
            value={states.find((state) => state === filters.state) ?? null}
            onChange={(state) => set({ state: state ?? undefined })}
            options={states.map((state) => ({ value: state, label: t(`app.state.${state}`) }))}
          />
          <FlowFilter value={filters.flow ?? null} onChange={(flow) => set({ flow })} />
          <Select
            aria-label={t('runs.period')}
            isCompact
            value={filters.from ?? 'any'}
            onChange={(from) => set({ from: from === 'any' ? undefined : from })}
            options={[
              { value: 'any', label: t('runs.period.any') },
              ...periods.map((value) => ({ value, label: t(`runs.period.${value}`) })),
            ]}
          />
          <SubjectFilter value={filters.subject ?? ''} onChange={(subject) => set({ subject })} />
          {isFiltered && (
            <Button tone="quiet" size="small" icon={<X size={13} aria-hidden="true" />} onPress={clear}>
              {t('app.clear-filters')}
            </Button>
          )}
        </>
      }
    >
      {runs.isError ? (
        <QueryProblem error={runs.error} onRetry={() => void runs.refetch()} />
      ) : (
        <>
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

function FlowFilter({ value, onChange }: { readonly value: string | null; readonly onChange: (flow: string | undefined) => void }) {
  const t = useT()
  const say = useSay()
  const may = useMay()
  const flows = useQuery({ ...flowsQuery, enabled: may('flows.read') })
  const all = 'any'
  const known = flows.data?.items ?? []
  const options = known.map((flow) => ({ value: flow.key, label: say(flow.name) }))
  const unknown = value !== null && !known.some((flow) => flow.key === value) ? [{ value, label: value }] : []
  return (
    <Select
      aria-label={t('runs.flow')}
      isCompact
      value={value ?? all}
      onChange={(flow) => onChange(flow === all ? undefined : flow)}
      options={[{ value: all, label: t('runs.flow.any') }, ...unknown, ...options]}
    />
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
