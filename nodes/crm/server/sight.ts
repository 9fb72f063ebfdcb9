import type { Caller, HiddenPlace, Lens, RecordsReader, RevealVerdict, Sight } from '@sluice/sdk/server'
import { subjectOf } from '../../consent/server/index.ts'
import { fieldMask } from '../domain/fields.ts'
import { closed, hiddenFrom, makeLens } from '../domain/lens.ts'
import { isMasked } from '../domain/view.ts'
import { fieldsByName } from './catalogue.ts'
import { frozenFields } from './freeze.ts'
import { isAmong, readerOf } from './reader.ts'
import { type Customer, customers } from './tables.ts'
import { viewCustomer } from './view.ts'

/** Texts looked up for one lens because they may be ids; beyond, nobody can say whose data it is, and all of it is hidden. */
const mentionedMax = 20_000
/** Customers one lens looks for; beyond, all is hidden. */
const customersMax = 2_000
/** Customers of one rep, or of a manager and the reps they lead, whose runs are listed. */
const knownMax = 20_000
/** Ids asked for at once. */
const lookupMax = 1_000
const idPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/

/** Customer data in runs and tasks, seen with the same rules as the customer's own page. */
export function customerSight(caller: Caller, records: RecordsReader): Sight {
  const reader = readerOf(caller, records)
  const knows = (customer: Customer | null) => reader.owners === null || isAmong(reader.owners, customer?.owner)
  return {
    key: reader.kind,
    knows: (customer) => knows(records.find(customers, { id: customer })),
    known() {
      if (reader.owners === null) return null
      return records.list(customers, { where: { owner: { in: reader.owners } }, limit: knownMax }).map(({ id }) => id)
    },
    on(subject, mentioned, addressed = false): Lens {
      const seen = seenIn(records, subject, mentioned)
      return seen === null ? closed : makeLens(hiddenFrom(addressed ? { kind: 'full' } : reader, seen, fieldsByName(records)))
    },
    fields(id) {
      const customer = records.find(customers, { id })
      if (customer === null || !knows(customer)) return null
      const shown = viewCustomer(records, customer, reader, fieldsByName(records)).fields
      return Object.entries(shown).map(([name, value]) => ({ name, hidden: isMasked(value) ? value.$masked : null }))
    },
    reveals: (place) => verdictOn(records, place),
  }
}

/**
 * The value belongs to whoever keeps it, and to the run's customer where nobody does. Everyone it may belong to must have agreed to
 * some use of such a field, and nobody may have it frozen. What nobody described or nobody owns stays hidden.
 */
function verdictOn(records: RecordsReader, { subject, mentioned, path, value }: HiddenPlace): RevealVerdict {
  const catalogue = fieldsByName(records)
  const seen = seenIn(records, subject, mentioned)
  if (seen === null) return 'no_consent'
  if (typeof value !== 'string' && typeof value !== 'number') return 'no_consent'
  const shown = makeLens(hiddenFrom({ kind: 'full' }, seen, catalogue)).mask(value)
  if (isMasked(shown) || shown !== value) return 'frozen'
  const named = catalogue.has(path.at(-1) ?? '') ? [path.at(-1) ?? ''] : []
  const keepers = seen.filter(({ fields }) => Object.values(fields).includes(value))
  const owners = keepers.length > 0 ? keepers : seen.filter(({ id }) => id === subject)
  const fields = new Set([...named, ...keepers.flatMap((one) => Object.keys(one.fields).filter((name) => one.fields[name] === value))])
  if (owners.length === 0 || fields.size === 0) return 'no_consent'
  const pairs = owners.flatMap((owner) => [...fields].map((name) => ({ owner, name, field: catalogue.get(name) })))
  if (pairs.some(({ owner, name }) => owner.frozen.has(name))) return 'frozen'
  const isAgreed = pairs.every(({ owner, field }) => field != null && field.category !== null && (fieldMask(field) & owner.granted) !== 0)
  return isAgreed ? 'allowed' : 'no_consent'
}

/** Null: more than can be looked up. */
function seenIn(records: RecordsReader, subject: string | null, mentioned: readonly unknown[]) {
  const ids = new Set<string>(subject === null ? [] : [subject])
  collectIds(mentioned, ids, 0)
  if (ids.size > mentionedMax) return null
  const all = [...ids]
  const known: Customer[] = []
  for (let at = 0; at < all.length; at += lookupMax) {
    known.push(...records.list(customers, { where: { id: { in: all.slice(at, at + lookupMax) } }, limit: lookupMax }))
    if (known.length > customersMax) return null
  }
  return known.map(({ id, name, fields }) => ({
    id,
    name,
    fields,
    frozen: frozenFields(records, id),
    granted: subjectOf(records, id).standingMask,
  }))
}

/** Every text that may be a customer's id, keys too: a flow may gather by customer. */
function collectIds(value: unknown, ids: Set<string>, depth: number): void {
  if (ids.size > mentionedMax || depth > 64) return
  if (typeof value === 'string') {
    if (idPattern.test(value)) ids.add(value)
  } else if (typeof value === 'object' && value !== null) {
    const isList = Array.isArray(value)
    for (const [key, item] of Object.entries(value)) {
      if (!isList && idPattern.test(key)) ids.add(key)
      collectIds(item, ids, depth + 1)
    }
  }
}
