import { say } from '@sluice/flows'
import type { CheckedNode } from './checked-node.ts'
import { type Components, isLoop } from './components.ts'
import { type Dominators, findDominators } from './dominators.ts'
import type { Graph } from './graph.ts'
import type { Rulings } from './proofs.ts'
import { about, fixes, type Report } from './report.ts'
import type { Way } from './ways.ts'

/**
 * After a withdrawal the clock runs: the longest way through timers, time limits and retries has to fit. Waiting for a person is a
 * follow-up and not counted, except in front of the first step of a kind that protects: nobody's holiday may hold up a freeze.
 */
export function checkWithdrawal(graph: Graph, components: Components, report: Report, rulings: Rulings): void {
  const clocks = graph.starts.flatMap((start) => {
    const node = graph.nodes[start] as CheckedNode
    const limitMs = node.facts?.labels?.deadline?.(node.config) ?? null
    return limitMs === null ? [] : [{ start, limitMs }]
  })
  if (clocks.length === 0) return
  const dominators = findDominators(graph)
  for (const { start, limitMs } of clocks) {
    const quick = timesFrom(graph, components, start, false)
    const slow = timesFrom(graph, components, start, true)
    const late: { readonly ms: number; readonly way: Way }[] = []
    for (const node of graph.nodes) {
      const withoutPeople = quick.done[node.index] as number
      const withPeople = slow.done[node.index] as number
      if (withoutPeople > limitMs) late.push({ ms: withoutPeople, way: traced(quick, node.index) })
      else if (withPeople > limitMs && isFirstToProtect(graph, dominators, node, slow, limitMs))
        late.push({ ms: withPeople, way: traced(slow, node.index) })
      if (withoutPeople >= 0 && mayTakeUnknown(node)) rulings.leaveOpen('withdrawal', node.index)
    }
    const [worst] = late.sort((a, b) => (a.ms === b.ms ? b.way.nodes.length - a.way.nodes.length : b.ms - a.ms))
    if (worst === undefined) continue
    rulings.against('withdrawal', worst.way)
    report.add(
      'error',
      'SLU_FLOW_WITHDRAWAL_LATE',
      { node: slowestOn(graph, worst.way), way: worst.way },
      sentence(graph, worst, limitMs),
      fixes.showPath,
    )
  }
}

interface Times {
  /** When a step is done at the latest; negative: it is not reached from this trigger. */
  readonly done: Float64Array
  readonly came: ReadonlyMap<number, { readonly node: number; readonly edge: number }>
}

/** Longest times, in the order of the flow. A loop that takes time may take for ever. */
function timesFrom(graph: Graph, components: Components, start: number, countPeople: boolean): Times {
  const arrive = new Float64Array(graph.nodes.length).fill(-1)
  const done = new Float64Array(graph.nodes.length).fill(-1)
  const came = new Map<number, { readonly node: number; readonly edge: number }>()
  arrive[start] = 0
  const lead = (node: number) => {
    const after = (arrive[node] as number) + takesMs(graph.nodes[node] as CheckedNode, true)
    const passed = (arrive[node] as number) + takesMs(graph.nodes[node] as CheckedNode, countPeople)
    // A person's own time does not make the step itself late.
    done[node] = isPerson(graph.nodes[node] as CheckedNode) ? (arrive[node] as number) : after
    for (const wires of graph.out[node]?.values() ?? []) {
      for (const { to, edge } of wires) {
        if (components.of[to] === components.of[node] && isLoop(graph, components.members[components.of[node] as number] ?? [])) continue
        if ((arrive[to] as number) >= passed) continue
        arrive[to] = passed
        came.set(to, { node, edge })
      }
    }
  }
  // Groups come after all groups they lead to, so backwards every source is done before its targets.
  for (const group of components.members.toReversed()) {
    const entered = group.filter((node) => (arrive[node] as number) >= 0)
    if (entered.length === 0) continue
    if (isLoop(graph, group)) spread(graph, components, group, arrive, came, countPeople)
    for (const node of group) if ((arrive[node] as number) >= 0) lead(node)
  }
  return { done, came }
}

