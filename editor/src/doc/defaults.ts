import type { Json, JsonObject } from '@sluice/flows'

/** The values a schema names for the settings nobody chose. */
export function defaultsIn(schema: { readonly properties?: Readonly<Record<string, { readonly default?: unknown }>> }): JsonObject {
  const named = Object.entries(schema.properties ?? {}).filter(([, field]) => field.default !== undefined)
  return Object.fromEntries(named.map(([name, field]) => [name, field.default as Json]))
}
