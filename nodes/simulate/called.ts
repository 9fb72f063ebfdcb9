import type { CompiledFlow } from '@sluice/engine/core'

/** Only flows that this one calls: others would start beside it and hide what it does. */
export function calledBy(flow: CompiledFlow, others: readonly CompiledFlow[]): readonly CompiledFlow[] {
  const found = new Set<string>()
  const open = [flow]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { type, config } of Object.values(next.nodes)) {
      const called = others.find(({ key }) => type === 'core.call' && key === config.flow)
      if (called === undefined || found.has(called.key)) continue
      found.add(called.key)
      open.push(called)
    }
  }
  return others.filter(({ key }) => found.has(key))
}
