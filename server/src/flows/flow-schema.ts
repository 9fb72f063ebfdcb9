import { FlowDefinition } from '@sluice/flows'

/** JSON Schema of the flow file, as /schemas/flow.json and `sluice schema` give it. */
export function flowSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: '/schemas/flow.json',
    title: 'Sluice flow',
    ...(inDialect(JSON.parse(JSON.stringify(FlowDefinition))) as object),
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}

/** The schema builder writes tuples as older drafts do; 2020-12 calls their list `prefixItems`, and `items` what may follow it. */
export function inDialect(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map(inDialect)
  const members = Object.entries(schema).map(([key, value]) => [key, inDialect(value)] as const)
  const { items, additionalItems, ...rest } = Object.fromEntries(members)
  if (!Array.isArray(items)) return Object.fromEntries(members)
  return { ...rest, prefixItems: items, items: additionalItems ?? true }
}
