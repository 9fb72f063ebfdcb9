import { FlowDefinition } from '@sluice/flows'

/** JSON Schema of the flow file, as /schemas/flow.json and `sluice schema` give it. */
export function flowSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: '/schemas/flow.json',
    title: 'Sluice flow',
    ...(JSON.parse(JSON.stringify(FlowDefinition)) as object),
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}
