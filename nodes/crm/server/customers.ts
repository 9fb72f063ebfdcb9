import type { Json } from '@sluice/sdk'
import { problem, type RecordsReader, type WriteContext } from '@sluice/sdk/server'
import { identityToken } from '../../consent/server/index.ts'
import type { FieldDefinition } from '../domain/fields.ts'
import { fieldsByName } from './catalogue.ts'
import { dateChanged, forgetDates } from './dates.ts'
import { refuseFrozen } from './freeze.ts'
import { ChangeInput, CreateBody, checkFieldNames, RepBody, read } from './input.ts'
import { type Customer, customers, discounts, freezes, identities, type Rep, reps } from './tables.ts'

export interface CustomerBrief {
  readonly id: string
  readonly name: string
  readonly owner: string | null
  readonly language: string
}

export function findBrief(context: WriteContext, payload: { readonly id: string }): CustomerBrief | null {
  const found = context.records.find(customers, { id: payload.id })
  return found === null ? null : { id: found.id, name: found.name, owner: found.owner, language: found.language }
}

export function getCustomer(records: RecordsReader, id: string): Customer {
  const found = records.find(customers, { id })
  if (found === null) throw problem('SLU_CUSTOMER_UNKNOWN', 404, `No customer ${id}`)
  return found
}

export function createCustomer(context: WriteContext, payload: unknown): { readonly id: string } {
  const ask = read(CreateBody, payload)
  const id = ask.id ?? `c-${context.newId()}`
  if (context.records.find(customers, { id }) !== null)
    throw problem('SLU_CRM_CUSTOMER_EXISTS', 409, `Customer ${id} exists`, [{ path: '/id', message: 'exists already' }])
  const fields = present(ask.fields ?? {})
  checkFieldNames(fields)
  const customer: Customer = {
    id,
    name: ask.name,
    owner: ask.owner ?? null,
    account: ask.account ?? null,
    language: ask.language ?? 'en',
    region: ask.region ?? null,
    fields,
    version: 1,
    createdAt: context.now,
    updatedAt: context.now,
  }
  context.records.insert(customers, customer)
  ensureRep(context, customer.owner)
  context.audit('crm.customer-created', { customer: id })
  rememberIdentities(context, id, fields)
  dateChanged(context, null, customer)
  context.notify('customers', { customer: id })
  return { id }
}

/** Changes some fields; null takes a field away. A frozen field refuses, and then nothing of the change is kept. */
export function changeCustomer(context: WriteContext, payload: unknown): { readonly version: number } {
  const { id, change, version } = read(ChangeInput, payload)
  const before = getCustomer(context.records, id)
  if (version != null && version !== before.version) throw problem('SLU_CRM_CHANGED', 412, 'The customer changed in the meantime')
  const asked = change.fields ?? {}
  checkFieldNames(asked)
  refuseFrozen(context, id, Object.keys(asked))
  const { fields: _, ...own } = change
  const after: Customer = {
    ...before,
    ...own,
    fields: present({ ...before.fields, ...asked }),
    version: before.version + 1,
    updatedAt: context.now,
  }
  context.records.update(customers, { id }, after)
  ensureRep(context, after.owner)
  context.audit('crm.customer-changed', { customer: id }, { fields: Object.keys(asked) })
  rememberIdentities(context, id, after.fields)
  dateChanged(context, before, after)
  context.notify('customers', { customer: id })
  return { version: after.version }
}

export function saveRep(context: WriteContext, payload: unknown): Rep {
  const ask = read(RepBody, payload)
  const rep: Rep = {
    id: ask.id,
    name: ask.name,
    team: ask.team ?? null,
    region: ask.region ?? null,
    language: ask.language ?? 'en',
    deputy: ask.deputy ?? null,
    manager: ask.manager ?? null,
  }
  context.records.upsert(reps, rep)
  return rep
}

/** Takes these customers and all that hangs on them away: the end of the demo. */
export function forgetCustomers(
  context: WriteContext,
  payload: { readonly customers: readonly string[]; readonly reps?: readonly string[] },
): void {
  for (const customer of payload.customers) {
    context.records.delete(freezes, { customer })
    context.records.delete(identities, { customer })
    context.records.delete(discounts, { customer })
    forgetDates(context, customer)
    context.records.delete(customers, { id: customer })
  }
  for (const id of payload.reps ?? []) context.records.delete(reps, { id })
}

/** The customer who carries this outside identity, for instance a WeChat OpenID. */
export function findIdentity(
  context: WriteContext,
  payload: { readonly kind: string; readonly value: string },
): { readonly customer: string } | null {
  const [customer] = customersWith(context.records, payload.kind, payload.value)
  return customer === undefined ? null : { customer }
}

export function customersWith(records: RecordsReader, kind: string, value: string): string[] {
  return records.list(identities, { where: { token: identityToken(kind, value) } }).map((row) => row.customer)
}

/** Fields that identify a person to a channel, by the names that a CRM gives them. */
const identityKinds: ReadonlyMap<string, string> = new Map([
  ['wechat', 'wechat'],
  ['wechat_openid', 'wechat'],
  ['openid', 'wechat'],
  ['mobile', 'mobile'],
  ['email', 'email'],
])

/** A WeChat id under whatever name: a withdrawal made in WeChat names nothing else. */
function identityKind(name: string, catalogue: ReadonlyMap<string, FieldDefinition>): string | undefined {
  return catalogue.get(name)?.category === 'contact.wechat' ? 'wechat' : identityKinds.get(name)
}

function rememberIdentities(context: WriteContext, customer: string, fields: { readonly [name: string]: Json }): void {
  context.records.delete(identities, { customer })
  const catalogue = fieldsByName(context.records)
  for (const [name, value] of Object.entries(fields)) {
    const kind = identityKind(name, catalogue)
    if (kind === undefined || typeof value !== 'string' || value === '') continue
    context.records.upsert(identities, { token: identityToken(kind, value), kind, customer })
    context.command('consent.apply-pending', { kind, value, customer })
  }
}

/** A field was described anew: customers who carry it are found by it from now on, or no longer. */
export function reidentify(context: WriteContext, field: string): void {
  const page = 1_000
  for (let last = ''; ; ) {
    const found = context.records.list(customers, { where: { id: { gt: last } }, orderBy: [['id', 'asc']], limit: page })
    for (const { id, fields } of found) if (Object.hasOwn(fields, field)) rememberIdentities(context, id, fields)
    if (found.length < page) return
    last = found.at(-1)?.id ?? ''
  }
}

/** An owner nobody entered yet gets a card of their own, so that alerts have an address. */
function ensureRep(context: WriteContext, id: string | null): void {
  if (id === null || context.records.find(reps, { id }) !== null) return
  saveRep(context, { id, name: id })
}

function present(fields: { readonly [name: string]: Json }): { [name: string]: Json } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

export function findRep(context: WriteContext, payload: { readonly id: string }): Rep | null {
  return context.records.find(reps, { id: payload.id })
}
