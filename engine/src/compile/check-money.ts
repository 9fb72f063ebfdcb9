import type { Schema } from '@sluice/flows'
import { compileConfig, type References } from '../expression/index.ts'
import type { CheckedNode } from './checked-node.ts'
import type { Graph } from './graph.ts'
import { about, fixes, type Report } from './report.ts'

/** What a money step may not invent: how much, and who allowed it. */
const guarded = ['receipt', 'amount'] as const
const words = { receipt: { en: 'receipt', 'zh-CN': '回执' }, amount: { en: 'amount', 'zh-CN': '金额' } }

/**
 * The veto rule, about values and not about places: what a money step pays, and the receipt for it, must be read from a human veto's
 * approval. A value that passed a veto and was changed afterwards is another value, so anything in between is refused.
 */
export function checkMoney(graph: Graph, report: Report): void {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  for (const node of graph.nodes) {
    if (!node.enabled || node.facts?.labels?.money !== true) continue
    const bad = guarded.filter((field) => !isAllowed(graph, byId, node, field))
    if (bad.length === 0) continue
    const named = (language: 'en' | 'zh-CN', and: string) => bad.map((field) => words[field][language]).join(and)
    const message = about(
      [node.name],
      (it) => `“${it}” moves money: its ${named('en', ' and ')} must come from a human veto, unchanged`,
      (it) => `「${it}」涉及资金，其${named('zh-CN', '与')}必须直接来自人工否决步骤，不得改动`,
    )
    report.add('error', 'SLU_MONEY_WITHOUT_HUMAN', { node: node.index, path: `/config/${bad[0]}` }, message, fixes.insertVeto)
  }
}

function isAllowed(graph: Graph, byId: ReadonlyMap<string, CheckedNode>, node: CheckedNode, field: (typeof guarded)[number]): boolean {
  const value = node.config[field] ?? null
  // A fixed amount is no one's proposal; its receipt still has to be for exactly this amount.
  if (field === 'amount' && typeof value === 'number') return true
  const { references } = compileConfig((node.facts?.config ?? {}) as Schema, { [field]: value })
  return comesFromVeto(graph, byId, node, references)
}

/** Reads only approvals: `nodes.<veto>`, or the wire when nothing but approvals leads here. */
function comesFromVeto(graph: Graph, byId: ReadonlyMap<string, CheckedNode>, node: CheckedNode, { reads, allNodes }: References): boolean {
  if (reads.length === 0 || allNodes) return false
  return reads.every(({ path: [root, id = ''] }) => {
    if (root === 'nodes') return isVeto(byId.get(id))
    return root === 'input' && onlyApprovalsLeadTo(graph, node.index)
  })
}

function onlyApprovalsLeadTo(graph: Graph, index: number): boolean {
  let wires = 0
  for (const source of graph.nodes) {
    for (const [port, leaving] of graph.out[source.index] ?? []) {
      if (!leaving.some((wire) => wire.to === index)) continue
      if (port !== 'approved' || !isVeto(source)) return false
      wires += 1
    }
  }
  return wires > 0
}

/** The one step type whose receipt money steps accept at run time. */
function isVeto(node: CheckedNode | undefined): boolean {
  return node?.enabled === true && node.definition.type === 'approvals.veto'
}
