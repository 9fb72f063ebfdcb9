import type { WriteContext } from '@sluice/sdk/server'
import { escalationsMs } from '../domain/withdrawal.ts'
import { answers, consents, permits, sessions, steps, subjects, suppressions, withdrawals } from './tables.ts'
import { looksMs } from './withdrawal/settle.ts'

/** Takes everything this pack holds about these customers away again: the end of the demo. Not for a person who asked to be forgotten. */
export function forget(context: WriteContext, payload: { readonly customers: readonly string[] }): void {
  for (const customer of payload.customers) {
    for (const { id } of context.records.list(withdrawals, { where: { customer }, limit: 100_000 })) {
      context.records.delete(steps, { withdrawal: id })
      for (const after of [...looksMs, 'late']) context.unschedule(`withdrawal:${id}:look:${after}`)
      for (const after of [...escalationsMs, 'erase', 'announce']) context.unschedule(`withdrawal:${id}:${after}`)
    }
    for (const { id } of context.records.list(consents, { where: { customer }, limit: 100_000 })) context.unschedule(`consent.expire:${id}`)
    for (const { id } of context.records.list(sessions, { where: { customer }, limit: 100_000 }))
      context.unschedule(`consent.session-idle:${id}`)
    for (const table of [withdrawals, consents, sessions, answers, permits, suppressions])
      context.records.delete(table as typeof consents, { customer })
    context.records.delete(subjects, { id: customer })
  }
}
