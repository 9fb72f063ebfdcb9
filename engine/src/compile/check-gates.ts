import type { CheckedNode } from './checked-node.ts'
import type { Graph } from './graph.ts'
import type { DataWords } from './labels/data-words.ts'
import { fixedUse, isOpenUse, type Use } from './labels/flow-labels.ts'
import type { Rulings } from './proofs.ts'
import { about, fixes, type Report } from './report.ts'
import { type Way, wayBetween } from './ways.ts'

interface Gate {
  readonly node: CheckedNode
  readonly port: string
  readonly use: Use
}

interface Act {
  readonly node: CheckedNode
  readonly use: Use
}

/**
 * The consent rule, second half: a question that is drawn on the way has to be about what is done behind it. A step that names its use
 * asks again when it acts, so nothing would leave; but whoever drew a question about a test drive before a quote believes it protects.
 * A question that fits one step behind it may also lead to others: those stand on their own.
 */
export function checkGates(graph: Graph, words: DataWords, report: Report, rulings: Rulings): void {
  const gates = graph.nodes.flatMap(gateOf)
  const acts = gates.length === 0 ? [] : graph.nodes.flatMap(actOf)
  if (acts.length === 0) return
  const isIdle = idleness(graph, gates, acts)
  const [idle, busy] = [gates.filter(isIdle), gates.filter((gate) => !isIdle(gate))]
  if (idle.length === 0) return
  const behind = (these: readonly Gate[]) => reachable(these.flatMap(opened(graph)), graph.next)
  const [doubted, answered] = [behind(idle), behind(busy)]
  for (const act of acts) {
    if (!doubted.has(act.node.index) || answered.has(act.node.index)) continue
    for (const gate of idle) {
      const way = wayBetween(graph, [gate.node.index], act.node.index, (node, port) => node !== gate.node.index || port === gate.port)
      if (way === null) continue
      complain(report, { act, gate, way, words })
      rulings.against('consent', way)
      break
    }
  }
}

function gateOf(node: CheckedNode): readonly Gate[] {
  const asks = node.facts?.labels?.gate
  if (!node.enabled || asks === undefined) return []
  try {
    const use = asks.use(node.config)
    return use === null ? [] : [{ node, port: asks.port, use }]
  } catch {
    return []
  }
}

function actOf(node: CheckedNode): readonly Act[] {
  const rules = node.facts?.labels
  const use = node.enabled && rules?.reaches !== undefined && rules.gated !== true ? fixedUse(node) : null
  return use === null ? [] : [{ node, use }]
}

/** Nothing behind the gate does what it asks about. One whose question is known in the run alone is never idle. */
function idleness(graph: Graph, gates: readonly Gate[], acts: readonly Act[]): (gate: Gate) => boolean {
  const before: number[][] = graph.nodes.map(() => [])
  graph.next.forEach((targets, from) => {
    for (const to of targets) before[to]?.push(from)
  })
  const uses = new Set(gates.map(({ use }) => nameOf(use)))
  const leading = new Map<string, ReadonlySet<number>>()
  for (const name of uses) {
    const fitting = acts.filter(({ use }) => nameOf(use) === name).map(({ node }) => node.index)
    leading.set(name, reachable(fitting, before))
  }
  return (gate) => !isOpenUse(gate.use) && !opened(graph)(gate).some((to) => leading.get(nameOf(gate.use))?.has(to) === true)
}

const nameOf = ({ purpose, scene }: Use): string => `${purpose}/${scene}`

function opened({ out }: Graph): (gate: Gate) => readonly number[] {
  return ({ node, port }) => (out[node.index]?.get(port) ?? []).flatMap(({ to, group }) => (group === undefined ? [to] : []))
}

function reachable(from: readonly number[], next: readonly (readonly number[])[]): ReadonlySet<number> {
  const found = new Set(from)
  for (const node of found) for (const to of next[node] ?? []) found.add(to)
  return found
}

interface Found {
  readonly act: Act
  readonly gate: Gate
  readonly way: Way
  readonly words: DataWords
}

function complain(report: Report, { act, gate, way, words }: Found): void {
  const [done, asked] = [act.use, gate.use].map(({ purpose, scene }) => words.sayUse(purpose, scene)) as [Said, Said]
  report.add(
    'error',
    'SLU_FLOW_CONSENT',
    { node: act.node.index, path: '/config/scene', way },
    about(
      [act.node.name, gate.node.name, done, asked],
      (it, before, does, asks) => `“${it}” acts for ${does}, but “${before}” on the way asks about another use: ${asks}`,
      (it, before, does, asks) => `「${it}」用于${does}，但途中的「${before}」询问的是另一用途：${asks}`,
    ),
    { ...fixes.askConsent, data: { node: gate.node.id, ...act.use } },
  )
}

type Said = ReturnType<DataWords['sayUse']>
