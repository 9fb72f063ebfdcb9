/** The part of JSON Schema 2020-12 that task forms use. What is not understood is edited as JSON. */
export interface FormSchema {
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly description?: string
  /** The same in both languages. */
  readonly 'x-title'?: LocalText
  readonly 'x-help'?: LocalText
  readonly 'x-ui'?: string
  /** Of an amount of money, which is kept in minor units; CNY where nothing is said. */
  readonly 'x-currency'?: string
  /** Labels of the values of an enum. */
  readonly 'x-options'?: Readonly<Record<string, LocalText>>
  /** Names of the properties in the order people meet them; the rest follow. An object that is merged key by key keeps no order of its own. */
  readonly 'x-order'?: readonly string[]
  readonly properties?: Readonly<Record<string, FormSchema>>
  readonly required?: readonly string[]
  readonly enum?: readonly (string | number)[]
  readonly oneOf?: readonly { readonly const?: string | number; readonly title?: string; readonly 'x-title'?: LocalText }[]
  readonly items?: FormSchema
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
}
export interface LocalText {
  readonly en: string
  readonly 'zh-CN': string
}

export type FieldKind = 'text' | 'long-text' | 'number' | 'integer' | 'money' | 'boolean' | 'choice' | 'choices' | 'date' | 'group' | 'json'

const longTextChars = 200

export function kindOf(schema: FormSchema): FieldKind {
  const type = Array.isArray(schema.type) ? schema.type.find((each) => each !== 'null') : schema.type
  if (schema.enum !== undefined || schema.oneOf?.every((each) => each.const !== undefined) === true) return 'choice'
  if (type === 'boolean') return 'boolean'
  if (schema['x-ui'] === 'money' && (type === 'integer' || type === 'number')) return 'money'
  if (type === 'number') return 'number'
  if (type === 'integer') return 'integer'
  if (type === 'array') return schema.items?.enum === undefined ? 'json' : 'choices'
  if (type === 'object') return schema.properties === undefined ? 'json' : 'group'
  if (schema.format === 'date') return 'date'
  if (schema['x-ui'] === 'textarea' || (schema.maxLength ?? 0) > longTextChars) return 'long-text'
  return type === 'string' || type === undefined ? 'text' : 'json'
}

/** The fields of a form in the order people meet them. */
export function inOrder<Field>(properties: Readonly<Record<string, Field>>, order: unknown): readonly (readonly [string, Field])[] {
  const all = Object.entries(properties)
  if (!Array.isArray(order)) return all
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return all.sort(([one], [other]) => place(one) - place(other))
}

/** What the form starts with. */
export function initialData(schema: FormSchema): Record<string, unknown> {
  const data: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (field.default !== undefined) data[name] = field.default
    else if (kindOf(field) === 'group') data[name] = initialData(field)
    else if (kindOf(field) === 'boolean' && schema.required?.includes(name) === true) data[name] = false
  }
  return data
}

export type Flaw = 'required' | 'minimum' | 'maximum' | 'minLength' | 'maxLength' | 'pattern' | 'integer' | 'json'

/** First thing wrong with each field, by JSON pointer. The server checks again with the whole of JSON Schema. */
export function flawsOf(schema: FormSchema, data: Readonly<Record<string, unknown>>, at = ''): Map<string, Flaw> {
  const flaws = new Map<string, Flaw>()
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const path = `${at}/${name}`
    const value = data[name]
    const isEmpty = value === undefined || value === null || value === ''
    if (isEmpty) {
      if (schema.required?.includes(name) === true) flaws.set(path, 'required')
      continue
    }
    const flaw = flawOf(field, value)
    if (flaw !== null) flaws.set(path, flaw)
    if (kindOf(field) === 'group' && typeof value === 'object')
      for (const [inner, what] of flawsOf(field, value as Record<string, unknown>, path)) flaws.set(inner, what)
  }
  return flaws
}

function flawOf(field: FormSchema, value: unknown): Flaw | null {
  if (typeof value === 'number') {
    if (field.type === 'integer' && !Number.isInteger(value)) return 'integer'
    if (field.minimum !== undefined && value < field.minimum) return 'minimum'
    if (field.maximum !== undefined && value > field.maximum) return 'maximum'
  }
  if (typeof value === 'string') {
    const length = [...value].length
    if (field.minLength !== undefined && length < field.minLength) return 'minLength'
    if (field.maxLength !== undefined && length > field.maxLength) return 'maxLength'
  }
  return null
}
