import type { CheckedNode } from './checked-node.ts'
import type { Graph } from './graph.ts'
import type { FlowLabels } from './labels/flow-labels.ts'
import { originOf } from './labels/flow-labels.ts'
import type { Label } from './labels/label.ts'
import { memberOf } from './labels/value.ts'
import type { Rulings } from './proofs.ts'
import { about, fixes, type Report } from './report.ts'
import { readBy, wayOfValue } from './ways.ts'

/** What a money step may not invent unless its type says otherwise: how much, and who allowed it. */
const guarded: readonly string[] = ['receipt', 'amount']
const words: { readonly [field: string]: { readonly en: string; readonly 'zh-CN': string } } = {
  receipt: { en: 'receipt', 'zh-CN': '回执' },
  amount: { en: 'amount', 'zh-CN': '金额' },
  customer: { en: 'customer', 'zh-CN': '客户' },
  currency: { en: 'currency', 'zh-CN': '币种' },
}

/**
 * The veto rule, about values and not about places: what a money step pays, and the receipt for it, are what a person approved at one
 * human veto. A value that was changed afterwards is another value, and no model has a say after the person.
 */
export function checkVeto(graph: Graph, labels: FlowLabels, report: Report, rulings: Rulings): void {
  for (const node of graph.nodes) {
    if (!node.enabled || node.facts?.labels?.money !== true) continue
    const bad = badFields(node, labels)
    const [first] = bad
    if (first === undefined) continue
    const byModel = bad.some((field) => labelAt(node, labels, field).origin.includes('model')) || labels.decided.has(node.index)
    const tells = byModel ? 'model' : 'outside'
    const way = wayOfValue(
      graph,
      node.index,
      labels.decided.has(node.index) ? [...labels.decisions, ...readBy(graph, node.index, bad)] : readBy(graph, node.index, bad),
      (at) => !byModel || labels.all(at).whole.origin.includes('model') || labels.decisions.has(at),
      (at) => originOf(graph.nodes[at] as CheckedNode) === tells,
    )
    report.add(
      'error',
      'SLU_MONEY_WITHOUT_HUMAN',
      { node: node.index, path: `/config/${first}`, way },
      sentence(node, bad, byModel),
      fixes.insertVeto,
    )
    rulings.against('veto', way)
    if (bad.some((field) => labelAt(node, labels, field).origin.includes('outside'))) rulings.against('injection', way)
  }
}

function badFields(node: CheckedNode, labels: FlowLabels): readonly string[] {
  const guards = node.facts?.labels?.guards ?? guarded
  const byModel = labels.decided.has(node.index)
  // A fixed amount is no one's proposal; its receipt still has to be for exactly this amount.
  const open = guards.filter((field) => byModel || field === 'receipt' || !isFixed(node, field))
  const shared = open
    .map((field) => labelAt(node, labels, field).approvals ?? [])
    .reduce<readonly string[] | null>((common, approvals) => common?.filter((it) => approvals.includes(it)) ?? approvals, null)
  const unapproved = open.filter((field) => {
    const { approvals, origin } = labelAt(node, labels, field)
    return byModel || approvals === null || approvals.length === 0 || origin.includes('model')
  })
  const others = Object.keys(node.config).filter((field) => !guards.includes(field) && isInvented(labelAt(node, labels, field)))
  const torn = unapproved.length === 0 && shared !== null && shared.length === 0 ? open : []
  return [...unapproved, ...torn, ...others]
}

/** Whom and in which currency: not a model's choice either, unless it was part of what was approved. */
function isInvented({ origin, approvals }: Label): boolean {
  return origin.includes('model') && (approvals === null || approvals.length === 0)
}

function isFixed(node: CheckedNode, field: string): boolean {
  return typeof node.config[field] === 'number'
}

function labelAt(node: CheckedNode, labels: FlowLabels, field: string): Label {
  return memberOf(labels.config(node.index), field).whole
}

function sentence(node: CheckedNode, bad: readonly string[], byModel: boolean) {
  const named = (language: 'en' | 'zh-CN', and: string) => [...new Set(bad)].map((field) => words[field]?.[language] ?? field).join(and)
  return byModel
    ? about(
        [node.name],
        (it) =>
          `“${it}” moves money and a model has a say in it (${named('en', ', ')}): a person has to approve exactly this value, and nothing may change it afterwards. AI output touches money: a human veto step is required`,
        (it) => `「${it}」涉及资金，且其${named('zh-CN', '、')}受 AI 结果影响：AI 结果涉及资金，必须经人工否决，且批准后不得再改动`,
      )
    : about(
        [node.name],
        (it) => `“${it}” moves money: its ${named('en', ' and ')} must come from one human veto, unchanged`,
        (it) => `「${it}」涉及资金，其${named('zh-CN', '与')}必须直接来自同一个人工否决步骤，不得改动`,
      )
}
