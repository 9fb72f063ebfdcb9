import type { FlowDocument } from './model.ts'

/** Whether a line that leaves a step can come back to it by the wires. */
export function standsInLoop({ edges }: FlowDocument, step: string): boolean {
  const next = new Map<string, string[]>()
  for (const { from, to } of edges.values()) {
    const targets = next.get(from.node)
    if (targets === undefined) next.set(from.node, [to.node])
    else targets.push(to.node)
  }
  const seen = new Set<string>()
  const open = [...(next.get(step) ?? [])]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === step) return true
    if (seen.has(at)) continue
    seen.add(at)
    open.push(...(next.get(at) ?? []))
  }
  return false
}
