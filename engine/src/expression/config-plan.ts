import {
  checkSchema,
  choicesOf,
  itemSchema,
  type Json,
  type JsonObject,
  pointer,
  propertySchema,
  type Schema,
  type Text,
} from '@sluice/flows'
import { type CompiledExpression, compileExpression } from './compile-expression.ts'
import { isMarkedExpression } from './parse.ts'
import { compileTemplate, fillTemplate, type Template } from './template.ts'

export interface ConfigProblem {
  readonly code: string
  readonly message: Text
  /** JSON pointer into the config. */
  readonly path: string
  /** Character in the text at `path`. */
  readonly position: number | null
}

/** One expression of a config. A template has one per hole: `/text#0`. */
export interface Slot {
  readonly id: string
  readonly path: string
  readonly expression: CompiledExpression
}

/** The shape of a config: parts without expressions are kept as they are. */
export type ConfigPart =
  | { readonly kind: 'fixed'; readonly value: Json }
  /** `orNull`: the field must be there and takes anything, so nothing becomes null instead of a missing field. */
  | { readonly kind: 'expression'; readonly slot: string; readonly orNull: boolean }
  | { readonly kind: 'template'; readonly template: Template; readonly slots: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly ConfigPart[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, ConfigPart])[] }

export interface ConfigPlan {
  readonly root: ConfigPart
  readonly slots: readonly Slot[]
  /** Only where there are many. */
  readonly byId: ReadonlyMap<string, Slot> | null
  readonly problems: readonly ConfigProblem[]
}

/** So many are found as fast in their list, and a flow of thousands of steps has a map less for each. */
const listedMax = 8

export function planConfig(schema: Schema, config: JsonObject): ConfigPlan {
  const planner = new Planner()
  const root = planner.part(schema, config, '')
  const { slots, problems } = planner
  return { root, slots, byId: slots.length > listedMax ? new Map(slots.map((slot) => [slot.id, slot])) : null, problems }
}

/** The slot of this id. */
export function slotOf({ slots, byId }: ConfigPlan, id: string): Slot | undefined {
  return byId === null ? slots.find((slot) => slot.id === id) : byId.get(id)
}

class Planner {
  readonly slots: Slot[] = []
  readonly problems: ConfigProblem[] = []

  part(declared: Schema, value: Json, path: string, required = false): ConfigPart {
    const schema = meantChoice(declared, value)
    if (schema['x-deferred'] === true) {
      this.#checkDeferred(schema, value, path)
      return { kind: 'fixed', value }
    }
    if (typeof value === 'string') return this.#text(schema, value, path, required && takesAnything(schema))
    if (Array.isArray(value)) return this.#list(schema, value, path)
    return typeof value === 'object' && value !== null ? this.#object(schema, value as JsonObject, path) : { kind: 'fixed', value }
  }

  #text(schema: Schema, value: string, path: string, orNull: boolean): ConfigPart {
    if (isMarkedExpression(value) || (schema.format === 'expression' && value !== '')) return this.#expression(value, path, orNull)
    return schema.format === 'template' && value.includes('{{') ? this.#template(value, path) : { kind: 'fixed', value }
  }

  #expression(value: string, path: string, orNull: boolean): ConfigPart {
    const expression = this.#compiled(value, path)
    if (expression === null) return { kind: 'fixed', value }
    this.slots.push({ id: path, path, expression })
    return { kind: 'expression', slot: path, orNull }
  }

  #compiled(value: string, path: string): CompiledExpression | null {
    const compiled = compileExpression(value)
    if (compiled.ok) return compiled.expression
    const { code, message, position } = compiled.error
    this.problems.push({ code, message, path, position: position === null ? null : position + (isMarkedExpression(value) ? 2 : 0) })
    return null
  }

  #template(value: string, path: string): ConfigPart {
    const compiled = compileTemplate(value)
    if (!compiled.ok) {
      this.problems.push({ ...compiled.problem, path })
      return { kind: 'fixed', value }
    }
    const slots = compiled.template.holes.map((expression, hole) => ({ id: `${path}#${hole}`, path, expression }))
    this.slots.push(...slots)
    return { kind: 'template', template: compiled.template, slots: slots.map((slot) => slot.id) }
  }

  /** The owner evaluates it later, but a mistake in it is known now. */
  #checkDeferred(schema: Schema, value: Json, path: string): void {
    if (typeof value !== 'string' || value === '') return
    if (schema.format === 'expression' || isMarkedExpression(value)) this.#compiled(value, path)
  }

  #list(schema: Schema, list: readonly Json[], path: string): ConfigPart {
    const items = list.map((item, index) => this.part(itemSchema(schema, index), item, pointer(path, index)))
    return items.every((item) => item.kind === 'fixed') ? { kind: 'fixed', value: list } : { kind: 'list', items }
  }

  #object(schema: Schema, object: JsonObject, path: string): ConfigPart {
    const required = Array.isArray(schema.required) ? schema.required : []
    const entries = Object.keys(object).map((key) => {
      const part = this.part(propertySchema(schema, key) ?? {}, object[key] as Json, pointer(path, key), required.includes(key))
      return [key, part] as const
    })
    return entries.every(([, part]) => part.kind === 'fixed') ? { kind: 'fixed', value: object } : { kind: 'object', entries }
  }
}

function takesAnything(schema: Schema): boolean {
  return ['type', 'const', 'enum', 'anyOf', 'oneOf', 'allOf'].every((keyword) => schema[keyword] === undefined)
}

/** Of several allowed forms, the one this value was written in. */
function meantChoice(schema: Schema, value: Json): Schema {
  const choices = choicesOf(schema)
  if (choices.length === 0) return schema
  const fitting = choices.find((choice) => checkSchema(choice, value, { expressionsAllowed: true, defaultsFill: true }).length === 0)
  return fitting === undefined ? schema : { ...schema, ...meantChoice(fitting, value) }
}

/** A value that is missing leaves its field out, as in JSONata. */
export function buildConfig(part: ConfigPart, values: ReadonlyMap<string, Json | undefined>): Json | undefined {
  switch (part.kind) {
    case 'fixed':
      return part.value
    case 'expression':
      return values.get(part.slot) ?? (part.orNull ? null : undefined)
    case 'template':
      return fillTemplate(
        part.template,
        part.slots.map((slot) => values.get(slot)),
      )
    case 'list':
      return part.items.map((item) => buildConfig(item, values)).filter((item) => item !== undefined)
    default: {
      const object: Record<string, Json> = {}
      for (const [key, below] of part.entries) {
        const value = buildConfig(below, values)
        if (value !== undefined) object[key] = value
      }
      return object
    }
  }
}
