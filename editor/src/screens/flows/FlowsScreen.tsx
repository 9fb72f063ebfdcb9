import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { type FlowSummary, flowsQuery, useMay } from '../../app/api/index.ts'
import { useCommands } from '../../app/commands/index.ts'
import { translate, useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { fold } from '../../app/shell/fold.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenFrame } from '../../app/shell/ScreenFrame.tsx'
import { useFilters } from '../../app/use-filters.ts'
import { Button, FilterChips, SearchField } from '../../ui/index.ts'
import { FlowsEmpty } from './FlowsEmpty.tsx'
import styles from './FlowsScreen.module.css'
import { FlowsTable } from './FlowsTable.tsx'

const NewFlowDialog = lazy(async () => ({ default: (await import('./NewFlowDialog.tsx')).NewFlowDialog }))

const states = ['active', 'draft', 'failing'] as const
type State = (typeof states)[number]

function isIn(flow: FlowSummary, state: State): boolean {
  if (state === 'active') return flow.active !== null
  return state === 'draft' ? flow.active === null : flow.failuresToday > 0 || flow.problems > 0
}

function hasWords(flow: FlowSummary, query: string): boolean {
  const names = typeof flow.name === 'string' ? [flow.name] : Object.values(flow.name)
  return [flow.key, ...names].some((name) => fold(name).includes(query))
}

export function FlowsScreen() {
  const t = useT()
  const may = useMay()
  const { filters, set } = useFilters()
  const [isNew, openNew] = useState(filters.new !== undefined)
  const flows = useQuery(flowsQuery)
  const state = states.find((each) => each === filters.state) ?? null
  const query = fold((filters.query ?? '').trim())
  const all = flows.data?.items ?? []
  const shown = all.filter((flow) => (state === null || isIn(flow, state)) && (query === '' || hasWords(flow, query)))
  const mayWrite = may('flows.write')
  useCommands(
    mayWrite ? [{ id: 'flows.new', title: () => translate('flows.new'), keys: ['N'], scope: 'app', run: () => openNew(true) }] : [],
  )
  return (
    <ScreenFrame
      head={{ crumbs: [{ label: t('app.screen.flows') }] }}
      title={t('app.screen.flows')}
      lead={t('flows.lead')}
      actions={
        mayWrite && (
          <Button tone="primary" icon={<Plus size={16} aria-hidden="true" />} onPress={() => openNew(true)}>
            {t('flows.new')}
          </Button>
        )
      }
      filters={
        all.length === 0 ? undefined : (
          <>
            <SearchField
              className={styles.search}
              label={t('flows.search')}
              value={filters.query ?? ''}
              onChange={(text) => set({ query: text })}
            />
            <FilterChips<State>
              label={t('flows.state')}
              all={t('app.all')}
              value={state}
              onChange={(value) => set({ state: value ?? undefined })}
              options={states.map((each) => ({ value: each, label: t(`flows.filter.${each}`) }))}
            />
          </>
        )
      }
    >
      {flows.isError ? (
        <QueryProblem error={flows.error} onRetry={() => void flows.refetch()} />
      ) : !flows.isPending && all.length === 0 ? (
        <FlowsEmpty mayWrite={mayWrite} onNew={() => openNew(true)} />
      ) : (
        <FlowsTable flows={shown} all={all} isLoading={flows.isPending} onClear={() => set({ query: undefined, state: undefined })} />
      )}
      {isNew && (
        <Suspense fallback={null}>
          <NewFlowDialog
            taken={all.map((flow) => flow.key)}
            onClose={() => {
              openNew(false)
              if (filters.new !== undefined) set({ new: undefined })
            }}
            onCreated={(key) => go(`/flows/${key}`)}
          />
        </Suspense>
      )}
    </ScreenFrame>
  )
}
