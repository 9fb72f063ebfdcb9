import { problem, type RecordsReader, type WriteContext } from '@sluice/sdk/server'
import { bitOf } from '../domain/grid.ts'
import { type ConsentEvent, move } from '../domain/lifecycle.ts'
import { type Consent, consents, type Subject, subjects } from './tables.ts'

/** What this pack needs to know of a customer; the crm pack answers. */
export interface CustomerBrief {
  readonly id: string
  readonly name: string
  readonly owner: string | null
  readonly language: string
}

export function findCustomer(context: WriteContext, id: string): CustomerBrief | null {
  return context.command<CustomerBrief | null>('crm.find-customer', { id })
}

export function getCustomer(context: WriteContext, id: string): CustomerBrief {
  const found = findCustomer(context, id)
  if (found === null) throw problem('SLU_CUSTOMER_UNKNOWN', 404, `No customer ${id}`, [{ path: '/customer', message: 'unknown customer' }])
  return found
}

/** The stored sum of a customer's will; one who was never asked has epoch 0 and nothing granted. */
export function subjectOf(records: RecordsReader, id: string): Subject {
  return (
    records.find(subjects, { id }) ?? {
      id,
      epoch: 0,
      standingMask: 0,
      withdrawnMask: 0,
      cutCategories: [],
      status: 'active',
      updatedAt: 0,
    }
  )
}

/** Commits one change: the epoch grows by one and the masks are summed up anew from the records. */
export function commitChange(
  context: WriteContext,
  id: string,
  change: { readonly withdrawn?: number; readonly granted?: number; readonly cut?: readonly string[]; readonly uncut?: readonly string[] },
): Subject {
  const before = subjectOf(context.records, id)
  const categories = new Set([...before.cutCategories, ...(change.cut ?? [])])
  for (const category of change.uncut ?? []) categories.delete(category)
  const after: Subject = {
    id,
    epoch: before.epoch + 1,
    standingMask: standingMask(context, id),
    withdrawnMask: (before.withdrawnMask | (change.withdrawn ?? 0)) & ~(change.granted ?? 0),
    cutCategories: [...categories].sort(),
    status: before.status,
    updatedAt: context.now,
  }
  context.records.upsert(subjects, after)
  return after
}

/** Moves a record along a legal line of its life, or refuses. */
export function moveConsent(context: WriteContext, record: Consent, event: ConsentEvent, epoch: number): Consent {
  const state = move(record.state, event)
  if (state === null) throw problem('SLU_CONSENT_MOVE_ILLEGAL', 409, `A record that is ${record.state} cannot be ${event}`)
  const patch = { state, stateSince: context.now, stateEpoch: epoch }
  context.records.update(consents, { id: record.id }, patch)
  return { ...record, ...patch }
}

export function givenOf(records: RecordsReader, customer: string): Consent[] {
  return records.list(consents, { where: { customer, state: 'given' }, limit: 10_000 })
}

function standingMask(context: WriteContext, customer: string): number {
  let mask = 0
  for (const record of givenOf(context.records, customer))
    if (record.scope === 'standing' && (record.validUntil === null || record.validUntil > context.now)) mask |= bitOf(record)
  return mask
}
