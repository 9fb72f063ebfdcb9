import type { Graph } from './graph.ts'

/** Groups of nodes that lead back to themselves (Tarjan 1972, without recursion). */
export function loopsOf(graph: Graph): number[][] {
  const count = graph.nodes.length
  const order = new Int32Array(count).fill(-1)
  const low = new Int32Array(count)
  const held = new Uint8Array(count)
  const path: number[] = []
  const loops: number[][] = []
  let next = 0
  const enter = (at: number) => {
    order[at] = low[at] = next++
    held[at] = 1
    path.push(at)
    return { at, wire: 0 }
  }
  for (let start = 0; start < count; start++) {
    if (order[start] !== -1) continue
    const stack = [enter(start)]
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { at } = top
      const wire = graph.nodes[at]?.out[top.wire++]
      if (wire !== undefined) {
        if (order[wire.to] === -1) stack.push(enter(wire.to))
        else if (held[wire.to] === 1) low[at] = Math.min(low[at] ?? 0, order[wire.to] ?? 0)
        continue
      }
      stack.pop()
      const above = stack.at(-1)?.at
      if (above !== undefined) low[above] = Math.min(low[above] ?? 0, low[at] ?? 0)
      if (low[at] !== order[at]) continue
      const group: number[] = []
      for (let member = path.pop(); member !== undefined; member = path.pop()) {
        held[member] = 0
        group.push(member)
        if (member === at) break
      }
      if (group.length > 1 || graph.nodes[at]?.out.some((it) => it.to === at)) loops.push(group)
    }
  }
  return loops
}
