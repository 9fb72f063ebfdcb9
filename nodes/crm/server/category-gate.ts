import { createHash } from 'node:crypto'
import type { Json } from '@sluice/sdk'
import type { Gate, RecordsReader, Use } from '@sluice/sdk/server'
import { bitOf, isPurpose, isScene, maskOf, type Purpose, type Scene } from '../../consent/index.ts'
import { noteCategories, subjectOf } from '../../consent/server/index.ts'
import { fieldMask } from '../domain/fields.ts'
import { holdsValue, unmistakable } from '../domain/lens.ts'
import { definitionOf, fieldsByName } from './catalogue.ts'
import { customers } from './tables.ts'

/**
 * The consent rule once more, on what really leaves: a message or a request about a customer may not hold a value of theirs whose kind
 * this use does not cover, however it got there. Asked in the transaction that would let the act begin.
 */
export const categoryGate: Gate = {
  name: 'categories',
  policy: (records) =>
    createHash('sha256')
      .update(JSON.stringify([...fieldsByName(records).values()]))
      .digest('hex'),
  check(context, { use, request, permit }) {
    if (use === null || !isPurpose(use.purpose) || !isScene(use.scene)) return { allowed: true }
    const customer = context.records.find(customers, { id: use.subject })
    if (customer === null) return { allowed: true }
    const covering = coveredBy(context.records, use, use.purpose, use.scene)
    const catalogue = fieldsByName(context.records)
    const telling = Object.entries(customer.fields).flatMap(([name, value]) => {
      const field = definitionOf(catalogue, name)
      return field.category !== null && unmistakable.test(field.category) ? [{ name, value, field, category: field.category }] : []
    })
    if (telling.length === 0) return { allowed: true }
    const text = textsOf(request)
    const found = telling.filter(({ value }) => holdsValue(text, value))
    const beyond = found.filter(({ field }) => (fieldMask(field) & covering) === 0).map(({ name }) => name)
    if (beyond.length === 0) {
      noteCategories(
        context,
        permit.id,
        found.map(({ category }) => category),
      )
      return { allowed: true }
    }
    const { purpose, scene } = use
    return { allowed: false, code: 'SLU_CONSENT_CATEGORY', reason: 'category', why: { rule: 'categories', fields: beyond, purpose, scene } }
  },
}

/** Its own scene, and further ones as far as the customer allows them at this moment. */
function coveredBy(records: RecordsReader, { subject, alsoScenes = [] }: Use, purpose: Purpose, scene: Scene): number {
  const further = maskOf(alsoScenes.filter(isScene).map((also) => ({ purpose, scene: also })))
  return bitOf({ purpose, scene }) | (further & (further === 0 ? 0 : subjectOf(records, subject).standingMask))
}

function textsOf(value: Json): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return String(value)
  return (Object.values(value) as readonly Json[]).map(textsOf).join('\n')
}
