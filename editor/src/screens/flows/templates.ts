import type { FlowDefinition } from '@sluice/flows'

const files = import.meta.glob<FlowDefinition>('../../../../flows/templates/*.flow.json', { import: 'default' })

/** The flows we ship; loaded when somebody looks at them. */
export async function loadTemplates(): Promise<readonly FlowDefinition[]> {
  return Promise.all(Object.values(files).map((load) => load()))
}
