import type { Json, JsonObject } from '../json.ts'

/** A JSON Schema 2020-12 of the subset that our forms and checks understand. */
export type Schema = JsonObject

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A schema below a keyword; anything else means "whatever". */
export function schemaIn(value: Json | undefined): Schema {
  return isObject(value) ? value : anything
}

const anything: Schema = Object.freeze({})

const noSchemas: readonly Schema[] = []

export function schemasIn(value: Json | undefined): readonly Schema[] {
  if (!Array.isArray(value)) return noSchemas
  return value.every(isObject) ? value : value.filter(isObject)
}

export function choicesOf(schema: Schema): readonly Schema[] {
  if (schema.anyOf === undefined && schema.oneOf === undefined) return noSchemas
  const choices = schemasIn(schema.anyOf)
  return choices.length > 0 ? choices : schemasIn(schema.oneOf)
}

const free = new WeakMap<Schema, boolean>()
const remarks: ReadonlySet<string> = new Set(['title', 'description', 'default', 'examples', '$comment'])

/** Whether a schema only describes: then whatever stands there fits and is not looked through. Steps check their config with each run. */
export function takesAnything(schema: Schema): boolean {
  let known = free.get(schema)
  if (known === undefined) {
    known = Object.keys(schema).every((keyword) => keyword.startsWith('x-') || remarks.has(keyword))
    free.set(schema, known)
  }
  return known
}

/** Schema of one property of an object; null when the object may not have it. */
export function propertySchema(schema: Schema, key: string): Schema | null {
  const properties = schemaIn(schema.properties)
  if (Object.hasOwn(properties, key)) return schemaIn(properties[key])
  if (schema.patternProperties !== undefined) {
    const patterns = schemaIn(schema.patternProperties)
    for (const pattern of Object.keys(patterns)) if (matchesPattern(pattern, key)) return schemaIn(patterns[pattern])
  }
  if (schema.additionalProperties === false) return null
  return schemaIn(schema.additionalProperties)
}

/** Schemas of the first items, one each: `prefixItems`, or a list under `items` as drafts before 2020-12 wrote it. */
export function tupleOf(schema: Schema): readonly Schema[] {
  const listed = schemasIn(schema.prefixItems)
  return listed.length > 0 ? listed : schemasIn(schema.items)
}

/** Whether a list may have no items beyond its tuple. */
export function isClosedTuple(schema: Schema): boolean {
  return schema.items === false || (tupleOf(schema).length > 0 && schema.additionalItems === false)
}

export function itemSchema(schema: Schema, index: number): Schema {
  return tupleOf(schema)[index] ?? schemaIn(schema.items)
}

/** Texts longer than this are not matched against patterns: a pattern may take quadratic time. */
const patternTextMax = 10_000
const compiled = new Map<string, RegExp | null>()

/** A pattern that is no regular expression, or could take exponential time, matches nothing. */
export function matchesPattern(pattern: string, text: string): boolean {
  let expression = compiled.get(pattern)
  if (expression === undefined) {
    expression = compilePattern(pattern)
    if (compiled.size > 1_000) compiled.clear()
    compiled.set(pattern, expression)
  }
  return expression !== null && text.length <= patternTextMax && expression.test(text)
}

function compilePattern(pattern: string): RegExp | null {
  if (pattern.length > 1_000 || repeatsARepeat(pattern)) return null
  try {
    return new RegExp(pattern, 'u')
  } catch {
    return null
  }
}

/** `(a+)+`, `(a|b*)*`, back references: the shapes that make a backtracking matcher explode. */
function repeatsARepeat(pattern: string): boolean {
  const plain = pattern
    .replace(/\\[1-9k]/g, '\u0000')
    .replace(/\\./gu, 'x')
    .replace(/\[[^\]]*\]/gu, 'x')
  if (plain.includes('\u0000')) return true
  const open: boolean[] = []
  for (let index = 0; index < plain.length; index++) {
    const char = plain.charAt(index)
    if (char === '(') open.push(false)
    else if (char === ')') {
      const inner = open.pop() ?? false
      const repeated = /^(?:[*+]|\{\d+,\d*\})/.test(plain.slice(index + 1))
      if (inner && repeated) return true
      if (inner || repeated) markOpen(open)
    } else if (char === '*' || char === '+' || /^\{\d+,\d*\}/.test(plain.slice(index, index + 12))) markOpen(open)
    else if (char === '|' && open.length > 0) markOpen(open)
  }
  return false
}

function markOpen(open: boolean[]): void {
  if (open.length > 0) open[open.length - 1] = true
}
