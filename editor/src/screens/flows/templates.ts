import type { FlowDefinition } from '@sluice/flows'

/** The flows we ship; loaded when somebody looks at them. */
export async function loadTemplates(): Promise<readonly FlowDefinition[]> {
  return (await import('@sluice/flows/templates')).templates
}
