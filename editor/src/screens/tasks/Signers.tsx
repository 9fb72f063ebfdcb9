import { Check, CircleDashed, Clock, X } from 'lucide-react'
import type { Task } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { isAgainst, useActionName } from './action-names.ts'
import styles from './TaskPane.module.css'

type Seat = NonNullable<Task['stages']>[number]['seats'][number]

/** Who has signed, who is asked now, who comes after. */
export function Signers({ task }: { readonly task: Task }) {
  const t = useT()
  const stages = task.stages ?? []
  if (stages.length === 0) return null
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('tasks.signers')}</h2>
      <ol className={styles.stages}>
        {stages.map((stage, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stages have no name but their place.
          <li key={index} className={styles.stage} data-state={stage.state}>
            {stage.seats.length > 1 && (
              <span className={styles.quiet}>
                {stage.need === 'ratio'
                  ? t('tasks.signers.ratio', { percent: Math.round((stage.ratio ?? 1) * 100) })
                  : t(`tasks.signers.${stage.need}`)}
              </span>
            )}
            <ul className={styles.seats}>
              {stage.seats.map((seat) => (
                <SeatLine key={seat.who} seat={seat} isOpen={stage.state === 'open'} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}

function SeatLine({ seat, isOpen }: { readonly seat: Seat; readonly isOpen: boolean }) {
  const t = useT()
  const format = useFormat()
  const personName = usePersonName()
  const actionName = useActionName()
  const Icon = seat.action === null ? (isOpen ? Clock : CircleDashed) : isAgainst(seat.action) ? X : Check
  return (
    <li className={styles.seat}>
      <Icon size={15} aria-hidden="true" />
      <span>{personName(seat.by ?? seat.who)}</span>
      <span className={styles.quiet}>
        {seat.action === null ? t(isOpen ? 'tasks.signers.asked' : 'tasks.signers.later') : actionName(seat.action)}
        {seat.for !== null && ` · ${t('tasks.signers.for', { name: personName(seat.for) })}`}
        {seat.at !== null && ` · ${format.relative(seat.at)}`}
      </span>
    </li>
  )
}
