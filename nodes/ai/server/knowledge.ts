import type { Json } from '@sluice/sdk'
import type { RecordsReader } from '@sluice/sdk/server'
import { bitOf, type Scene, scenes } from '../../consent/index.ts'
import { subjectOf } from '../../consent/server/index.ts'
import type { Masked } from '../../crm/index.ts'
import { customers, fieldsByName, viewCustomer } from '../../crm/server/index.ts'
import type { Knowledge } from '../domain/facts.ts'

/**
 * What a strategy may know of a customer now: each field as one use sees it, for every scene in which recommendation is granted.
 * Null: there is no such customer.
 */
export function readKnowledge(records: RecordsReader, id: string): Knowledge | null {
  const customer = records.find(customers, { id })
  if (customer === null) return null
  const subject = subjectOf(records, id)
  const granted = scenes.filter((scene) => (subject.standingMask & bitOf({ purpose: 'recommendation', scene })) !== 0)
  const catalogue = fieldsByName(records)
  const facts: { [field: string]: Json } = {}
  const seen = (scene: Scene) =>
    viewCustomer(records, customer, { kind: 'flow', cell: { purpose: 'recommendation', scene } }, catalogue).fields
  for (const scene of granted) for (const [name, value] of Object.entries(seen(scene))) if (!isMarker(value)) facts[name] = value
  return {
    customer: id,
    facts,
    scenes: granted,
    withheld: Object.keys(customer.fields).filter((name) => !Object.hasOwn(facts, name)),
    epoch: subject.epoch,
  }
}

function isMarker(value: Json | Masked): value is Masked {
  return typeof value === 'object' && value !== null && '$masked' in value
}

/** Whether everything that was read then may still be used now. */
export function stillHolds(
  records: RecordsReader,
  read: { readonly customer: string; readonly facts: readonly string[]; readonly scenes: readonly string[] },
): boolean {
  const now = readKnowledge(records, read.customer)
  return (
    now !== null &&
    read.facts.every((name) => Object.hasOwn(now.facts, name)) &&
    read.scenes.every((scene) => now.scenes.some((it) => it === scene))
  )
}
