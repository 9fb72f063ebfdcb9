import { choicesOf, fieldName, type Json, type JsonObject, type Text } from '@sluice/flows'
import type { Widget } from '@sluice/sdk'

/** One field of a form, as the schema describes it. */
export interface FormField {
  readonly name: string
  readonly schema: JsonObject
  readonly title: Text
  readonly help: Text | null
  readonly isRequired: boolean
  /** Always in sight: the schema requires it, even where a default fills it in. */
  readonly isMain: boolean
  readonly widget: Widget
  /** Values of a choice with their labels. */
  readonly options: readonly { readonly value: Json; readonly label: Text }[]
  /** Evaluated by its owner, not before the step runs: it is always an expression or always plain. */
  readonly isDeferred: boolean
  /** Edited inside another field of the same form, which this names: the columns of a table. */
  readonly editedIn: string | null
  /** It decides yes or no, so that it can be put together as a rule. */
  readonly isCondition: boolean
}

function object(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

function text(value: unknown): Text | null {
  if (typeof value === 'string') return value
  const { en, 'zh-CN': zh } = object(value)
  return typeof en === 'string' && typeof zh === 'string' ? { en, 'zh-CN': zh } : null
}

/** Fields of an object schema: what must be filled in first, then the rest, each in the author's order. */
export function fieldsOf(schema: unknown): readonly FormField[] {
  const { properties, required } = object(schema)
  const needed = new Set(Array.isArray(required) ? required.map(String) : [])
  const all = Object.entries(object(properties)).map(([name, each]) => readField(name, object(each), needed.has(name)))
  return [...all.filter((field) => field.isMain), ...all.filter((field) => !field.isMain)]
}

export function readField(name: string, schema: JsonObject, isRequired: boolean): FormField {
  return {
    name,
    schema,
    title: fieldName(schema, name),
    help: text(schema['x-help']) ?? text(schema.description),
    isRequired: isRequired && schema.default === undefined,
    isMain: isRequired,
    widget: widgetOf(schema),
    options: optionsOf(schema),
    isDeferred: schema['x-deferred'] === true,
    editedIn: typeof schema['x-edited-in'] === 'string' ? schema['x-edited-in'] : null,
    isCondition: schema['x-condition'] === true,
  }
}

/** Somebody may have wanted it so. A switch that is off, as every fresh step has it, says nothing. */
export function isChosen({ schema }: FormField, value: unknown): boolean {
  return value !== undefined && !(value === false && schema.default === false)
}

/** The author's hint, else what the type asks for. */
function widgetOf(schema: JsonObject): Widget {
  const hint = schema['x-ui']
  if (typeof hint === 'string') return hint as Widget
  if (schema.format === 'template') return 'template'
  if (schema.format === 'expression') return 'expression'
  if (optionsOf(schema).length > 0) return 'select'
  switch (schema.type) {
    case 'boolean':
      return 'switch'
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return 'list'
    case 'object':
      return 'json'
    case 'string':
      return typeof schema.maxLength === 'number' && schema.maxLength > 500 ? 'textarea' : 'text'
    default:
      return 'value'
  }
}

/** Choices in the schema's order, worded by `x-options`. */
export function optionsOf(schema: JsonObject): readonly { readonly value: Json; readonly label: Text }[] {
  const labels = object(schema['x-options'])
  const listed = Array.isArray(schema.enum)
    ? schema.enum
    : choicesOf(schema).flatMap((choice) => (choice.const === undefined ? [] : [choice.const]))
  const values: readonly Json[] = listed.length > 0 ? listed : Object.keys(labels)
  return values.map((value) => ({ value, label: text(labels[String(value)]) ?? String(value) }))
}
