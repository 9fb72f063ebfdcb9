import type { CompiledFlow } from '../core/compiled.ts'
import type { NodeTypes } from './facts.ts'

export interface FlowUse {
  readonly purpose: string
  readonly scene: string
}

/** What a flow uses people's data for, as far as its configs say; uses that an expression chooses are known only when the step runs. */
export function usesOf(flow: CompiledFlow, nodeTypes: NodeTypes): readonly FlowUse[] {
  const found = new Map<string, FlowUse>()
  for (const { type, config } of Object.values(flow.nodes)) {
    const use = askedUse(() => nodeTypes.get(type)?.labels?.use?.(config) ?? null)
    if (use === null || isOpen(use.purpose) || isOpen(use.scene)) continue
    found.set(`${use.purpose} ${use.scene}`, { purpose: use.purpose, scene: use.scene })
  }
  return [...found.values()]
}

/** A pack that throws on a config names no use; its own step will refuse at run time. */
function askedUse(ask: () => FlowUse | null): FlowUse | null {
  try {
    return ask()
  } catch {
    return null
  }
}

function isOpen(text: string): boolean {
  return text.includes('{%') || text.includes('{{')
}
