import { Activity, XCircle } from 'lucide-react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { sizeOf } from '../../doc/index.ts'
import { cx } from '../../ui/index.ts'
import { useFlow, useFlowEditor } from '../flow-editor.ts'
import { outline } from '../nodes/silhouette.ts'
import { timeOf } from './far-marks.ts'
import { heatOf } from './heat.ts'
import styles from './Live.module.css'
import type { DayStep } from './live-api.ts'

export interface Heat {
  readonly steps: ReadonlyMap<string, DayStep>
  /** Of the busiest step. */
  readonly most: number
}

/** What went through a step in a day: its tint says how much, its words how much exactly, what failed and how long it took. */
export function HeatLayer({ id, isFar, store }: { readonly id: string; readonly isFar: boolean; readonly store: StoreApi<Heat> }) {
  const t = useT()
  const format = useFormat()
  const step = useStore(store, (state) => state.steps.get(id))
  const most = useStore(store, (state) => state.most)
  const shape = useShape(id)
  const { passed = 0, failed = 0, p95Ms = null } = step ?? {}
  const time = p95Ms === null ? null : timeOf(p95Ms, t, format)
  return (
    <div className={styles.layer} data-live={`passed ${passed}, failed ${failed}`} data-heat={heatOf(passed, most)}>
      <span className={styles.tint} style={shape} />
      {step !== undefined && (
        <span className={cx(styles.pill, isFar && styles.far)} aria-hidden="true">
          <span>
            <Activity size={12} strokeWidth={2.2} />
            {format.number(passed)}
          </span>
          {failed > 0 && (
            <span className={styles.incident}>
              <XCircle size={12} strokeWidth={2.2} />
              {format.number(failed)}
            </span>
          )}
          {time !== null && !isFar && <span className={styles.time}>{t('live.p95', { time })}</span>}
        </span>
      )}
      <span id={`live-${id}`} className="visually-hidden">
        {step === undefined ? t('live.step.none') : t('live.step.day', { passed, failed, time: time ?? '–' })}
      </span>
    </div>
  )
}

/** As the card itself: a trigger is round where it begins, a decision has its notch. */
function useShape(id: string) {
  const { catalogue } = useFlowEditor()
  const step = useFlow((state) => state.doc.nodes.get(id))
  if (step === undefined) return undefined
  const { width, height } = sizeOf(step, catalogue)
  return { clipPath: `path("${outline(catalogue.find(step.type)?.silhouette ?? 'action', width, height)}")` }
}
