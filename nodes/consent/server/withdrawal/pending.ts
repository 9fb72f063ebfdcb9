import type { WriteContext } from '@sluice/sdk/server'
import type { Scope } from '../../domain/withdrawal.ts'
import { identityToken } from '../identity.ts'
import { suppressions } from '../tables.ts'
import { withdraw } from './withdraw.ts'

export interface PendingWithdrawal {
  readonly kind: string
  readonly value: string
  readonly scope: Scope
  /** Identity of the request at its source. */
  readonly sourceKey: string
}

/** A channel told us of someone we do not know yet: kept by digest, and applied the moment that identity appears. */
export function keepPending(context: WriteContext, pending: PendingWithdrawal): { readonly token: string } {
  const token = identityToken(pending.kind, pending.value)
  const cause = `pending:${pending.sourceKey}`
  if (context.records.find(suppressions, { token, cause }) === null) {
    context.records.insert(suppressions, { token, customer: null, cause, scope: pending.scope, at: context.now, appliedAs: null })
    context.audit('consent.suppression-kept', { token })
  }
  return { token }
}

/** Called when an identifier is stored with a customer. Gives the withdrawals that were waiting for it. */
export function applyPending(
  context: WriteContext,
  identity: { readonly kind: string; readonly value: string; readonly customer: string },
): { readonly withdrawals: readonly string[] } {
  const token = identityToken(identity.kind, identity.value)
  const waiting = context.records.list(suppressions, { where: { token } }).filter((it) => it.appliedAs === null && it.customer === null)
  const applied = waiting.map((it) => {
    const { withdrawal } = withdraw(context, {
      customer: identity.customer,
      ...it.scope,
      channel: identity.kind,
      receivedAt: context.now,
      occurredAt: it.at,
      sourceKey: `${it.cause}:${identity.customer}`,
    })
    context.records.update(suppressions, { token, cause: it.cause }, { customer: identity.customer, appliedAs: withdrawal })
    return withdrawal
  })
  return { withdrawals: applied }
}
