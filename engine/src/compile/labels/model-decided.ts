import type { Graph } from '../graph.ts'
import { addTo, emptyLists } from '../lists.ts'
import { ofDrawing } from '../of-drawing.ts'

/**
 * The steps about which a decision over a model's output decides whether they run: from the decision up to where all its ways meet
 * again. A person's approval on the way takes the decision over.
 */
export function modelDecided(graph: Graph, decisions: ReadonlySet<number>, meeting: Int32Array | null): ReadonlySet<number> {
  const decided = new Set<number>()
  if (meeting === null) return decided
  for (const decision of decisions) {
    const end = meeting[decision] as number
    const open = [...(graph.next[decision] ?? [])]
    const seen = new Set<number>()
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node === end || seen.has(node)) continue
      seen.add(node)
      decided.add(node)
      for (const target of leadingOn(graph, node)) open.push(target)
    }
  }
  return decided
}

function leadingOn(graph: Graph, node: number): readonly number[] {
  if (graph.nodes[node]?.definition.type !== 'approvals.veto') return graph.next[node] ?? []
  return [...(graph.out[node] ?? [])].filter(([port]) => port !== 'approved').flatMap(([, wires]) => wires.map((wire) => wire.to))
}

/** Per step the first step that every way onward passes; `nodes.length` is the end of the run. Cooper, Harvey and Kennedy, backwards. */
export const meetings = ofDrawing(meetingsOf)

function meetingsOf(graph: Graph): Int32Array {
  const count = graph.nodes.length
  const exit = count
  const before = emptyLists<number>(count + 1)
  const after = emptyLists<number>(count)
  graph.nodes.forEach((node, from) => {
    const ports = node.ports ?? []
    const ends = ports.length === 0 || ports.some(({ name }) => (graph.out[from]?.get(name) ?? []).length === 0)
    const targets = graph.next[from] ?? []
    after[from] = ends ? [...targets, exit] : targets
    for (let at = 0; at < targets.length; at++) addTo(before, targets[at] as number, from)
    if (ends) addTo(before, exit, from)
  })
  const order = backwards(before, exit)
  const rank = new Int32Array(count + 1).fill(-1)
  order.forEach((node, at) => {
    rank[node] = at
  })
  const meeting = new Int32Array(count + 1).fill(-1)
  meeting[exit] = exit
  const common = (left: number, right: number): number => {
    let a = left
    let b = right
    while (a !== b) {
      while ((rank[a] as number) > (rank[b] as number)) a = meeting[a] as number
      while ((rank[b] as number) > (rank[a] as number)) b = meeting[b] as number
    }
    return a
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const node of order) {
      if (node === exit) continue
      let found = -1
      for (const to of after[node] ?? []) if (meeting[to] !== -1) found = found === -1 ? to : common(found, to)
      if (found !== -1 && meeting[node] !== found) {
        meeting[node] = found
        changed = true
      }
    }
  }
  return meeting
}

/** Reverse postorder of the reversed graph. */
function backwards(before: readonly (readonly number[])[], exit: number): readonly number[] {
  const seen = new Set([exit])
  const done: number[] = []
  const stack = [{ node: exit, next: 0 }]
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const target = before[top.node]?.[top.next++]
    if (target === undefined) {
      done.push(top.node)
      stack.pop()
    } else if (!seen.has(target)) {
      seen.add(target)
      stack.push({ node: target, next: 0 })
    }
  }
  return done.reverse()
}
