import type { CompiledJoin } from '../core/compiled.ts'
import { isMarkedExpression } from '../expression/index.ts'
import type { CheckedNode } from './checked-node.ts'
import { type Components, findComponents, isLoop } from './components.ts'
import type { Dominators } from './dominators.ts'
import { limitMs } from './duration.ts'
import { eachWire, type Graph, isFork } from './graph.ts'
import { ofDrawing } from './of-drawing.ts'
import { itemKeys } from './regions.ts'
import { about, fixes, type Report } from './report.ts'
import { undoLines } from './undo-lines.ts'
import type { Way } from './ways.ts'

/** The nearest fork that every way to the join passes: the lines it opened are the ones to wait for. None behind the border of a for-each. */
export function forkOf(graph: Graph, dominators: Dominators, join: number): number | null {
  const keys = itemKeys(graph)
  const { undoing } = undoLines(graph)
  for (let at = dominators[join] ?? -1; at !== -1; at = dominators[at] ?? -1) {
    const begins = undoing.has(join) && !undoing.has(at)
    if (isFork(graph, at, begins)) return keys[at] === keys[join] ? at : null
    // A line that undoes a step is a line of its own: what forked before that step is not its to close.
    if (begins) return null
  }
  return null
}

/** How the core should run a join; problems where it could not do what was drawn. */
export function compileJoin(graph: Graph, dominators: Dominators, lines: number, node: CheckedNode, report: Report): CompiledJoin {
  const { mode = 'all', n = 1, cancelRest = false, timeout } = node.config as Readonly<Record<string, unknown>>
  for (const key of ['mode', 'n', 'cancelRest', 'timeout']) {
    const value = node.config[key]
    if (typeof value !== 'string' || !isMarkedExpression(value)) continue
    const message = about(
      [node.name],
      (it) => `“${it}” needs a fixed value here, not an expression`,
      (it) => `「${it}」此处需要固定值，不能使用表达式`,
    )
    report.add('error', 'SLU_FLOW_JOIN_FIXED', { node: node.index, path: `/config/${key}` }, message, fixes.jump)
  }
  const fork = forkOf(graph, dominators, node.index)
  if (mode === 'n' && typeof n === 'number') checkCount(graph, node, n, lines, report)
  if (fork === null) {
    const message = about(
      [node.name],
      (it) => `“${it}” waits for nothing: no single step in front of it starts parallel lines, so each line passes at once`,
      (it) => `「${it}」不会等待：前面没有同一个步骤分出并行分支，每条分支到达后会直接通过`,
    )
    report.add('warning', 'SLU_FLOW_JOIN_WITHOUT_FORK', { node: node.index }, message)
  }
  return {
    mode: mode === 'first' || mode === 'n' ? mode : 'all',
    n: typeof n === 'number' ? n : 1,
    cancelRest: cancelRest === true,
    timeoutMs: typeof timeout === 'string' ? limitMs(timeout) : null,
    fork: fork === null ? null : (graph.nodes[fork]?.id ?? null),
  }
}

function checkCount(graph: Graph, node: CheckedNode, n: number, lines: number, report: Report): void {
  if (n <= lines) return
  const message = about(
    [node.name],
    (it) => `“${it}” waits for ${n} lines, but only ${lines} lead here`,
    (it) => `「${it}」等待 ${n} 条分支，但只有 ${lines} 条通向这里`,
  )
  report.add(
    'error',
    'SLU_FLOW_JOIN_STARVES',
    { node: node.index, path: '/config/n', way: allLinesTo(graph, node.index) },
    message,
    fixes.jump,
  )
}

/** Every wire that leads to a join and where it comes from: more lines there are not. */
function allLinesTo(graph: Graph, join: number): Way {
  const nodes = new Set<number>()
  const edges: number[] = []
  graph.out.forEach((ports, from) => {
    for (const wires of ports.values()) {
      for (const { to, edge } of wires) {
        if (to !== join) continue
        nodes.add(from)
        edges.push(edge)
      }
    }
  })
  return { nodes: [...nodes, join], edges }
}

/** Per node, how many lines can arrive there in one run at the most; after a loop, any number. */
export const countLines = ofDrawing(linesOf)

