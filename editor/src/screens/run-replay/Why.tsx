import type { ReactNode } from 'react'
import { ErrorText } from '../../app/failures/index.ts'
import { needTexts, useFormat, useT } from '../../app/i18n/index.ts'
import type { StepFact } from '../../run/facts.ts'
import { onDemand } from '../../ui/index.ts'
import type { Moment } from './moment.ts'
import styles from './Replay.module.css'

const Reason = onDemand(async () => (await Promise.all([import('./Reason.tsx'), needTexts('plays')]))[0].Reason)

/** Why a step did what it did: its own reason (rule row, consent, prompt, approver …) and what the journal says around it. */
export function Why({
  moment,
  facts,
  isReal,
  customer,
  leave,
}: {
  readonly moment: Moment
  readonly facts: readonly StepFact[]
  /** Not a simulation: what is named can be opened. */
  readonly isReal: boolean
  readonly customer: string | null
  /** Under which leave it acted outside, or what it is given to say when it had none. */
  readonly leave?: ((none: ReactNode) => ReactNode) | undefined
}) {
  const t = useT()
  const format = useFormat()
  const { state, dueAt, error } = moment
  const saysUntil = state === 'waiting-time' || state === 'retrying'
  const isTold = moment.why !== null || facts.length > 0
  const none = isTold || error !== null ? null : <p className={styles.none}>{t('replay.no-why')}</p>
  return (
    <div className={styles.why} data-testid="replay-why">
      {state !== null && (
        <p>
          {t(`canvas.state.${state}`)} {dueAt !== null && saysUntil && format.dateTime(dueAt)}
        </p>
      )}
      {dueAt !== null && !saysUntil && (
        <p>
          {t('replay.why.dueAt')} {format.dateTime(dueAt)}
        </p>
      )}
      {error !== null && (
        <div className={styles.error}>
          <ErrorText error={error} />
        </div>
      )}
      {isTold && <Reason moment={moment} facts={facts} isReal={isReal} customer={customer} />}
      {leave === undefined ? none : leave(none)}
    </div>
  )
}
