import type { CheckedNode } from './checked-node.ts'
import { type Components, isLoop } from './components.ts'
import { type Graph, reachable } from './graph.ts'
import { about, fixes, type Report } from './report.ts'

/** Ports on which a person should have reacted and did not. */
const unheard: ReadonlySet<string> = new Set(['expired', 'unacknowledged'])

/** The flow starts somewhere, every step can be reached, none is pointless, and what waits for a person tells someone when nobody reacts. */
export function checkWays(graph: Graph, report: Report): void {
  if (graph.starts.length === 0) {
    report.add('error', 'SLU_FLOW_TRIGGER_MISSING', {}, { en: 'The flow has no trigger', 'zh-CN': '没有触发器' }, fixes.addTrigger)
  }
  const found = reachable(graph, graph.starts)
  const sleeping = graph.nodes.filter((node) => node.behaviour === 'trigger' && !node.enabled)
  for (const node of graph.nodes) {
    if (!node.enabled) continue
    if (graph.starts.length > 0 && !found.has(node.index)) reportUnreached(node, sleeping.length > 0, report)
    checkEnd(graph, node, report)
  }
  if (graph.nodes.length > 60) {
    const message = {
      en: `${graph.nodes.length} steps: over 60, make a subflow`,
      'zh-CN': `步骤超过 60 个(共 ${graph.nodes.length} 个),建议拆成子流程`,
    }
    report.add('hint', 'SLU_FLOW_LARGE', {}, message, fixes.extract)
  }
}

/** While a trigger is switched off, what hangs on it is unfinished rather than wrong. */
function reportUnreached(node: CheckedNode, someTriggerIsOff: boolean, report: Report): void {
  const message = about(
    [node.name],
    (it) => `Nothing leads to “${it}”`,
    (it) => `没有连线通向「${it}」`,
  )
  report.add(someTriggerIsOff ? 'warning' : 'error', 'SLU_FLOW_UNREACHABLE', { node: node.index }, message, fixes.connect)
}

function checkEnd(graph: Graph, node: CheckedNode, report: Report): void {
  const wired = graph.out[node.index]
  const isWired = [...(wired?.values() ?? [])].some((wires) => wires.length > 0)
  if (!isWired && (node.behaviour === 'trigger' || node.facts?.silhouette === 'decision')) {
    const message = about(
      [node.name],
      (it) => `“${it}” leads nowhere`,
      (it) => `「${it}」还没有接上下一步`,
    )
    report.add('error', 'SLU_FLOW_LEADS_NOWHERE', { node: node.index }, message, fixes.connect)
  }
  for (const { name, label } of node.ports ?? []) {
    if (!unheard.has(name) || wired?.has(name)) continue
    const message = about(
      [node.name, label],
      (it, port) => `Nobody is told when “${it}” ends with “${port}”`,
      (it, port) => `「${it}」出现「${port}」时没有人会收到提醒`,
    )
    report.add('warning', 'SLU_FLOW_NOBODY_TOLD', { node: node.index }, message, fixes.connect)
  }
}

/** Every loop has a step with a way out. */
export function checkLoops(graph: Graph, components: Components, report: Report): void {
  components.members.forEach((group, at) => {
    if (!isLoop(graph, group) || group.some((node) => hasExit(graph, components, node, at))) return
    const members = [...group].sort((left, right) => left - right).map((index) => graph.nodes[index] as CheckedNode)
    const names = members.map((node) => node.name)
    const say = (it: readonly string[], mark: string) => `${it.slice(0, 5).join(mark)}${it.length > 5 ? ' …' : ''}`
    const message = about(
      names,
      (...it) => `Loop without an exit: ${say(it, ' → ')}`,
      (...it) => `循环没有出口:${say(it, ' → ')}`,
    )
    report.add('error', 'SLU_FLOW_LOOP_ENDLESS', { node: members[0]?.index ?? 0 }, message, fixes.addExit)
  })
}

/** A port that is not `error` and none of whose wires stays in the loop; without wires it ends the line. */
function hasExit(graph: Graph, { of }: Components, node: number, group: number): boolean {
  const { ports } = graph.nodes[node] as CheckedNode
  if (ports === null) return true
  return ports.some(({ name }) => (graph.out[node]?.get(name) ?? []).every((wire) => of[wire.to] !== group))
}
