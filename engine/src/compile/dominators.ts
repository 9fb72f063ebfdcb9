import type { Graph } from './graph.ts'

/**
 * Immediate dominators from a root above all triggers: the nearest node that every way to this one passes.
 * -1: the root itself, or not reachable. Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
 */
export function immediateDominators(graph: Graph): Int32Array {
  const order = reversePostorder(graph)
  const count = graph.nodes.length
  const root = count
  const position = new Int32Array(count + 1).fill(-1)
  position[root] = 0
  order.forEach((at, index) => {
    position[at] = index + 1
  })
  const dominator = new Int32Array(count + 1).fill(-1)
  dominator[root] = root
  const isTrigger = new Uint8Array(count)
  for (const trigger of graph.triggers) isTrigger[trigger] = 1
  const meet = (left: number, right: number): number => {
    let a = left
    let b = right
    while (a !== b) {
      while ((position[a] ?? 0) > (position[b] ?? 0)) a = dominator[a] ?? root
      while ((position[b] ?? 0) > (position[a] ?? 0)) b = dominator[b] ?? root
    }
    return a
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const at of order) {
      let nearest = isTrigger[at] === 1 ? root : -1
      for (const wire of graph.nodes[at]?.in ?? []) {
        if (dominator[wire.from] === -1) continue
        nearest = nearest === -1 ? wire.from : meet(nearest, wire.from)
      }
      if (nearest !== -1 && dominator[at] !== nearest) {
        dominator[at] = nearest
        changed = true
      }
    }
  }
  return dominator.subarray(0, count).map((at) => (at === root ? -1 : at))
}

/** Reachable nodes, each before what it leads to, loops aside. Iterative: a chain of 5,000 steps must not end the stack. */
function reversePostorder(graph: Graph): number[] {
  const seen = new Uint8Array(graph.nodes.length)
  const done: number[] = []
  for (const trigger of graph.triggers) {
    if (seen[trigger] === 1) continue
    seen[trigger] = 1
    const stack = [{ at: trigger, next: 0 }]
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const wire = graph.nodes[top.at]?.out[top.next++]
      if (wire === undefined) {
        done.push(top.at)
        stack.pop()
      } else if (seen[wire.to] !== 1) {
        seen[wire.to] = 1
        stack.push({ at: wire.to, next: 0 })
      }
    }
  }
  return done.reverse()
}

/** The nearest node with several wires that every way to `join` passes: the fork this join closes. */
export function forkClosedBy(graph: Graph, dominators: Int32Array, join: number): number | null {
  for (let at = dominators[join] ?? -1; at !== -1; at = dominators[at] ?? -1) if ((graph.nodes[at]?.out.length ?? 0) > 1) return at
  return null
}
