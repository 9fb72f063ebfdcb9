import type { Graph } from './graph.ts'
import { ofDrawing } from './of-drawing.ts'
import { sourcesOf } from './steps-of-drawing.ts'

/** For each node the last node that every way from a trigger to it passes; -1 for triggers that nothing dominates and for unreachable nodes. */
export type Dominators = Int32Array

/**
 * Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm": walk in reverse postorder until nothing changes.
 * All triggers hang below one invisible root, since a run starts from any one of them.
 */
export const findDominators = ofDrawing(dominatorsOf)

function dominatorsOf(graph: Graph): Dominators {
  const order = reversePostorder(graph)
  const rank = new Int32Array(graph.nodes.length).fill(-1)
  order.forEach((node, at) => {
    rank[node] = at
  })
  const before = sourcesOf(graph)
  const starts = new Set(graph.starts)
  const unknown = -2
  const dominator = new Int32Array(graph.nodes.length).fill(unknown)
  for (const start of graph.starts) dominator[start] = -1
  const meet = (left: number, right: number): number => {
    let a = left
    let b = right
    while (a !== b) {
      if (a === -1 || b === -1) return -1
      if ((rank[a] as number) > (rank[b] as number)) a = dominator[a] as number
      else b = dominator[b] as number
    }
    return a
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const node of order) {
      if (starts.has(node)) continue
      let found = unknown
      for (const from of before[node] ?? []) {
        if (dominator[from] === unknown) continue
        found = found === unknown ? from : meet(found, from)
      }
      if (found !== unknown && dominator[node] !== found) {
        dominator[node] = found
        changed = true
      }
    }
  }
  return dominator.map((value) => (value === unknown ? -1 : value))
}

function reversePostorder({ nodes, next, starts }: Graph): readonly number[] {
  const seen = new Uint8Array(nodes.length)
  const position = new Int32Array(nodes.length)
  const done: number[] = []
  for (const start of starts) {
    if (seen[start] === 1) continue
    seen[start] = 1
    const path = [start]
    while (path.length > 0) {
      const node = path[path.length - 1] as number
      const at = position[node] as number
      const target = next[node]?.[at]
      if (target === undefined) {
        done.push(node)
        path.pop()
      } else {
        position[node] = at + 1
        if (seen[target] === 1) continue
        seen[target] = 1
        path.push(target)
      }
    }
  }
  return done.reverse()
}
