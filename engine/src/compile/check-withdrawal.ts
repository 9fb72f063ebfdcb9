import { say } from '@sluice/flows'
import type { CheckedNode } from './checked-node.ts'
import { type Components, isLoop } from './components.ts'
import { type Dominators, findDominators } from './dominators.ts'
import type { Graph } from './graph.ts'
import type { Rulings } from './proofs.ts'
import { about, fixes, type Report } from './report.ts'
import type { Way } from './ways.ts'

/** How long a called flow may take; null: not known. */
export interface CallTimes {
  takesMs(flow: string, countPeople: boolean): number | null
}

/**
 * After a withdrawal the clock runs: the longest way through timers, time limits and retries has to fit. Waiting for a person is a
 * follow-up and not counted, except in front of the first step of a kind that protects: nobody's holiday may hold up a freeze.
 */
export function checkWithdrawal(graph: Graph, components: Components, calls: CallTimes, report: Report, rulings: Rulings): void {
  const clocks = graph.starts.flatMap((start) => {
    const node = graph.nodes[start] as CheckedNode
    const limitMs = node.facts?.labels?.deadline?.(node.config) ?? null
    return limitMs === null ? [] : [{ start, limitMs }]
  })
  if (clocks.length === 0) return
  const dominators = findDominators(graph)
  for (const { start, limitMs } of clocks) {
    const quick = timesFrom(graph, components, start, false, calls)
    const slow = timesFrom(graph, components, start, true, calls)
    const late: { readonly ms: number; readonly way: Way }[] = []
    for (const node of graph.nodes) {
      const withoutPeople = quick.done[node.index] as number
      const withPeople = slow.done[node.index] as number
      if (withoutPeople > limitMs) late.push({ ms: withoutPeople, way: traced(quick, node.index) })
      else if (withPeople > limitMs && isFirstToProtect(graph, dominators, node, slow, limitMs))
        late.push({ ms: withPeople, way: traced(slow, node.index) })
      if (withoutPeople >= 0 && mayTakeUnknown(node, calls)) rulings.leaveOpen('withdrawal', node.index)
    }
    const [worst] = late.sort((a, b) => (a.ms === b.ms ? b.way.nodes.length - a.way.nodes.length : b.ms - a.ms))
    if (worst === undefined) continue
    rulings.against('withdrawal', worst.way)
    report.add(
      'error',
      'SLU_FLOW_WITHDRAWAL_LATE',
      { node: slowestOn(graph, worst.way, calls), way: worst.way },
      sentence(graph, worst, limitMs, calls),
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
function timesFrom(graph: Graph, components: Components, start: number, countPeople: boolean, calls: CallTimes): Times {
  const arrive = new Float64Array(graph.nodes.length).fill(-1)
  const done = new Float64Array(graph.nodes.length).fill(-1)
  const came = new Map<number, { readonly node: number; readonly edge: number }>()
  arrive[start] = 0
  const lead = (node: number) => {
    const step = graph.nodes[node] as CheckedNode
    const from = arrive[node] as number
    const passed = from + takesMs(step, countPeople, calls)
    // A person's own time does not make the step itself late, and in a called flow it counts where it does here.
    done[node] = isPerson(step) ? from : from + (callOf(step) === null ? takesMs(step, true, calls) : callMs(step, countPeople, calls))
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
    if (isLoop(graph, group)) spread(graph, components, group, arrive, came, countPeople, calls)
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
  calls: CallTimes,
): void {
  const takesTime = group.some((node) => takesMs(graph.nodes[node] as CheckedNode, countPeople, calls) > 0)
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

/** From any trigger to the last step that is done. */
export function longestMs(graph: Graph, components: Components, countPeople: boolean, calls: CallTimes): number {
  let longest = 0
  for (const start of graph.starts)
    for (const ms of timesFrom(graph, components, start, countPeople, calls).done) longest = Math.max(longest, ms)
  return longest
}

function callOf({ facts, config }: CheckedNode): string | null {
  return facts?.labels?.calls?.(config) ?? null
}

/** What the called flow does takes this long, whether the caller waits for it or not. */
function callMs(node: CheckedNode, countPeople: boolean, calls: CallTimes): number {
  return calls.takesMs(callOf(node) ?? '', countPeople) ?? 0
}

/** Longest stay in one step: each attempt up to its limit, and the pauses between them. */
function takesMs(node: CheckedNode, countPeople: boolean, calls: CallTimes): number {
  const called = callOf(node) === null ? null : node.facts?.labels?.waits?.(node.config) === false ? 0 : callMs(node, countPeople, calls)
  const stays = called === null ? (node.facts?.labels?.takes?.(node.config) ?? null) : ({ for: 'time', ms: called } as const)
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

/** An outside act without a limit takes as long as the other side does; of a flow that is not known nobody can say. */
function mayTakeUnknown(node: CheckedNode, calls: CallTimes): boolean {
  const { effect, definition, facts, config } = node
  const flow = callOf(node)
  if (flow !== null) return calls.takesMs(flow, false) === null
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
function slowestOn(graph: Graph, { nodes }: Way, calls: CallTimes): number {
  return nodes.reduce((slowest, node) =>
    spentMs(graph.nodes[node] as CheckedNode, calls) > spentMs(graph.nodes[slowest] as CheckedNode, calls) ? node : slowest,
  )
}

function spentMs(node: CheckedNode, calls: CallTimes): number {
  return callOf(node) === null ? takesMs(node, true, calls) : callMs(node, true, calls)
}

function sentence(graph: Graph, { ms, way }: { readonly ms: number; readonly way: Way }, limitMs: number, calls: CallTimes) {
  const slowest = graph.nodes[slowestOn(graph, way, calls)]?.name ?? ''
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
