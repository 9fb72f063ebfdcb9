import type { FlowDefinition } from '@sluice/flows'
import type { CheckedNode } from './checked-node.ts'
import { buildGraph, type Graph } from './graph.ts'

/** The drawing of an earlier look. */
export interface KnownDrawing {
  readonly edges: FlowDefinition['edges']
  readonly groups: string
  readonly graph: Graph
}

/**
 * The graph of a flow. While only settings of steps change, the wires of the last look stand, and with them all that follows from the
 * drawing alone.
 */
export function drawnGraph(flow: FlowDefinition, nodes: readonly CheckedNode[], last: KnownDrawing | null): KnownDrawing {
  const groups = JSON.stringify(flow.groups ?? [])
  const stands = last !== null && last.groups === groups && sameEdges(last.edges, flow.edges) && sameSteps(last.graph.nodes, nodes)
  return { edges: flow.edges, groups, graph: stands ? { ...last.graph, nodes } : buildGraph(flow, nodes) }
}

function sameEdges(known: FlowDefinition['edges'], edges: FlowDefinition['edges']): boolean {
  return known.length === edges.length && edges.every(({ from, to }, at) => known[at]?.from === from && known[at]?.to === to)
}

function sameSteps(known: readonly CheckedNode[], nodes: readonly CheckedNode[]): boolean {
  return known.length === nodes.length && nodes.every((node, at) => sameStep(known[at] as CheckedNode, node))
}

/** Whether a step is drawn as it was. What a for-each is set to says which group it runs. */
function sameStep(known: CheckedNode, node: CheckedNode): boolean {
  if (known === node) return true
  if (known.id !== node.id || known.definition.type !== node.definition.type || known.enabled !== node.enabled) return false
  if (known.behaviour !== node.behaviour || node.behaviour === 'each') return false
  const [before, after] = [known.ports ?? [], node.ports ?? []]
  return before.length === after.length && after.every(({ name }, at) => before[at]?.name === name)
}
