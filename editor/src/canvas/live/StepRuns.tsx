import { useQuery } from '@tanstack/react-query'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { useSay, useT } from '../../app/i18n/index.ts'
import type { LivePlaceState } from '../../run/live-counts.ts'
import { cx, Link } from '../../ui/index.ts'
import { useFlow, useFlowEditor } from '../flow-editor.ts'
import { titleOf } from '../step-facts.ts'
import { liveIcons } from './CountsLayer.tsx'
import styles from './Live.module.css'
import { readDayOf } from './live-api.ts'
import type { Shown } from './use-live-counts.ts'

const shownMax = 12

/** The runs that the counts of the selected step stand for; without a selection, how to see them. */
export function StandingRuns({ store }: { readonly store: StoreApi<Shown> }) {
  const node = useChosenStep()
  const standing = useStore(store, (state) => state.standing)
  return <Named node={node} runs={node === null ? [] : standing(node)} />
}

/** The runs of the day behind the figures of the selected step. */
export function DayRuns({ flow }: { readonly flow: string }) {
  const node = useChosenStep()
  const { data } = useQuery({
    queryKey: ['flow-day', flow, node],
    queryFn: ({ signal }) => readDayOf(flow, node ?? '', signal),
    enabled: node !== null,
  })
  const runs = (data?.here ?? []).map(({ run, failed }) => ({ run, state: failed > 0 ? ('incident' as const) : null }))
  return data === undefined && node !== null ? null : <Named node={node} runs={runs} />
}

function Named({
  node,
  runs,
}: {
  readonly node: string | null
  readonly runs: readonly { readonly run: string; readonly state: LivePlaceState | null }[]
}) {
  const t = useT()
  const say = useSay()
  const { catalogue } = useFlowEditor()
  const step = useFlow((state) => (node === null ? undefined : state.doc.nodes.get(node)))
  if (step === undefined) return <p className={styles.quiet}>{t('live.here.choose')}</p>
  return (
    <div className={styles.here} data-testid="live-here" data-node={node}>
      <span>{t('live.here', { step: titleOf(step, catalogue, say), count: runs.length })}</span>
      {runs.slice(0, shownMax).map(({ run, state }) => {
        const Icon = state === null ? null : liveIcons[state]
        return (
          <Link key={run} href={`/runs/${run}`} className={cx(styles.run, state !== null && styles[state])}>
            {Icon !== null && state !== null && <Icon size={12} strokeWidth={2.2} aria-label={t(`live.legend.${state}`)} />}
            {run.slice(-6)}
          </Link>
        )
      })}
      {runs.length > shownMax && <span className={styles.quiet}>{t('live.here.more', { count: runs.length - shownMax })}</span>}
    </div>
  )
}

function useChosenStep(): string | null {
  return useFlow(({ selection, doc }) => {
    const [ref, ...more] = selection
    return ref !== undefined && more.length === 0 && doc.nodes.has(ref) ? ref : null
  })
}
