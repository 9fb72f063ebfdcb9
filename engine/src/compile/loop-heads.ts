import { type Components, findComponents, isLoop } from './components.ts'
import type { Graph } from './graph.ts'

/** Loops within loops that are told apart; within deeper ones each step counts as a head. */
const depthMax = 64

/**
 * The steps where the rounds of loops are counted: where a loop is entered from outside; without these, the loops that are left
 * within it have theirs, and so on. So every loop has a head, in whatever order the file names the steps. A loop that nobody
 * enters has its first step as head.
 */
export function findLoopHeads(graph: Graph, components: Components): ReadonlySet<number> {
  const heads = new Set<number>()
  let within = graph
  let parts = components
  for (let depth = 0; ; depth++) {
    const loops = parts.members.filter((group) => isLoop(within, group))
    if (loops.length === 0) return heads
    if (depth === depthMax) return new Set([...heads, ...loops.flat()])
    const entered = enteredFromOutside(within, parts)
    const found = new Set<number>()
    for (const group of loops) {
      const doors = group.filter((node) => entered.has(node))
      for (const node of doors.length > 0 ? doors : [Math.min(...group)]) found.add(node)
    }
    for (const node of found) heads.add(node)
    const { of } = parts
    const next = within.next.map((targets, from) => targets.filter((to) => of[to] === of[from] && !found.has(to)))
    within = { ...graph, next }
    parts = findComponents(within)
  }
}

function enteredFromOutside({ next, starts }: Graph, { of }: Components): ReadonlySet<number> {
  const entered = new Set(starts)
  next.forEach((targets, from) => {
    for (const to of targets) if (of[from] !== of[to]) entered.add(to)
  })
  return entered
}
