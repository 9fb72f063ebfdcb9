import type { CompiledFlow } from '../core/compiled.ts'
import type { NodeTypes } from './facts.ts'

export interface FlowUse {
  readonly purpose: string
  readonly scene: string
}

/** Every purpose and scene for which a flow uses people's data, each once. */
export function usesOf(compiled: CompiledFlow, types: NodeTypes): FlowUse[] {
  const uses = new Map<string, FlowUse>()
  for (const node of Object.values(compiled.nodes)) {
    const use = types.get(node.type)?.labels?.use?.(node.config) ?? null
    if (use !== null) uses.set(`${use.purpose}:${use.scene}`, use)
  }
  return [...uses.values()]
}
