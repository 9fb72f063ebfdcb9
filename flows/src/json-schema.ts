import { FlowDefinition } from './definition.ts'
import type { Json, JsonObject } from './json.ts'

/** The JSON Schema (2020-12) of a flow file, as published at `/schemas/flow.json` and by `sluice schema`. */
export function flowJsonSchema(): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: '/schemas/flow.json',
    title: 'Sluice flow',
    description: 'One flow a file (*.flow.json). Expressions are JSONata between {% and %}; templates hold {{ … }}.',
    ...(modern(JSON.parse(JSON.stringify(FlowDefinition)) as Json) as JsonObject),
  }
}

/** The builder writes tuples as drafts before 2020-12 did. */
function modern(value: Json): Json {
  if (Array.isArray(value)) return value.map(modern)
  if (typeof value !== 'object' || value === null) return value
  const { items, additionalItems, ...rest } = value as JsonObject
  const parts = Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, modern(item)]))
  if (Array.isArray(items)) return { ...parts, prefixItems: items.map(modern), items: additionalItems ?? true }
  return items === undefined ? parts : { ...parts, items: modern(items) }
}
