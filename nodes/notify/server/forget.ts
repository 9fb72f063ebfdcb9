import type { WriteContext } from '@sluice/sdk/server'
import { alerts, messages } from '../domain/tables.ts'
import { escalationKey } from './raise.ts'

const rowsMax = 100_000

/** Command `notify.forget { customers, reps }`: their alerts and messages go, and so do the clocks that would still have looked after them. */
export function forgetAlerts(
  context: WriteContext,
  { customers, reps }: { readonly customers: readonly string[]; readonly reps: readonly string[] },
): void {
  const whose = [...customers.map((customer) => ({ customer })), ...reps.map((rep) => ({ to: `rep:${rep}` }))]
  for (const where of whose) {
    for (const { id } of context.records.list(alerts, { where, limit: rowsMax })) context.unschedule(escalationKey(id))
    context.records.delete(alerts, where)
  }
  for (const customer of customers) context.records.delete(messages, { customer })
}
