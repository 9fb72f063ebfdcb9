import type { Graph } from './graph.ts'
import { sourcesOf, stepIndexes } from './steps-of-drawing.ts'

/** Steps in their order, and the wires between them, by index. */
export interface Way {
  readonly nodes: readonly number[]
  readonly edges: readonly number[]
}

/** The shortest way by wires from any of these steps to another; null when there is none. */
export function wayBetween(
  graph: Graph,
  from: readonly number[],
  to: number,
  mayPass: (node: number, port: string) => boolean = () => true,
): Way | null {
  const came = new Map<number, { readonly node: number; readonly edge: number } | null>(from.map((node) => [node, null]))
  const open = [...from]
  for (let at = 0; at < open.length; at++) {
    const node = open[at] as number
    if (node === to && came.get(node) !== undefined && (came.get(node) !== null || from.includes(to))) return traced(came, to)
    for (const [port, wires] of graph.out[node] ?? []) {
      if (!mayPass(node, port)) continue
      for (const wire of wires) {
        if (came.has(wire.to)) continue
        came.set(wire.to, { node, edge: wire.edge })
        open.push(wire.to)
      }
    }
  }
  return null
}

function traced(came: ReadonlyMap<number, { readonly node: number; readonly edge: number } | null>, to: number): Way {
  const nodes = [to]
  const edges: number[] = []
  for (let step = came.get(to); step !== null && step !== undefined; step = came.get(step.node)) {
    nodes.push(step.node)
    edges.push(step.edge)
  }
  return { nodes: nodes.reverse(), edges: edges.reverse() }
}

/** How a value gets from where it came up to where it must not be: back over wires and reads, as long as the label tells of it. */
export function wayOfValue(
  graph: Graph,
  sink: number,
  first: readonly number[],
  carries: (node: number) => boolean,
  isSource: (node: number) => boolean,
): Way {
  const before = sourcesOf(graph)
  const ids = stepIndexes(graph)
  const toward = new Map<number, number>()
  const open: number[] = []
  const reach = (node: number, next: number) => {
    if (node === sink || toward.has(node) || !carries(node)) return
    toward.set(node, next)
    open.push(node)
  }
  for (const node of first) reach(node, sink)
  let end: number | undefined
  for (let at = 0; at < open.length; at++) {
    const node = open[at] as number
    end = node
    if (isSource(node)) break
    const read = graph.nodes[node]?.compiledConfig.references.nodes.map((id) => ids.get(id) ?? -1) ?? []
    for (const earlier of [...read, ...(before[node] ?? [])]) if (earlier >= 0) reach(earlier, node)
  }
  // Nothing on the way tells of it: the name under which it is read does, and so it begins where it is read.
  if (end === undefined) return wayBetween(graph, first.length > 0 ? first : graph.starts, sink) ?? { nodes: [sink], edges: [] }
  const stops = [end]
  for (let at = toward.get(end); at !== undefined; at = at === sink ? undefined : toward.get(at)) stops.push(at)
  return stops.slice(1).reduce<Way>(
    (way, next) => {
      const last = way.nodes.at(-1) as number
      const part = wayBetween(graph, [last], next)
      return part === null
        ? { nodes: [...way.nodes, next], edges: way.edges }
        : { nodes: [...way.nodes, ...part.nodes.slice(1)], edges: [...way.edges, ...part.edges] }
    },
    { nodes: [end], edges: [] },
  )
}

/** What the expressions of these fields read by name, and what leads to the step when they read the wire. */
export function readBy(graph: Graph, node: number, fields: readonly string[]): readonly number[] {
  const { plan } = graph.nodes[node]?.compiledConfig ?? { plan: { slots: [] } }
  const ids = stepIndexes(graph)
  const found = new Set<number>()
  for (const { path, expression } of plan.slots) {
    if (fields.length > 0 && !fields.some((field) => path === `/${field}` || path.startsWith(`/${field}/`))) continue
    const { reads, allNodes, nodes } = expression.references
    for (const id of nodes) found.add(ids.get(id) ?? -1)
    if (reads.some(({ path: [root] }) => root === 'event')) for (const start of graph.starts) found.add(start)
    if (allNodes || reads.some(({ path: [root] }) => root === 'input'))
      for (const [from, targets] of graph.next.entries()) if (targets.includes(node)) found.add(from)
  }
  found.delete(-1)
  return [...found]
}
