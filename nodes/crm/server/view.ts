import type { Json } from '@sluice/sdk'
import type { RecordsReader } from '@sluice/sdk/server'
import { subjectOf } from '../../consent/server/index.ts'
import type { FieldDefinition } from '../domain/fields.ts'
import { type Masked, partialName, type Reader, viewField } from '../domain/view.ts'
import { definitionOf } from './catalogue.ts'
import { type Customer, type Freeze, freezes } from './tables.ts'

export interface CustomerView {
  readonly id: string
  readonly name: string
  readonly owner: string | null
  readonly account: string | null
  readonly language: string
  readonly region: string | null
  readonly fields: { readonly [name: string]: Json | Masked }
  readonly frozen: readonly {
    readonly field: string
    readonly reason: string
    readonly category: string | null
    readonly cause: string
    readonly since: string
    /** There is a value behind it; otherwise the field only takes none. */
    readonly held: boolean
  }[]
  readonly epoch: number
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
}

/** A customer as this reader may see them: the only way out of the table, for people, flows, models and exports alike. */
export function viewCustomer(
  records: RecordsReader,
  customer: Customer,
  reader: Reader,
  catalogue: ReadonlyMap<string, FieldDefinition>,
): CustomerView {
  const subject = subjectOf(records, customer.id)
  const active = records.list(freezes, { where: { customer: customer.id }, limit: 10_000 }).filter((row) => row.releasedAt === null)
  const frozen = new Set(active.map((row) => row.field))
  const fields: { [name: string]: Json | Masked } = {}
  for (const [name, value] of Object.entries(customer.fields))
    fields[name] = viewField(definitionOf(catalogue, name), value, { frozen: frozen.has(name), granted: subject.standingMask }, reader)
  return {
    id: customer.id,
    name: reader.kind === 'masked' ? partialName(customer.name) : customer.name,
    owner: customer.owner,
    account: customer.account,
    language: customer.language,
    region: customer.region,
    fields,
    frozen: shownFreezes(active, customer).map((row) => ({
      field: row.field,
      reason: row.reason,
      category: row.category,
      cause: row.cause,
      since: new Date(row.frozenAt).toISOString(),
      held: Object.hasOwn(customer.fields, row.field),
    })),
    epoch: subject.epoch,
    version: customer.version,
    createdAt: new Date(customer.createdAt).toISOString(),
    updatedAt: new Date(customer.updatedAt).toISOString(),
  }
}

/**
 * What a person should see as frozen: values we hold, and kinds the customer withdrew by name. That other fields take no value
 * either is a rule of the table, not news about this customer.
 */
function shownFreezes(active: readonly Freeze[], { fields }: Customer): Freeze[] {
  return oneEach(active).filter((row) => row.reason === 'category' || Object.hasOwn(fields, row.field))
}

/** A field frozen for several reasons shows the one that lasts longest. */
function oneEach(rows: readonly Freeze[]): Freeze[] {
  const order = ['category', 'withdrawn', 'flow']
  const byField = new Map<string, Freeze>()
  for (const row of rows) {
    const known = byField.get(row.field)
    if (known === undefined || order.indexOf(row.reason) < order.indexOf(known.reason)) byField.set(row.field, row)
  }
  return [...byField.values()]
}
