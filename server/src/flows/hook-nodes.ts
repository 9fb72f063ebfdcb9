import type { FlowDefinition, FlowNode } from '@sluice/flows'

/** Webhook triggers of a flow. */
export function hookNodes(flow: FlowDefinition): readonly FlowNode[] {
  return flow.nodes.filter(({ type, disabled }) => type === 'core.webhook' && disabled !== true)
}

/** Name of the secret a webhook was given by hand; null: it has one of its own, made at publishing. */
export function namedSecret(node: FlowNode): string | null {
  const name = node.config?.secret
  return typeof name === 'string' && name !== '' ? name : null
}
