import type { CheckedNode } from './checked-node.ts'
import { type Dominators, findDominators } from './dominators.ts'
import { type Graph, isFork } from './graph.ts'
import { forkOf } from './joins.ts'
import { about, fixes, type Report } from './report.ts'
import { sourcesOf } from './steps-of-drawing.ts'
import { type Way, wayBetween } from './ways.ts'

/**
 * A race is between the steps right behind it. Two drawings look like one and are none: lines that meet in front of it pass one after
 * the other, and a step that waits for nothing has won before the others have begun.
 */
export function checkRaces(graph: Graph, report: Report): void {
  for (const node of graph.nodes) {
    if (!node.enabled || node.behaviour !== 'race') continue
    const met = linesThatMeet(graph, node.index)
    const first = stepsBehind(graph, node)
    if (met !== null) reportMeeting(node, met, report)
    else if (first.length < 2) reportAlone(node, report)
    else reportDecided(node, first, report)
  }
}

function stepsBehind({ nodes, out }: Graph, { index }: CheckedNode): readonly CheckedNode[] {
  const wires = [...(out[index]?.values() ?? [])].flat()
  return [...new Set(wires.map(({ to }) => to))].flatMap((to) => nodes[to] ?? [])
}

/** Forks around a race that no join in front of it has closed: further out nobody draws a race. */
const forksMax = 8

/** The ways of two lines of one fork that come to the race without a join that takes them together; null: no more than one comes. */
function linesThatMeet(graph: Graph, race: number): Way | null {
  const dominators = findDominators(graph)
  let looked = 0
  for (let at = dominators[race] ?? -1; at !== -1 && looked < forksMax; at = dominators[at] ?? -1) {
    if (graph.nodes[at]?.behaviour === 'join') {
      // What it closed is past.
      at = forkOf(graph, dominators, at) ?? at
      continue
    }
    // Of the lines of another race one is left.
    if (!isFork(graph, at, false) || graph.nodes[at]?.behaviour === 'race') continue
    looked += 1
    const way = meetingOf(graph, dominators, at, race)
    if (way !== null) return way
  }
  return null
}

function meetingOf(graph: Graph, dominators: Dominators, fork: number, race: number): Way | null {
  const closes = (node: number) => graph.nodes[node]?.behaviour === 'join' && forkOf(graph, dominators, node) === fork
  const before = sourcesOf(graph)
  // All between the fork and the race: every way from a trigger passes the fork, so the walk back ends there.
  const between = new Set([race])
  const joined = new Set<number>()
  for (const node of between) {
    for (const from of before[node] ?? []) {
      if (closes(from)) joined.add(from)
      else if (from !== fork) between.add(from)
    }
  }
  for (const [port, wires] of graph.out[fork] ?? []) {
    const leading = port === 'undo' ? [] : wires.filter(({ to, group }) => group === undefined && between.has(to))
    if (leading.length === 0 || leading.length + joined.size < 2) continue
    const onward = (to: number) =>
      to === race ? null : wayBetween(graph, [to], race, (from) => from !== race && (between.has(from) || from === to))
    const ways = [
      ...leading.map(({ to, edge }): Way => {
        const rest = onward(to)
        return { nodes: [fork, ...(rest?.nodes ?? [to])], edges: [edge, ...(rest?.edges ?? [])] }
      }),
      ...[...joined].map((join): Way => onward(join) ?? { nodes: [join], edges: [] }),
    ]
    return { nodes: [...new Set(ways.flatMap(({ nodes }) => nodes))], edges: [...new Set(ways.flatMap(({ edges }) => edges))] }
  }
  return null
}

function reportMeeting(node: CheckedNode, way: Way, report: Report): void {
  const message = about(
    [node.name],
    (it) =>
      `“${it}” races the steps behind it, not the lines in front: each line passes, and none is withdrawn. A join that goes on with the first line and cancels the rest does that`,
    (it) =>
      `「${it}」让后面的步骤竞速，而不是前面的分支：每条分支都会通过，且都不会被撤回。要取最先到达的分支，请使用“最先到达的一个”并取消其余分支的汇合`,
  )
  report.add('warning', 'SLU_FLOW_RACE_MEETS', { node: node.index, way }, message, fixes.joinFirst)
}

function reportAlone(node: CheckedNode, report: Report): void {
  const message = about(
    [node.name],
    (it) => `“${it}” has fewer than two steps behind it: nothing to race`,
    (it) => `「${it}」后面的步骤不足两个，无从竞速`,
  )
  report.add('warning', 'SLU_FLOW_RACE_ALONE', { node: node.index }, message, fixes.connect)
}

function reportDecided(node: CheckedNode, first: readonly CheckedNode[], report: Report): void {
  const waiting = first.some(({ facts, effect }) => facts?.labels?.takes !== undefined || effect !== 'none')
  const winner = waiting ? first.find(isDoneAtOnce) : undefined
  if (winner === undefined) return
  const message = about(
    [node.name, winner.name],
    (it, other) =>
      `“${other}” waits for nothing, so it wins “${it}” at once and all other lines are withdrawn. Put what is waited for right behind the race, and “${other}” behind that`,
    (it, other) => `「${other}」无需等待，会立即赢得「${it}」，其余分支全部撤回。请把需要等待的步骤直接放在竞速之后，再接「${other}」`,
  )
  report.add(
    'warning',
    'SLU_FLOW_RACE_DECIDED',
    { node: winner.index, way: { nodes: [node.index, winner.index], edges: [] } },
    message,
    fixes.showPath,
  )
}

/** It computes, decides or sets something aside: nothing outside has to happen before it goes on. */
function isDoneAtOnce({ facts, behaviour, effect }: CheckedNode): boolean {
  if (facts === null || effect !== 'none' || facts.labels?.takes !== undefined || facts.labels?.calls !== undefined) return false
  return behaviour === 'race' || behaviour === 'action'
}