function linesOf(graph: Graph): Float64Array {
  const components = findComponents(graph)
  const lines = new Float64Array(graph.nodes.length)
  for (const start of graph.starts) lines[start] = 1
  // Groups come after all groups they lead to, so backwards every source is done before its targets.
  for (const group of components.members.toReversed()) {
    const loops = isLoop(graph, group)
    if (loops) for (const node of group) lines[node] = Number.POSITIVE_INFINITY
    for (const node of group) {
      for (const to of graph.hidden[node] ?? []) lines[to] = (lines[to] as number) + (lines[node] as number)
      eachWire(graph.out[node], ({ to, group }) => {
        if (group === undefined) lines[to] = (lines[to] as number) + (lines[node] as number)
      })
    }
  }
  return lines
}

/** Per node, the joins that a line standing there can still come to by at least one wire, in the order of the file. */
export function findReachedJoins(graph: Graph, components: Components): readonly (readonly string[])[] {
  const joins = graph.nodes.filter((node) => node.enabled && node.behaviour === 'join')
  const bit = new Map(joins.map((join, at) => [join.index, at]))
  const words = Math.ceil(joins.length / 32)
  const sets: Uint32Array[] = []
  // Groups come after all groups they lead to, so one pass is enough. Members of a loop share what they reach.
  for (const group of components.members) sets.push(joinsAfter(graph, components, group, bit, sets, words))
  const lists = new Map<Uint32Array, readonly string[]>()
  return graph.nodes.map((node) => {
    const set = sets[components.of[node.index] as number] as Uint32Array
    let list = lists.get(set)
    if (list === undefined) {
      list = namesIn(set, joins)
      lists.set(set, list)
    }
    return list
  })
}

/** A long flow has as many of these lists as joins, each as long: word by word, because most words are all or nothing. */
function namesIn(set: Uint32Array, joins: readonly CheckedNode[]): readonly string[] {
  const names: string[] = new Array(sizeOf(set))
  let count = 0
  for (let word = 0; word < set.length; word++) {
    const bits = set[word] as number
    if (bits === 0) continue
    const from = word << 5
    for (let bit = 0; bit < 32; bit++) if (((bits >>> bit) & 1) === 1) names[count++] = (joins[from + bit] as CheckedNode).id
  }
  return names
}

function sizeOf(set: Uint32Array): number {
  let size = 0
  for (let word = 0; word < set.length; word++) for (let bits = set[word] as number; bits !== 0; bits &= bits - 1) size++
  return size
}

/** The joins of all groups this one leads to. Most groups add none: they share the set, and with it the list, of the next one. */
function joinsAfter(
  graph: Graph,
  components: Components,
  group: readonly number[],
  bit: ReadonlyMap<number, number>,
  sets: readonly Uint32Array[],
  words: number,
): Uint32Array {
  const alone = onlyBeyond(graph, components, group, bit, sets)
  if (alone !== null) return alone
  const set = new Uint32Array(words)
  let shared: Uint32Array | null = null
  for (const node of group) {
    for (const target of graph.next[node] ?? []) {
      const join = bit.get(target)
      if (join !== undefined) set[join >> 5] = (set[join >> 5] as number) | (1 << (join & 31))
      const beyond = sets[components.of[target] as number]
      if (beyond === undefined) continue
      if (beyond !== shared) for (let word = 0; word < words; word++) set[word] = (set[word] as number) | (beyond[word] as number)
      shared ??= beyond
    }
  }
  return shared !== null && isSame(shared, set) ? shared : set
}

/** A single step before a single step that is no join reaches what that one reaches: nothing to work out. */
function onlyBeyond(
  graph: Graph,
  components: Components,
  group: readonly number[],
  bit: ReadonlyMap<number, number>,
  sets: readonly Uint32Array[],
): Uint32Array | null {
  const targets = group.length === 1 ? (graph.next[group[0] as number] ?? []) : []
  const target = targets[0]
  if (target === undefined || targets.length > 1 || bit.has(target)) return null
  return sets[components.of[target] as number] ?? null
}

function isSame(one: Uint32Array, other: Uint32Array): boolean {
  for (let word = 0; word < one.length; word++) if (one[word] !== other[word]) return false
  return true
}
