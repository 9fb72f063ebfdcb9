import type { Graph } from './graph.ts'

/** Which nodes can be reached from these, themselves included. */
export function reachableFrom(graph: Graph, starts: readonly number[]): Uint8Array {
  return walk(graph, starts, (at) => graph.nodes[at]?.out ?? [], 'to', true)
}

/** Which nodes can reach this one over at least one wire. */
export function reaching(graph: Graph, target: number): Uint8Array {
  return walk(graph, [target], (at) => graph.nodes[at]?.in ?? [], 'from', false)
}

function walk(
  graph: Graph,
  starts: readonly number[],
  wiresOf: (at: number) => readonly { readonly from: number; readonly to: number }[],
  end: 'from' | 'to',
  includeStarts: boolean,
): Uint8Array {
  const found = new Uint8Array(graph.nodes.length)
  const open = [...starts]
  if (includeStarts) for (const start of starts) found[start] = 1
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const wire of wiresOf(at)) {
      const next = wire[end]
      if (found[next] === 1) continue
      found[next] = 1
      open.push(next)
    }
  return found
}
