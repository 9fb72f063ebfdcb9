import type { Json } from '@sluice/sdk'
import { defineTable } from '@sluice/sdk/server'
import type { FieldType, Pii } from '../domain/fields.ts'

export interface Customer {
  readonly id: string
  readonly name: string
  readonly owner: string | null
  readonly account: string | null
  readonly language: string
  readonly region: string | null
  readonly fields: { readonly [name: string]: Json }
  readonly version: number
  readonly createdAt: number
  readonly updatedAt: number
}

export const customers = defineTable<Customer>({
  name: 'crm_customers',
  columns: {
    id: { type: 'text' },
    name: { type: 'text' },
    owner: { type: 'text', nullable: true },
    account: { type: 'text', nullable: true },
    language: { type: 'text' },
    region: { type: 'text', nullable: true },
    fields: { type: 'json' },
    version: { type: 'integer' },
    createdAt: { type: 'integer' },
    updatedAt: { type: 'integer' },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['owner', 'id'] }, { columns: ['name'] }],
})

export interface Rep {
  readonly id: string
  readonly name: string
  readonly team: string | null
  readonly region: string | null
  readonly language: string
  readonly deputy: string | null
  /** The rep who leads this one: sees their customers too, and gets what they leave unread. */
  readonly manager: string | null
}

export const reps = defineTable<Rep>({
  name: 'crm_reps',
  columns: {
    id: { type: 'text' },
    name: { type: 'text' },
    team: { type: 'text', nullable: true },
    region: { type: 'text', nullable: true },
    language: { type: 'text' },
    deputy: { type: 'text', nullable: true },
    manager: { type: 'text', nullable: true },
  },
  primaryKey: ['id'],
})

export interface Account {
  readonly id: string
  readonly name: string
  readonly industry: string | null
  readonly region: string | null
}

const accounts = defineTable<Account>({
  name: 'crm_accounts',
  columns: {
    id: { type: 'text' },
    name: { type: 'text' },
    industry: { type: 'text', nullable: true },
    region: { type: 'text', nullable: true },
  },
  primaryKey: ['id'],
})

/** A field the workspace described itself; wins over the shipped description. */
export interface FieldRow {
  readonly name: string
  readonly labelEn: string
  readonly labelZh: string
  readonly type: FieldType
  readonly category: string | null
  readonly pii: Pii
  readonly purposes: readonly string[]
  readonly scenes: readonly string[]
}

export const fieldCatalogue = defineTable<FieldRow>({
  name: 'crm_fields',
  columns: {
    name: { type: 'text' },
    labelEn: { type: 'text' },
    labelZh: { type: 'text' },
    type: { type: 'text' },
    category: { type: 'text', nullable: true },
    pii: { type: 'text' },
    purposes: { type: 'json' },
    scenes: { type: 'json' },
  },
  primaryKey: ['name'],
})

/** A field that nobody reads or writes until the customer agrees again. Released rows stay as history. */
export interface Freeze {
  readonly customer: string
  readonly field: string
  readonly reason: 'withdrawn' | 'category' | 'flow'
  readonly category: string | null
  /** Withdrawal or run that froze it. */
  readonly cause: string
  readonly frozenAt: number
  readonly releasedAt: number | null
}

export const freezes = defineTable<Freeze>({
  name: 'crm_field_freezes',
  columns: {
    customer: { type: 'text' },
    field: { type: 'text' },
    reason: { type: 'text' },
    category: { type: 'text', nullable: true },
    cause: { type: 'text' },
    frozenAt: { type: 'integer' },
    releasedAt: { type: 'integer', nullable: true },
  },
  primaryKey: ['customer', 'field', 'reason'],
})

/** Finds a customer by an outside identity without keeping that identity in an index. */
export interface Identity {
  readonly token: string
  readonly kind: string
  readonly customer: string
}

export const identities = defineTable<Identity>({
  name: 'crm_identities',
  columns: { token: { type: 'text' }, kind: { type: 'text' }, customer: { type: 'text' } },
  primaryKey: ['token', 'customer'],
  indexes: [{ columns: ['customer'] }],
})

export interface Discount {
  readonly id: string
  readonly customer: string
  readonly amount: number
  readonly currency: string
  readonly receipt: string
  readonly run: string | null
  readonly appliedAt: number
}

/** A receipt pays once. */
export const discounts = defineTable<Discount>({
  name: 'crm_discounts',
  columns: {
    id: { type: 'text' },
    customer: { type: 'text' },
    amount: { type: 'integer' },
    currency: { type: 'text' },
    receipt: { type: 'text' },
    run: { type: 'text', nullable: true },
    appliedAt: { type: 'integer' },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['receipt'], unique: true }, { columns: ['customer'] }],
})

/** A date trigger of an active flow. Its timer rings at the first of its dates. */
export interface DateTrigger {
  readonly flow: string
  readonly node: string
  readonly field: string
  readonly when: 'before' | 'on' | 'after'
  readonly days: number
  readonly at: string
  readonly timeZone: string
  readonly calendar: string | null
}

export const dateTriggers = defineTable<DateTrigger>({
  name: 'crm_date_triggers',
  columns: {
    flow: { type: 'text' },
    node: { type: 'text' },
    field: { type: 'text' },
    when: { type: 'text' },
    days: { type: 'integer' },
    at: { type: 'text' },
    timeZone: { type: 'text' },
    calendar: { type: 'text', nullable: true },
  },
  primaryKey: ['flow', 'node'],
})

/** A date of a customer that a trigger waits for, or has come to: it starts once. */
export interface DateDue {
  readonly flow: string
  readonly node: string
  readonly customer: string
  /** `2026-10-01`, as it stood in the field. */
  readonly date: string
  readonly dueAt: number
  readonly state: 'armed' | 'done'
}

export const dateDues = defineTable<DateDue>({
  name: 'crm_date_dues',
  columns: {
    flow: { type: 'text' },
    node: { type: 'text' },
    customer: { type: 'text' },
    date: { type: 'text' },
    dueAt: { type: 'integer' },
    state: { type: 'text' },
  },
  primaryKey: ['flow', 'node', 'customer', 'date'],
  indexes: [{ columns: ['flow', 'node', 'state', 'dueAt'] }, { columns: ['customer'] }],
})

export const tables = [customers, reps, accounts, fieldCatalogue, freezes, identities, discounts, dateTriggers, dateDues]
