import type { WriteContext } from '@sluice/sdk/server'
import { identityToken } from '../identity.ts'
import { suppressions, type Withdrawal } from '../tables.ts'

/** Writes the entry that holds marketing off this customer, and off the same contact should it be imported again. */
export function suppress(context: WriteContext, withdrawal: Withdrawal, erase: boolean): string {
  const token = identityToken('crm_id', withdrawal.customer)
  const cause = `${erase ? 'cancellation' : 'withdrawal'}:${withdrawal.id}`
  context.records.insert(suppressions, {
    token,
    customer: withdrawal.customer,
    cause,
    scope: withdrawal.scope,
    at: context.now,
    appliedAs: withdrawal.id,
  })
  return token
}
