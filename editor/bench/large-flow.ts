import type { FlowDefinition, FlowNode } from '@sluice/flows'

const columns = 40
const step = { x: 312, y: 136 }

/**
 * A flow of any size as analysts draw them: lines of forty steps, every tenth a branch that joins the next line, each with a name.
 * Nothing is wrong with it, so that the check has the usual work. The first six steps form the line that runs go through.
 */
export function largeFlow(key: string, count: number): FlowDefinition {
  const nodes: FlowNode[] = Array.from({ length: count }, (_, index) => ({
    id: `s${index}`,
    type: index === 0 ? 'core.manual' : isBranch(index) ? 'core.branch' : 'core.transform',
    name: { en: `Step ${index}`, 'zh-CN': `步骤 ${index}` },
    ...(index > 0 && { config: isBranch(index) ? { when: '{% input.amount > 100 %}' } : { value: { step: index } } }),
    at: [(index % columns) * step.x, Math.floor(index / columns) * step.y],
  }))
  const edges = nodes.slice(1).map((node, index) => ({ from: `s${index}.${isBranch(index) ? 'true' : 'out'}`, to: `${node.id}.in` }))
  const across = nodes
    .filter((_, index) => isBranch(index) && index + columns < count)
    .map((node, index) => ({ from: `${node.id}.false`, to: `s${(index + 1) * 10 + columns}.in` }))
  return { format: 'sluice/flow@1', key, name: { en: `Large ${count}`, 'zh-CN': `大流程 ${count}` }, nodes, edges: [...edges, ...across] }
}

function isBranch(index: number): boolean {
  return index > 6 && index % 10 === 0
}
