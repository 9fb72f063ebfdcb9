import type { Json, JsonObject } from '../json.ts'
import { isObject, propertySchema, type Schema, schemaIn } from './parts.ts'

/** The config with the schema's defaults where a field was left out. Unchanged parts stay the same objects. */
export function withDefaults(schema: Schema, value: JsonObject): JsonObject {
  const properties = schemaIn(schema.properties)
  let result: Record<string, Json> | null = null
  for (const key of Object.keys(properties)) {
    const part = propertySchema(schema, key) ?? {}
    const current = Object.hasOwn(value, key) ? value[key] : undefined
    const filled = current === undefined ? part.default : isObject(current) ? withDefaults(part, current) : current
    if (filled === current || filled === undefined) continue
    result ??= { ...value }
    result[key] = filled
  }
  return result ?? value
}
