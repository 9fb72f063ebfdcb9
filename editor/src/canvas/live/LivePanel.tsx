import { useQuery } from '@tanstack/react-query'
import { Activity, CloudOff, X, XCircle } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { useLive } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { Badge, IconButton, Link, Segments } from '../../ui/index.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import type { FarMark, LiveMode, Overlay } from '../view-store.ts'
import { CountsLayer, liveIcons, liveStates } from './CountsLayer.tsx'
import { drawMark } from './draw-marks.ts'
import { countMarks, heatMarks } from './far-marks.ts'
import { type Heat, HeatLayer } from './HeatLayer.tsx'
import styles from './Live.module.css'
import { readDay } from './live-api.ts'
import { DayRuns, StandingRuns } from './StepRuns.tsx'
import { useLiveCounts } from './use-live-counts.ts'

const dayRefreshMs = 60_000

/** Which runs are drawn on the steps, what the marks mean, and how old they are. */
export function LivePanel() {
  const t = useT()
  const { view } = useFlowEditor()
  const mode = useView((state) => state.live)
  const key = useFlow((state) => state.doc.head.key)
  return (
    <section className={styles.panel} aria-label={t('live.title')} data-testid="live-panel" data-mode={mode}>
      <div className={styles.head}>
        <Segments<LiveMode>
          label={t('live.title')}
          value={mode}
          onChange={(live) => view.setState({ live })}
          options={[
            { value: 'run', label: t('live.mode.run') },
            { value: 'all', label: t('live.mode.all') },
            { value: 'day', label: t('live.mode.day') },
          ]}
        />
        <IconButton
          size="small"
          label={t('app.close')}
          icon={<X size={14} aria-hidden="true" />}
          onPress={() => view.setState({ live: 'run' })}
        />
      </div>
      {mode === 'all' && <AllRuns flow={key} />}
      {mode === 'day' && <Day flow={key} />}
    </section>
  )
}

/** Puts the marks over the steps as long as they are wanted. */
function useOverlay(make: () => Overlay['Layer'], marks: ReadonlyMap<string, FarMark>): void {
  const { view } = useFlowEditor()
  const [overlay] = useState((): Overlay => ({ Layer: make(), marks: createStore(() => marks), draw: drawMark }))
  useEffect(() => overlay.marks.setState(marks, true), [overlay, marks])
  useEffect(() => {
    view.setState({ overlay })
    return () => view.setState({ overlay: null })
  }, [view, overlay])
}

function AllRuns({ flow }: { readonly flow: string }) {
  const t = useT()
  const { store, restart } = useLiveCounts(flow)
  const { totals, runs, truncated, at, problem } = useStore(store)
  const format = useFormat()
  const marks = useMemo(() => countMarks(totals, format), [totals, format])
  useOverlay(() => (props) => <CountsLayer {...props} store={store} />, marks)
  return (
    <>
      {problem !== null && at === null ? (
        <QueryProblem error={problem} onRetry={restart} />
      ) : (
        <p data-testid="live-runs" data-runs={at === null ? undefined : runs}>
          {at === null ? (
            t('live.loading')
          ) : (
            <Counted href={`/runs?flow=${flow}&state=running,waiting,incident`} count={runs}>
              {t('live.all.runs', { count: runs })}
            </Counted>
          )}
          {truncated && ` ${t('live.truncated')}`}
        </p>
      )}
      <Legend>
        {liveStates.map((each) => {
          const Icon = liveIcons[each]
          return (
            <li key={each} className={styles[each]}>
              <Icon size={12} strokeWidth={2.2} aria-hidden="true" />
              {t(`live.legend.${each}`)}
            </li>
          )
        })}
      </Legend>
      <StandingRuns store={store} />
      <Paused />
    </>
  )
}

function Day({ flow }: { readonly flow: string }) {
  const t = useT()
  const format = useFormat()
  const [store] = useState(() => createStore<Heat>(() => ({ steps: new Map(), most: 0 })))
  const day = useQuery({
    queryKey: ['flow-day', flow],
    queryFn: ({ signal }) => readDay(flow, signal),
    refetchInterval: dayRefreshMs,
    staleTime: 0,
  })
  const answer = day.data
  useEffect(() => {
    if (answer === undefined) return
    const steps = new Map(answer.steps.map((step) => [step.node, step]))
    store.setState({ steps, most: Math.max(0, ...answer.steps.map(({ passed }) => passed)) })
  }, [answer, store])
  const marks = useMemo(() => heatMarks(answer?.steps ?? [], t, format), [answer, t, format])
  useOverlay(() => (props) => <HeatLayer {...props} store={store} />, marks)
  return (
    <>
      {day.isError && answer === undefined ? (
        <QueryProblem error={day.error} onRetry={() => void day.refetch()} />
      ) : (
        <p data-testid="live-runs" data-runs={answer?.runs}>
          {answer === undefined ? (
            t('live.loading')
          ) : (
            <Counted href={`/runs?flow=${flow}&from=24h`} count={answer.runs}>
              {t('live.day.runs', { count: answer.runs, time: format.time(answer.at) })}
            </Counted>
          )}
          {answer?.truncated === true && ` ${t('live.truncated')}`}
        </p>
      )}
      <Legend>
        <li>
          <span className={styles.scale} aria-hidden="true">
            {[1, 2, 3, 4].map((level) => (
              <span key={level} data-heat={level} />
            ))}
          </span>
          {t('live.legend.volume')}
        </li>
        <li>
          <Activity size={12} strokeWidth={2.2} aria-hidden="true" />
          {t('live.legend.passed')}
        </li>
        <li className={styles.incident}>
          <XCircle size={12} strokeWidth={2.2} aria-hidden="true" />
          {t('live.legend.failed')}
        </li>
        <li>{t('live.legend.p95')}</li>
      </Legend>
      <DayRuns flow={flow} />
    </>
  )
}

/** A number opens what it counts (EDITOR.md §1.4). */
function Counted({ href, count, children }: { readonly href: string; readonly count: number; readonly children: ReactNode }) {
  return count === 0 ? children : <Link href={href}>{children}</Link>
}

function Legend({ children }: { readonly children: ReactNode }) {
  const t = useT()
  return (
    <ul className={styles.legend} aria-label={t('live.legend')}>
      {children}
    </ul>
  )
}

/** While the line is cut the counts are those of then, and say so. */
function Paused() {
  const t = useT()
  const format = useFormat()
  const live = useLive()
  const [now, setNow] = useState(() => Date.now())
  const isPaused = live.state === 'paused'
  useEffect(() => {
    if (!isPaused) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [isPaused])
  if (!isPaused) return null
  return (
    <p role="status" data-testid="live-paused">
      <Badge tone="wait" icon={<CloudOff size={13} aria-hidden="true" />}>
        {t('app.live.paused', { age: format.duration(Math.max(0, Math.floor((now - live.since) / 1_000) * 1_000)) })}
      </Badge>
    </p>
  )
}
