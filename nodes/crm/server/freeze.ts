import { problem, type RecordsReader, type WriteContext } from '@sluice/sdk/server'
import { fieldMask, fieldsToFreeze } from '../domain/fields.ts'
import { definitionOf, fieldsByName } from './catalogue.ts'
import { type Customer, customers, type Freeze, freezes } from './tables.ts'

export interface Frozen {
  readonly fields: readonly string[]
  /** Every one of them was read again and came back as frozen. */
  readonly readBack: boolean
}

/** Names of the fields of this customer that are frozen now. */
export function frozenFields(records: RecordsReader, customer: string): Set<string> {
  const rows = records.list(freezes, { where: { customer }, limit: 10_000 })
  return new Set(rows.filter((row) => row.releasedAt === null).map((row) => row.field))
}

/** Freezes what a withdrawal took away: fields no grant is left for, and fields of a withdrawn kind. Known and unknown fields alike. */
export function freezeWithdrawn(
  context: WriteContext,
  ask: {
    readonly customer: string
    readonly withdrawal: string
    readonly cutMask: number
    readonly leftMask: number
    readonly categories: readonly string[]
  },
): Frozen {
  const customer = context.records.find(customers, { id: ask.customer })
  if (customer === null) return { fields: [], readBack: true }
  const catalogue = fieldsByName(context.records)
  const names = new Set([...catalogue.keys(), ...Object.keys(customer.fields)])
  const chosen = fieldsToFreeze(
    [...names].map((name) => definitionOf(catalogue, name)),
    ask,
  )
  for (const { field, reason } of chosen)
    freeze(context, {
      customer: customer.id,
      field: field.name,
      reason,
      category: reason === 'category' ? field.category : null,
      cause: ask.withdrawal,
    })
  return readBack(
    context,
    customer,
    chosen.map((it) => it.field.name),
  )
}

/** Freezes the named fields because a flow or a person says so. */
export function freezeNamed(
  context: WriteContext,
  ask: { readonly customer: string; readonly fields: readonly string[]; readonly cause: string },
): Frozen {
  const customer = context.records.find(customers, { id: ask.customer })
  if (customer === null) throw problem('SLU_CUSTOMER_UNKNOWN', 404, `No customer ${ask.customer}`)
  for (const field of ask.fields) freeze(context, { customer: customer.id, field, reason: 'flow', category: null, cause: ask.cause })
  return readBack(context, customer, ask.fields)
}

/** A new grant opens what it covers; a field whose kind is still withdrawn stays shut. */
export function releaseFields(
  context: WriteContext,
  ask: { readonly customer: string; readonly mask: number; readonly categories: readonly string[] },
): readonly string[] {
  const catalogue = fieldsByName(context.records)
  const released: string[] = []
  for (const row of context.records.list(freezes, { where: { customer: ask.customer }, limit: 10_000 })) {
    if (row.releasedAt !== null) continue
    const covered = (fieldMask(definitionOf(catalogue, row.field)) & ask.mask) !== 0
    const opens = row.reason === 'category' ? row.category !== null && ask.categories.includes(row.category) : covered
    if (!opens) continue
    context.records.update(freezes, { customer: row.customer, field: row.field, reason: row.reason }, { releasedAt: context.now })
    released.push(row.field)
  }
  if (released.length > 0) context.audit('crm.fields-released', { customer: ask.customer }, { fields: released })
  return released
}

export function refuseFrozen(context: WriteContext, customer: string, names: readonly string[]): void {
  const frozen = frozenFields(context.records, customer)
  const hit = names.filter((name) => frozen.has(name))
  if (hit.length === 0) return
  throw problem(
    'SLU_CRM_FIELD_FROZEN',
    423,
    'The customer withdrew consent for this field',
    hit.map((name) => ({ path: `/fields/${name}`, message: 'frozen' })),
  )
}

function freeze(context: WriteContext, row: Omit<Freeze, 'frozenAt' | 'releasedAt'>): void {
  const known = context.records.find(freezes, { customer: row.customer, field: row.field, reason: row.reason })
  if (known !== null && known.releasedAt === null) return
  context.records.upsert(freezes, { ...row, frozenAt: context.now, releasedAt: null })
}

function readBack(context: WriteContext, customer: Customer, fields: readonly string[]): Frozen {
  const now = frozenFields(context.records, customer.id)
  const done = fields.every((name) => now.has(name))
  if (fields.length > 0) {
    context.audit('crm.fields-frozen', { customer: customer.id }, { fields: [...fields] })
    context.notify('customers', { customer: customer.id, frozen: [...fields] })
  }
  return { fields: [...fields], readBack: done }
}
