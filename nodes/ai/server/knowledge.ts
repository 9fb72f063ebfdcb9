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

/** What is on record that says who a person is, whatever they granted: it does not leave for a model, wherever it stands. */
export function knownOf(records: RecordsReader, id: string): readonly string[] {
  const customer = records.find(customers, { id })
  if (customer === null) return []
  const catalogue = fieldsByName(records)
  const telling = Object.entries(customer.fields).flatMap(([name, value]) =>
    typeof value === 'string' && tellsWho(catalogue.get(name)?.category ?? null) ? [value] : [],
  )
  return [customer.name, ...telling]
}

/** Contact data, documents and plates say who somebody is; data of level 3 and above stays in the house (domain/CONSENT.md §7.3). */
function mayLeave(category: CategoryCode | null): boolean {
  return category !== null && !tellsWho(category) && dataCategories[category].level <= 2
}

function tellsWho(category: CategoryCode | null): boolean {
  return category !== null && (category.startsWith('contact.') || category === 'vehicle.plate')
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
