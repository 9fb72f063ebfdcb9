import type { Withdrawal, WithdrawalStep } from '../../app/api/index.ts'
import { type MessageId, useFormat, useT } from '../../app/i18n/index.ts'
import { StatusChip } from '../../ui/index.ts'
import { logShare } from './clock.ts'
import styles from './Steps.module.css'

const names: Readonly<Record<string, MessageId>> = {
  fence: 'withdrawals.step.fence',
  stop_runs: 'withdrawals.step.stop_runs',
  crm_freeze: 'withdrawals.step.crm_freeze',
  marketing_stop: 'withdrawals.step.marketing_stop',
  rep_alert: 'withdrawals.step.rep_alert',
  strategy: 'withdrawals.step.strategy',
  receipt: 'withdrawals.step.receipt',
}

/** Each step with the time after receipt at which it was done. */
export function Steps({ withdrawal }: { readonly withdrawal: Withdrawal }) {
  return (
    <ol className={styles.steps}>
      {withdrawal.steps.map((step) => (
        <Step key={step.name} step={step} receivedAt={new Date(withdrawal.receivedAt).getTime()} />
      ))}
    </ol>
  )
}

function Step({ step, receivedAt }: { readonly step: WithdrawalStep; readonly receivedAt: number }) {
  const t = useT()
  const format = useFormat()
  const id = names[step.name]
  const after = step.doneAt === null ? null : new Date(step.doneAt).getTime() - receivedAt
  return (
    <li className={styles.step} data-state={step.state}>
      <span className={styles.name}>{id === undefined ? step.name : t(id)}</span>
      <StatusChip state={step.state} isQuiet />
      <span className={styles.bar} aria-hidden="true">
        <span style={{ width: `${after === null ? 0 : logShare(after) * 100}%` }} />
      </span>
      <span className={styles.time} title={step.doneAt === null ? undefined : format.exact(step.doneAt)}>
        {after === null ? '—' : `+${format.duration(after)}`}
      </span>
    </li>
  )
}
