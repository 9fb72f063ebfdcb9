import type { Json } from '@sluice/sdk'
import type { RecordsReader } from '@sluice/sdk/server'
import { bitOf, type CategoryCode, dataCategories, type Scene, scenes } from '../../consent/index.ts'
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
  const usableIn: { [field: string]: Scene[] } = {}
  const seen = (scene: Scene) =>
    viewCustomer(records, customer, { kind: 'flow', cell: { purpose: 'recommendation', scene } }, catalogue).fields
  for (const scene of granted)
    for (const [name, value] of Object.entries(seen(scene))) {
      if (isMarker(value)) continue
      facts[name] = value
      usableIn[name] = [...(usableIn[name] ?? []), scene]
    }
  return {
    customer: id,
    facts,
    usableIn,
    promptable: Object.keys(facts).filter((name) => mayLeave(catalogue.get(name)?.category ?? null)),
    scenes: granted,
    withheld: Object.keys(customer.fields).filter((name) => !Object.hasOwn(facts, name)),
    epoch: subject.epoch,
  }
}

/** Contact data, documents and plates say who somebody is; data of level 3 and above stays in the house (domain/CONSENT.md §7.3). */
function mayLeave(category: CategoryCode | null): boolean {
  if (category === null || category.startsWith('contact.') || category === 'vehicle.plate') return false
  return dataCategories[category].level <= 2
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
