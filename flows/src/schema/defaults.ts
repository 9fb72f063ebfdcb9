import type { Json, JsonObject } from '../json.ts'
import { isObject, propertySchema, type Schema, schemaIn } from './parts.ts'

/** The config with the schema's defaults where a field was left out. Unchanged parts stay the same objects. */
export function withDefaults(schema: Schema, value: JsonObject): JsonObject {
  let result: Record<string, Json> | null = null
  for (const { key, part } of filling(schema)) {
    const current = Object.hasOwn(value, key) ? value[key] : undefined
    const filled = current === undefined ? part.default : isObject(current) ? withDefaults(part, current) : current
    if (filled === current || filled === undefined) continue
    result ??= { ...value }
    result[key] = filled
  }
  return result ?? value
}

interface Filling {
  readonly key: string
  readonly part: Schema
}

const known = new WeakMap<Schema, readonly Filling[]>()

/** The fields that have a default, or may have one below. Looked up once per schema, because a flow has thousands of steps of few types. */
function filling(schema: Schema): readonly Filling[] {
  let fields = known.get(schema)
  if (fields === undefined) {
    fields = Object.keys(schemaIn(schema.properties))
      .map((key) => ({ key, part: propertySchema(schema, key) ?? {} }))
      .filter(({ part }) => part.default !== undefined || part.properties !== undefined)
    known.set(schema, fields)
  }
  return fields
}
