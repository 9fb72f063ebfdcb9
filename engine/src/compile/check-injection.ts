import { sentBy } from './check-consent.ts'
import type { CheckedNode } from './checked-node.ts'
import type { Graph } from './graph.ts'
import { type FlowLabels, originOf } from './labels/flow-labels.ts'
import type { Label } from './labels/label.ts'
import type { Rulings } from './proofs.ts'
import { about, fixes, type Report } from './report.ts'
import { readBy, type Way, wayBetween, wayOfValue } from './ways.ts'

/**
 * The injection rule: a text that came from outside, or that a model made of one, reaches customers and consent records only through a
 * person or a deterministic rule. Data quoted inside a sentence of the author, or chosen by a table, went through a rule.
 */
export function checkInjection(graph: Graph, labels: FlowLabels, report: Report, rulings: Rulings): void {
  for (const node of graph.nodes) {
    const rules = node.facts?.labels
    const isSink = rules?.reaches === 'customer' || rules?.writes?.includes('consent') === true
    if (!node.enabled || !isSink) continue
    const sent = sentBy(node, labels)
    const tells = sent.origin.includes('outside') ? 'outside' : sent.origin.includes('model') ? 'model' : null
    if (tells === null || wasApproved(sent) || passesPerson(graph, node.index)) continue
    const way = wayOf(graph, labels, node, tells)
    if (tells === 'model') {
      report.add('warning', 'SLU_FLOW_MODEL_UNSEEN', { node: node.index, path: '/config', way }, unseen(node), fixes.review)
      continue
    }
    report.add(
      'error',
      'SLU_FLOW_INJECTION',
      { node: node.index, path: '/config', way },
      injected(node, sent.origin.includes('model')),
      fixes.review,
    )
    rulings.against('injection', way)
  }
}

function wasApproved({ approvals }: Label): boolean {
  return approvals !== null && approvals.length > 0
}

/** No way from a trigger gets here without a person having answered. */
function passesPerson(graph: Graph, sink: number): boolean {
  const answered = (node: number, port: string) =>
    graph.nodes[node]?.behaviour === 'action' &&
    originOf(graph.nodes[node] as CheckedNode) === 'person' &&
    port !== 'expired' &&
    port !== 'error'
  return wayBetween(graph, graph.starts, sink, (node, port) => !answered(node, port)) === null
}

function wayOf(graph: Graph, labels: FlowLabels, node: CheckedNode, tells: 'outside' | 'model'): Way {
  return wayOfValue(
    graph,
    node.index,
    readBy(graph, node.index, node.facts?.labels?.sends ?? []),
    (at) => labels.all(at).whole.origin.includes(tells),
    (at) => originOf(graph.nodes[at] as CheckedNode) === tells,
  )
}

function injected(node: CheckedNode, byModel: boolean) {
  return byModel
    ? about(
        [node.name],
        (it) =>
          `“${it}” sends what a model made of a text from outside: whoever wrote that text could speak in your name. Let a person look first`,
        (it) => `「${it}」会发送模型根据外部文本生成的内容，写下该文本的人可能借此以您的名义发言。请先经人工审核`,
      )
    : about(
        [node.name],
        (it) =>
          `“${it}” sends a text from outside as it is: whoever wrote it would speak in your name. Quote it in a sentence of your own, or let a person look first`,
        (it) => `「${it}」会原样发送来自外部的文本，写下它的人等于以您的名义发言。请将其嵌入您自己的文案，或先经人工审核`,
      )
}

function unseen(node: CheckedNode) {
  return about(
    [node.name],
    (it) => `“${it}” sends what a model wrote, and no person has seen it`,
    (it) => `「${it}」会发送模型撰写的内容，且没有人看过`,
  )
}
