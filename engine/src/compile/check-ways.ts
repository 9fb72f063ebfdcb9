import type { CheckedNode } from './checked-node.ts'
import { type Components, isLoop } from './components.ts'
import type { Dominators } from './dominators.ts'
import { type Graph, reachable } from './graph.ts'
import { forkOf } from './joins.ts'
import { about, fixes, type Report } from './report.ts'
import { type Way, wayBetween } from './ways.ts'

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
      'zh-CN': `步骤超过 60 个（共 ${graph.nodes.length} 个），建议拆成子流程`,
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
  const way = { nodes: [node.index], edges: [] }
  report.add(someTriggerIsOff ? 'warning' : 'error', 'SLU_FLOW_UNREACHABLE', { node: node.index, way }, message, fixes.connect, [
    fixes.remove,
  ])
}

function checkEnd(graph: Graph, node: CheckedNode, report: Report): void {
  const wired = graph.out[node.index]
  const mustLead = node.behaviour === 'trigger' || node.facts?.silhouette === 'decision'
  if (mustLead && ![...(wired?.values() ?? [])].some((wires) => wires.length > 0)) {
    const message = about(
      [node.name],
      (it) => `“${it}” leads nowhere`,
      (it) => `「${it}」还没有接上下一步`,
    )
    report.add('error', 'SLU_FLOW_LEADS_NOWHERE', { node: node.index, way: { nodes: [node.index], edges: [] } }, message, fixes.connect, [
      fixes.end,
    ])
  }
  for (const { name, label } of node.ports ?? []) {
    if (!unheard.has(name) || wired?.has(name)) continue
    const message = about(
      [node.name, label],
      (it, port) => `Nobody is told when “${it}” ends with “${port}”`,
      (it, port) => `「${it}」出现「${port}」时没有人会收到提醒`,
    )
    report.add('warning', 'SLU_FLOW_NOBODY_TOLD', { node: node.index }, message, { ...fixes.addAlert, data: { port: name } })
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
      (...it) => `循环没有出口：${say(it, ' → ')}`,
    )
    report.add('error', 'SLU_FLOW_LOOP_ENDLESS', { node: members[0]?.index ?? 0, way: roundTrip(graph, group) }, message, fixes.addExit)
  })
}

/** A port that is not `error` and none of whose wires stays in the loop; without wires it ends the line. */
function hasExit(graph: Graph, { of }: Components, node: number, group: number): boolean {
  const { ports } = graph.nodes[node] as CheckedNode
  if (ports === null) return true
  return ports.some(({ name }) => (graph.out[node]?.get(name) ?? []).every((wire) => of[wire.to] !== group))
}

/** Once around: the wires that stay in the loop, from its first step in the file back to it. */
function roundTrip(graph: Graph, group: readonly number[]): Way {
  const inside = new Set(group)
  const first = Math.min(...group)
  const stays = (from: number) => inside.has(from)
  for (const wires of graph.out[first]?.values() ?? []) {
    for (const { to, edge } of wires) {
      if (to === first) return { nodes: [first], edges: [edge] }
      const back = inside.has(to) ? wayBetween(graph, [to], first, stays) : null
      if (back !== null) return { nodes: [first, ...back.nodes.slice(0, -1)], edges: [edge, ...back.edges] }
    }
  }
  return { nodes: [...group], edges: [] }
}

/**
 * No loop multiplies: of the lines that a step starts at once, one at the most may come back to it without a join that takes them
 * together. Otherwise each round doubles them until the run reaches its limit.
 */
export function checkMultiplying(graph: Graph, components: Components, dominators: Dominators | null, report: Report): void {
  for (const group of components.members) {
    if (!isLoop(graph, group)) continue
    const inside = new Set(group)
    for (const fork of group) {
      const closes = (node: number) =>
        dominators !== null && graph.nodes[node]?.behaviour === 'join' && forkOf(graph, dominators, node) === fork
      for (const wires of graph.out[fork]?.values() ?? []) {
        if (wires.length < 2) continue
        const back = wires.flatMap(({ to, edge }): Way[] => {
          if (!inside.has(to) || closes(to)) return []
          if (to === fork) return [{ nodes: [fork], edges: [edge] }]
          const way = wayBetween(graph, [to], fork, (from) => inside.has(from) && !closes(from))
          return way === null ? [] : [{ nodes: way.nodes, edges: [edge, ...way.edges] }]
        })
        if (back.length > 1) reportMultiplying(graph, fork, back, report)
      }
    }
  }
}

function reportMultiplying(graph: Graph, fork: number, back: readonly Way[], report: Report): void {
  const message = about(
    [graph.nodes[fork]?.name ?? ''],
    (it) => `“${it}” starts ${back.length} lines that all come back to it: each round has more lines. Join them before going back`,
    (it) => `「${it}」分出的 ${back.length} 条分支都会回到它：每一轮分支都会成倍增加。请先汇合再返回`,
  )
  const way = { nodes: [...new Set([fork, ...back.flatMap(({ nodes }) => nodes)])], edges: back.flatMap(({ edges }) => edges) }
  report.add('error', 'SLU_FLOW_LOOP_MULTIPLIES', { node: fork, way }, message, fixes.addJoin)
}
