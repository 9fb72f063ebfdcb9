import { Clock, LoaderCircle, OctagonAlert } from 'lucide-react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { useFormat, useT } from '../../app/i18n/index.ts'
import type { LivePlaceState } from '../../run/live-counts.ts'
import { cx } from '../../ui/index.ts'
import styles from './Live.module.css'
import type { Shown } from './use-live-counts.ts'

export const liveStates = ['running', 'waiting', 'incident'] as const
export const liveIcons = { running: LoaderCircle, waiting: Clock, incident: OctagonAlert } as const

/** How many lines of all runs stand at a step now. */
export function CountsLayer({ id, isFar, store }: { readonly id: string; readonly isFar: boolean; readonly store: StoreApi<Shown> }) {
  const t = useT()
  const format = useFormat()
  const counts = useStore(store, (state) => state.totals.get(id))
  const here = liveStates.filter((each) => (counts?.[each] ?? 0) > 0)
  const of = (state: LivePlaceState) => counts?.[state] ?? 0
  return (
    <div className={styles.layer} data-live={here.map((each) => `${each} ${of(each)}`).join(', ')}>
      {here.length > 0 && (
        <span className={cx(styles.pill, isFar && styles.far)} aria-hidden="true">
          {here.map((each) => {
            const Icon = liveIcons[each]
            return (
              <span key={each} className={styles[each]}>
                <Icon size={12} strokeWidth={2.2} />
                {format.number(of(each))}
              </span>
            )
          })}
        </span>
      )}
      <span id={`live-${id}`} className="visually-hidden">
        {here.length === 0
          ? t('live.step.none')
          : t('live.step.counts', { running: of('running'), waiting: of('waiting'), incident: of('incident') })}
      </span>
    </div>
  )
}
