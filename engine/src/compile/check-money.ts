import type { Problem } from '@sluice/flows'
import { compileConfig } from '../expression/config.ts'
import type { References } from '../expression/references.ts'
import { configOf, vetoType } from './facts.ts'
import type { Graph, GraphNode } from './graph.ts'
import { about, error, fix } from './problems.ts'

/**
 * The veto rule, about values and not about places: what a money step pays, and the receipt for it, must be read from a human veto's
 * approval. A value that passed a veto and was changed afterwards is another value, so anything in between is refused.
 */
export function checkMoney(graph: Graph, it: GraphNode): Problem[] {
  if (it.facts?.labels?.money !== true) return []
  const config = configOf(it.node)
  const schema = it.facts.config as Parameters<typeof compileConfig>[0]
  const bad = (['receipt', 'amount'] as const).filter((field) => {
    const value = config[field]
    if (field === 'amount' && typeof value === 'number') return false
    return !isFromVeto(graph, it, compileConfig(schema, { [field]: value ?? null }).references)
  })
  if (bad.length === 0) return []
  return [
    error(
      'SLU_MONEY_WITHOUT_HUMAN',
      { node: it.node.id, path: `/nodes/${it.index}/config/${bad[0]}` },
      about(it, (name, language) =>
        language === 'en'
          ? `“${name}” moves money: its ${bad.join(' and ')} must come from a human veto, unchanged.`
          : `“${name}”涉及资金：其${bad.map((field) => (field === 'receipt' ? '回执' : '金额')).join('与')}必须直接来自人工否决步骤，不得改动。`,
      ),
      fix('insert-veto', 'Insert a human veto', '插入人工否决'),
    ),
  ]
}

/** Reads only approvals: `nodes.<veto>`, or the wire when nothing but approvals leads here. */
function isFromVeto(graph: Graph, it: GraphNode, references: References): boolean {
  const { reads } = references
  if (reads.length === 0 || references.allNodes) return false
  return reads.every(({ path: [root, id] }) => {
    if (root === 'nodes') return graph.nodes[graph.indexOf(id ?? '') ?? -1]?.node.type === vetoType
    if (root !== 'input') return false
    return it.in.length > 0 && it.in.every((wire) => wire.fromPort === 'approved' && graph.nodes[wire.from]?.node.type === vetoType)
  })
}
