import { createHash } from 'node:crypto'
import type { WriteContext } from '@sluice/sdk/server'
import { suppressions, type Withdrawal } from '../tables.ts'

/** Digest that recognises an identifier again without keeping it in the clear. */
export function identityToken(kind: string, value: string): string {
  return `sha256:${createHash('sha256').update(`${kind}\u0000${value}`).digest('hex')}`
}

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
