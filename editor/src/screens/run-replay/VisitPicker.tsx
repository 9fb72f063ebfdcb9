import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useT } from '../../app/i18n/index.ts'
import type { Visit } from '../../run/visits.ts'
import { IconButton, PlainSelect } from '../../ui/index.ts'
import styles from './Replay.module.css'

/** Turns of a loop and items of a list: one is picked, and the replay goes to its moment. */
export function VisitPicker({
  visits,
  current,
  onPick,
}: {
  readonly visits: readonly Visit[]
  readonly current: Visit | null
  readonly onPick: (visit: Visit) => void
}) {
  const t = useT()
  if (visits.length < 2) return null
  const at = current === null ? -1 : visits.indexOf(current)
  const by = (step: number) => {
    const visit = visits[at + step]
    if (visit !== undefined) onPick(visit)
  }
  return (
    <div className={styles.visits} data-testid="visit-picker">
      <IconButton
        size="small"
        label={t('replay.visit.back')}
        icon={<ChevronLeft size={14} aria-hidden="true" />}
        isDisabled={at <= 0}
        onPress={() => by(-1)}
      />
      <PlainSelect
        label={t('replay.visit')}
        value={at < 0 ? null : String(at)}
        options={visits.map((visit, index) => ({
          value: String(index),
          label:
            visit.item === null
              ? t('replay.visit.turn', { nth: visit.nth, total: visits.length })
              : t('replay.visit.item', { item: visit.item, total: visits.length }),
        }))}
        onChange={(index) => {
          const visit = visits[Number(index)]
          if (visit !== undefined) onPick(visit)
        }}
      />
      <IconButton
        size="small"
        label={t('replay.visit.next')}
        icon={<ChevronRight size={14} aria-hidden="true" />}
        isDisabled={at >= visits.length - 1}
        onPress={() => by(1)}
      />
    </div>
  )
}
