import type { Json, JsonObject } from '@sluice/sdk'
import { maskText, thresholds } from '../../masking/index.ts'
import { type FieldDefinition, undescribed } from './fields.ts'
import { holds, replaceAll } from './find-values.ts'
import { isMasked, type Masked, partialName, type Reader, viewField } from './view.ts'

/** Whose data may be in a value: what is stored of them, and how it stands with each field. */
export interface Seen {
  readonly name: string
  readonly fields: { readonly [name: string]: Json }
  readonly frozen: ReadonlySet<string>
  readonly granted: number
}

type Reason = Masked['$masked']

/** What is hidden, by value and by the name of the field. */
export interface Hidden {
  readonly values: ReadonlyMap<string | number, Reason>
  readonly names: ReadonlyMap<string, string>
  readonly fields: ReadonlyMap<string, Reason>
  /** Field names that mean the customer's field only inside a customer's record; elsewhere `model` is a model. */
  readonly loose: ReadonlySet<string>
  /** Names of fields: as keys they are nobody's data. */
  readonly known: ReadonlySet<string>
  /** Texts are searched for numbers, addresses and the like of people who are in no table. */
  readonly personal: boolean
}

const depthMax = 64
/** Below this a number is too common to be recognised by its value alone. */
const numberMin = 1_000
/** Names under which flows carry a customer's record or its fields. */
const records: ReadonlySet<string> = new Set(['customer', 'fields', 'contact'])
/** Kinds whose values mean themselves wherever they stand; a model or a city may be anybody's. */
export const unmistakable = /^(contact|finance|identity\.document|vehicle\.plate)/

/** What this reader may not see of these customers. */
export function hiddenFrom(reader: Reader, customers: readonly Seen[], catalogue: ReadonlyMap<string, FieldDefinition>): Hidden {
  const values = new Map<string | number, Reason>()
  const names = new Map<string, string>()
  const fields = new Map<string, Reason>()
  const loose = new Set<string>()
  const hide = (field: FieldDefinition, reason: Reason) => {
    if (fields.get(field.name) !== 'frozen') fields.set(field.name, reason)
    if (field.category === null || !unmistakable.test(field.category)) loose.add(field.name)
  }
  if (reader.kind === 'masked') for (const field of catalogue.values()) if (field.pii !== 'none') hide(field, 'policy')
  for (const { name, fields: stored, frozen, granted } of customers) {
    if (reader.kind === 'masked') names.set(name, partialName(name))
    for (const field of new Set([...frozen, ...Object.keys(stored)])) {
      const definition = catalogue.get(field) ?? undescribed(field)
      const view = viewField(definition, stored[field] ?? '', { frozen: frozen.has(field), granted }, reader)
      if (!isMasked(view)) continue
      hide(definition, view.$masked)
      const value = stored[field]
      if (isTelling(value)) values.set(value, values.get(value) === 'frozen' ? 'frozen' : view.$masked)
    }
  }
  return { values, names, fields, loose, known: new Set(catalogue.keys()), personal: reader.kind === 'masked' }
}

/** The hiding itself. What it does not touch stays the same object. */
export function makeLens(hidden: Hidden): { mask<Value>(value: Value): Value; text(value: string): string } {
  if (hidden.fields.size === 0 && hidden.values.size === 0 && hidden.names.size === 0 && !hidden.personal)
    return { mask: (value) => value, text: (value) => value }
  const replaced = [...hidden.values].map(([value, reason]): [string, string] => [String(value), `[${reason}]`])
  const replace = replaceAll([...replaced, ...hidden.names].filter(([value]) => isFindable(value)))
  const text = (value: string): string => {
    const seen = replace(value)
    return hidden.personal ? maskText(seen, { confidenceMin: thresholds.analytics }).text : seen
  }
  const leaf = (value: Json): Json => {
    const reason = typeof value === 'string' || typeof value === 'number' ? hidden.values.get(value) : undefined
    if (reason !== undefined) return sealOf(value, reason)
    return typeof value === 'string' ? text(value) : value
  }
  const mask = (value: Json, within: string, depth: number): Json => {
    if (typeof value !== 'object' || value === null) return leaf(value)
    if (depth > depthMax) return { $masked: 'policy' }
    if (Array.isArray(value)) return value.map((item) => mask(item as Json, within, depth + 1))
    if (isMasked(value)) return value
    const shown: [string, Json][] = []
    const taken = new Set<string>()
    for (const [key, item] of Object.entries(value)) shown.push([unlike(taken, keyOf(key)), member(key, item as Json, within, depth)])
    return Object.fromEntries(shown)
  }
  const keys = new Map<string, string>()
  /** A flow may count by mobile numbers: then they are the keys. */
  const keyOf = (key: string): string => {
    const before = keys.get(key)
    if (before !== undefined) return before
    const after = hidden.known.has(key) ? key : text(key)
    keys.set(key, after)
    return after
  }
  const member = (key: string, value: Json, within: string, depth: number): Json => {
    const reason = hidden.fields.get(key)
    const counts = reason !== undefined && (!hidden.loose.has(key) || records.has(within))
    return counts && isScalar(value) ? sealOf(value, reason) : mask(value, key, depth + 1)
  }
  return { mask: <Value>(value: Value) => mask(value as Json, '', 0) as Value, text }
}

/** Hides every text and number: for what names more people than can be looked up. Its shape is nobody's data. */
export const closed: ReturnType<typeof makeLens> = { mask: (value) => shut(value as Json, 0) as typeof value, text: () => '[policy]' }

function shut(value: Json, depth: number): Json {
  if (typeof value === 'string' || typeof value === 'number') return sealOf(value, 'policy')
  if (typeof value !== 'object' || value === null) return value
  if (depth > depthMax) return { $masked: 'policy' }
  if (Array.isArray(value)) return value.map((item) => shut(item as Json, depth + 1))
  if (isMasked(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [/^[A-Za-z_]\w{0,63}$/.test(key) ? key : '[policy]', shut(item as Json, depth + 1)]),
  )
}

/** Of what a role may not see the kind is told; of what a customer keeps from us, or took back, nothing but that. */
function sealOf(value: Json, reason: Reason): JsonObject {
  const type = typeof value
  if (reason !== 'policy') return { $masked: reason }
  return type === 'string' || type === 'number' || type === 'boolean' ? { $masked: reason, type } : { $masked: reason }
}

/** Two hidden keys stay two. */
function unlike(taken: Set<string>, key: string): string {
  let name = key
  for (let n = 2; taken.has(name); n++) name = `${key} ${n}`
  taken.add(name)
  return name
}

function isScalar(value: Json): boolean {
  return value !== null && value !== '' && typeof value !== 'object'
}

/** Does a text hold this value as a word of its own? What is too common to be recognised is never found. */
export function holdsValue(text: string, value: Json | undefined): boolean {
  return isTelling(value) && holds(text, String(value))
}

/** A value by which a person can be told; `true` or `3` can not. */
function isTelling(value: Json | undefined): value is string | number {
  return typeof value === 'number' ? Math.abs(value) >= numberMin : typeof value === 'string' && isFindable(value)
}

function isFindable(value: string): boolean {
  return value.length >= 4 || (value.length >= 2 && /\p{Script=Han}/u.test(value))
}
