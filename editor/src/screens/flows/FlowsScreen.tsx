import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useMay } from '../../app/api/index.ts'
import { useCommands } from '../../app/commands/index.ts'
import { translate, useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenFrame } from '../../app/shell/ScreenFrame.tsx'
import { sayProblem } from '../../app/shell/use-act.ts'
import { useFilters } from '../../app/use-filters.ts'
import { Button, FilterChips, SearchField } from '../../ui/index.ts'
import { FlowsEmpty } from './FlowsEmpty.tsx'
import styles from './FlowsScreen.module.css'
import { FlowsTable } from './FlowsTable.tsx'
import { FolderList, FolderSelect } from './FolderList.tsx'
import { flowListQuery } from './flow-list.ts'
import { noFolder, placeFlow } from './folder-api.ts'
import { OwnerChips } from './OwnerChips.tsx'

const NewFlowDialog = lazy(async () => ({ default: (await import('./NewFlowDialog.tsx')).NewFlowDialog }))

const states = ['active', 'draft', 'failing'] as const
type State = (typeof states)[number]

/** Keys come slower than this from anybody who types; only what is pasted or held down is asked for in fewer steps. */
const typingMs = 80
const queryCharsMax = 200

export function FlowsScreen() {
  const t = useT()
  const may = useMay()
  const { filters, set } = useFilters()
  const [isNew, openNew] = useState(filters.new !== undefined)
  const state = states.find((each) => each === filters.state) ?? null
  const query = filters.query?.trim() ?? ''
  const [text, setText] = useSearchText(query, set)
  const { folder, owner } = filters
  const flows = useInfiniteQuery(flowListQuery({ query: query === '' ? undefined : query, state: state ?? undefined, folder, owner }))
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = flows
  const shown = flows.data?.pages.flatMap((page) => page.items) ?? []
  // The server looks at so many flows for a page; where none of them has the state, it looks on.
  const looksOn = shown.length === 0 && hasNextPage
  useEffect(() => {
    if (looksOn && !isFetchingNextPage) void fetchNextPage()
  }, [looksOn, isFetchingNextPage, fetchNextPage])
  const isFiltered = query !== '' || state !== null || folder !== undefined || owner !== undefined
  const isEmpty = flows.isSuccess && shown.length === 0 && !looksOn && !isFiltered && !flows.isPlaceholderData
  const mayWrite = may('flows.write')
  /** What is made while a folder is open lies in it. */
  const created = async (key: string) => {
    if (folder !== undefined && folder !== noFolder) await placeFlow({ key, folder }).catch(sayProblem)
    go(`/flows/${key}`)
  }
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
        isEmpty || (flows.isPending && !isFiltered) ? undefined : (
          <>
            <SearchField className={styles.search} label={t('flows.search')} value={text} onChange={setText} maxLength={queryCharsMax} />
            <FolderSelect />
            <FilterChips<State>
              label={t('flows.state')}
              all={t('app.all')}
              value={state}
              onChange={(value) => set({ state: value ?? undefined })}
              options={states.map((each) => ({ value: each, label: t(`flows.filter.${each}`) }))}
            />
            <OwnerChips owner={owner} name={shown.find((flow) => flow.owner?.id === owner)?.owner?.name} />
          </>
        )
      }
    >
      {flows.isError ? (
        <QueryProblem error={flows.error} onRetry={() => void flows.refetch()} />
      ) : isEmpty ? (
        <FlowsEmpty mayWrite={mayWrite} onNew={() => openNew(true)} />
      ) : (
        <div className={styles.columns}>
          <FolderList />
          <div className={styles.flows}>
            <FlowsTable
              flows={shown}
              todayFrom={flows.data?.pages[0]?.todayFrom}
              isLoading={flows.isPending || looksOn}
              onClear={() => {
                setText('')
                set({ query: undefined, state: undefined, folder: undefined, owner: undefined })
              }}
            />
            {shown.length > 0 && hasNextPage && (
              <div className={styles.more}>
                <Button onPress={() => void fetchNextPage()} isPending={isFetchingNextPage}>
                  {t('app.show-more')}
                </Button>
              </div>
            )}
          </div>
        </div>
      )}
      {isNew && (
        <Suspense fallback={null}>
          <NewFlowDialog
            taken={shown.map((flow) => flow.key)}
            onClose={() => {
              openNew(false)
              if (filters.new !== undefined) set({ new: undefined })
            }}
            onCreated={(key) => void created(key)}
          />
        </Suspense>
      )}
    </ScreenFrame>
  )
}

/** What is typed is searched for at once, a quick key a moment later; what the address says by itself, as after a step back, is what stands in the field. */
function useSearchText(query: string, set: (patch: { readonly query: string }) => void) {
  const [text, setText] = useState(query)
  const asked = useRef(query)
  const askedAt = useRef(Number.NEGATIVE_INFINITY)
  /** Asked for, and not in the address yet. */
  const under = useRef(new Set<string>())
  useEffect(() => {
    if (query === asked.current) under.current.clear()
    else if (!under.current.has(query)) {
      asked.current = query
      setText(query)
    }
  }, [query])
  useEffect(() => {
    const words = text.trim()
    if (words === asked.current) return
    const ask = () => {
      asked.current = words
      askedAt.current = performance.now()
      under.current.add(words)
      set({ query: words })
    }
    const restMs = askedAt.current + typingMs - performance.now()
    if (restMs <= 0) return ask()
    const timer = setTimeout(ask, restMs)
    return () => clearTimeout(timer)
  }, [text, set])
  return [text, setText] as const
}
