import type { WriteContext } from '@sluice/sdk/server'
import { withdrawals } from '../tables.ts'

/** The day by which a person's data must be gone: flows hear it, and the consent manager sees it. */
export function erasureDue(context: WriteContext, payload: { readonly withdrawal: string }): void {
  const withdrawal = context.records.find(withdrawals, { id: payload.withdrawal })
  if (withdrawal === null) return
  context.emit({
    id: `erasure:${withdrawal.id}`,
    source: '/sluice/consent',
    type: 'sluice.erasure.due',
    subject: withdrawal.customer,
    data: { customer: withdrawal.customer, withdrawal: withdrawal.id },
  })
  context.audit('consent.erasure-due', { customer: withdrawal.customer, withdrawal: withdrawal.id })
}
