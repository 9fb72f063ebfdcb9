import type { WriteContext } from '@sluice/sdk/server'
import { slaMs } from '../../domain/withdrawal.ts'
import { withdrawals } from '../tables.ts'
import { alertManagers } from './alert.ts'
import { settle } from './settle.ts'
import { isOpen, stepsOf } from './steps.ts'

/** 30, 60 and 80 s after receipt: try again, then tell the consent manager. At 90 s the promise is broken, and that stays written. */
export function escalate(context: WriteContext, payload: { readonly withdrawal: string; readonly after: number }): void {
  settle(context, payload.withdrawal)
  const withdrawal = context.records.find(withdrawals, { id: payload.withdrawal })
  if (withdrawal === null || withdrawal.completedAt !== null) return
  const open = stepsOf(context.records, withdrawal.id).filter(isOpen)
  const breached = payload.after >= slaMs
  if (breached) {
    context.records.update(withdrawals, { id: withdrawal.id }, { state: 'partial' })
    context.audit(
      'consent.withdrawal-breached',
      { customer: withdrawal.customer, withdrawal: withdrawal.id },
      { open: open.map((it) => it.name) },
    )
    lookAgain(context, withdrawal.id)
  }
  alertManagers(
    context,
    withdrawal,
    open.map((it) => it.name),
    payload.after,
  )
  context.notify('withdrawals', { withdrawal: withdrawal.id, customer: withdrawal.customer, state: breached ? 'partial' : 'propagating' })
}

/** After a breach the clean-up goes on, once a minute, until it is done. */
function lookAgain(context: WriteContext, withdrawal: string): void {
  context.schedule({
    key: `withdrawal:${withdrawal}:look:late`,
    command: 'consent.withdrawal-late',
    dueAt: context.now + 60_000,
    payload: { withdrawal },
  })
}

export function settleLate(context: WriteContext, payload: { readonly withdrawal: string }): void {
  settle(context, payload.withdrawal)
  const withdrawal = context.records.find(withdrawals, { id: payload.withdrawal })
  if (withdrawal !== null && withdrawal.completedAt === null) lookAgain(context, withdrawal.id)
}