function spread(
  graph: Graph,
  components: Components,
  group: readonly number[],
  arrive: Float64Array,
  came: Map<number, { readonly node: number; readonly edge: number }>,
  countPeople: boolean,
): void {
  const takesTime = group.some((node) => takesMs(graph.nodes[node] as CheckedNode, countPeople) > 0)
  const open = group.filter((node) => (arrive[node] as number) >= 0)
  const latest = takesTime ? Number.POSITIVE_INFINITY : Math.max(...open.map((node) => arrive[node] as number))
  const seen = new Set(open)
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    arrive[node] = latest
    for (const wires of graph.out[node]?.values() ?? []) {
      for (const { to, edge } of wires) {
        if (components.of[to] !== components.of[node] || seen.has(to)) continue
        seen.add(to)
        came.set(to, { node, edge })
        open.push(to)
      }
    }
  }
}

function isPerson(node: CheckedNode): boolean {
  return node.facts?.labels?.takes?.(node.config)?.for === 'person'
}

/** Longest stay in one step: each attempt up to its limit, and the pauses between them. */
export function takesMs(node: CheckedNode, countPeople: boolean): number {
  const stays = node.facts?.labels?.takes?.(node.config) ?? null
  if (stays?.for === 'person' && !countPeople) return 0
  const { retry, timeoutMs } = node.definition
  const own = stays === null ? (timeoutMs ?? 0) : Math.min(stays.ms ?? Number.POSITIVE_INFINITY, timeoutMs ?? Number.POSITIVE_INFINITY)
  const attempts = retry?.attempts ?? 1
  let total = own * attempts
  for (let pause = 1; pause < attempts; pause++) {
    const delay = retry?.delayMs ?? 1_000
    total += Math.min(retry?.backoff === 'exponential' ? delay * 2 ** (pause - 1) : delay, retry?.maxDelayMs ?? 60_000)
  }
  return total
}

/** An outside act without a limit takes as long as the other side does. */
function mayTakeUnknown({ effect, definition, facts, config }: CheckedNode): boolean {
  return (
    (effect === 'idempotent' || effect === 'unsafe') &&
    definition.timeoutMs === undefined &&
    (facts?.labels?.takes?.(config) ?? null) === null
  )
}

/** Earlier steps of the same kind that are in time have done what the withdrawal asks for; a second alert is an escalation. */
function isFirstToProtect(graph: Graph, dominators: Dominators, node: CheckedNode, { done }: Times, limitMs: number): boolean {
  const kind = node.facts?.labels?.protects
  if (kind === undefined) return false
  for (let at = dominators[node.index] ?? -1; at !== -1; at = dominators[at] ?? -1) {
    if (graph.nodes[at]?.facts?.labels?.protects === kind && (done[at] as number) <= limitMs) return false
  }
  return true
}

function traced({ came }: Times, to: number): Way {
  const nodes = [to]
  const edges: number[] = []
  for (let step = came.get(to); step !== undefined && !nodes.includes(step.node); step = came.get(step.node)) {
    nodes.push(step.node)
    edges.push(step.edge)
  }
  return { nodes: nodes.reverse(), edges: edges.reverse() }
}

/** Where shortening helps most. */
function slowestOn(graph: Graph, { nodes }: Way): number {
  return nodes.reduce((slowest, node) =>
    takesMs(graph.nodes[node] as CheckedNode, true) > takesMs(graph.nodes[slowest] as CheckedNode, true) ? node : slowest,
  )
}

function sentence(graph: Graph, { ms, way }: { readonly ms: number; readonly way: Way }, limitMs: number) {
  const slowest = graph.nodes[slowestOn(graph, way)]?.name ?? ''
  const limit = Math.round(limitMs / 1_000)
  const seconds = Math.ceil(ms / 100) / 10
  if (ms === Number.POSITIVE_INFINITY)
    return about(
      [slowest],
      (it) => `Revocation path has no time limit, limit ${limit} s: “${it}” may wait for ever`,
      () => `撤回链路没有时间上限，应不超过 ${limit} 秒：「${say(slowest, 'zh-CN')}」可能一直等待`,
    )
  return about(
    [slowest],
    (it) => `Revocation path takes up to ${seconds} s, limit ${limit} s; “${it}” takes most of it`,
    (it) => `撤回链路最长 ${seconds} 秒，超过 ${limit} 秒，其中「${it}」耗时最多`,
  )
}
