import type { CheckedNode } from './checked-node.ts'
import type { Dominators } from './dominators.ts'
import type { Graph } from './graph.ts'
import { forkOf } from './joins.ts'
import { about, fixes, type Report } from './report.ts'
import { stepIndexes } from './steps-of-drawing.ts'

const lockType = 'core.lock'

export function hasLocks(graph: Graph): boolean {
  return graph.nodes.some(({ behaviour, definition }) => behaviour === 'unlock' || definition.type === lockType)
}

/**
 * A line that waits at a join with a lock in its hand keeps it from the very lines it waits for: refused. An unlock with no lock
 * before it does nothing: said.
 */
export function checkLocks(graph: Graph, dominators: Dominators, report: Report): void {
  const closing = new Set<number>()
  for (const lock of graph.nodes) if (lock.enabled && lock.definition.type === lockType) walk(graph, dominators, lock, closing, report)
  for (const node of graph.nodes) {
    if (!node.enabled || node.behaviour !== 'unlock' || closing.has(node.index)) continue
    const message = about(
      [node.name],
      (it) => `“${it}” unlocks nothing: no lock comes before it`,
      (it) => `「${it}」之前没有加锁，解锁不起作用`,
    )
    report.add('warning', 'SLU_FLOW_UNLOCK_UNUSED', { node: node.index }, message)
  }
}

/** Follows the lines that hold this lock, until they unlock it. Locks within it count up, unlocks count down. */
function walk(graph: Graph, dominators: Dominators, lock: CheckedNode, closing: Set<number>, report: Report): void {
  const seen = new Set<string>()
  const open = targets(graph, lock.index).map((node) => ({ node, depth: 1 }))
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const place = `${at.node} ${at.depth}`
    const node = graph.nodes[at.node] as CheckedNode
    if (seen.has(place) || node.index === lock.index) continue
    seen.add(place)
    if (node.behaviour === 'unlock') closing.add(node.index)
    if (node.behaviour === 'join' && !isInside(graph, dominators, lock.index, node.index)) {
      reportJoin(lock, node, report)
      continue
    }
    const depth = at.depth + (node.behaviour === 'unlock' ? -1 : node.definition.type === lockType ? 1 : 0)
    // Deeper than this is a loop that locks and never unlocks; the walk has seen all its steps by then.
    if (depth < 1 || depth > 10) continue
    for (const next of node.definition.type === lockType ? targets(graph, node.index) : (graph.next[node.index] ?? []))
      open.push({ node: next, depth })
  }
}

/** Where the line goes that got the lock. */
function targets(graph: Graph, lock: number): readonly number[] {
  return (graph.out[lock]?.get('out') ?? []).map(({ to }) => to)
}

/** Whether all lines that meet at the join started from one that holds the lock. */
function isInside(graph: Graph, dominators: Dominators, lock: number, join: number): boolean {
  const fork = forkOf(graph, dominators, join)
  if (fork === null) return true
  for (let at = fork; at !== -1; at = dominators[at] ?? -1) if (at === lock) return true
  return false
}

function reportJoin(lock: CheckedNode, join: CheckedNode, report: Report): void {
  const message = about(
    [lock.name, join.name],
    (it, other) => `A line still holds “${it}” when it waits at “${other}”, and the others may wait for that lock: unlock before the join`,
    (it, other) => `分支在「${other}」等待时仍占用「${it}」，其他分支可能正在等这把锁：请在汇合前解锁`,
  )
  report.add('error', 'SLU_FLOW_LOCK_OPEN_AT_JOIN', { node: join.index }, message, fixes.connect)
}

/** A milestone names a step of this flow, and not itself. */
export function checkMilestones(graph: Graph, report: Report): void {
  for (const node of graph.nodes) {
    if (!node.enabled || node.behaviour !== 'milestone') continue
    const { step } = node.config
    const named = typeof step === 'string' ? graph.nodes[stepIndexes(graph).get(step) ?? -1] : undefined
    if (typeof step !== 'string' || (named?.enabled === true && named !== node)) continue
    const message = about(
      [node.name],
      (it) => `“${it}” waits for a line at “${step}”, and there is no such step`,
      (it) => `「${it}」等待分支停在「${step}」，但没有这个步骤`,
    )
    report.add('error', 'SLU_FLOW_MILESTONE_STEP', { node: node.index, path: '/config/step' }, message, fixes.pickAgain)
  }
}
