import type { FlowDefinition, FlowNode } from '@sluice/flows'
import { behaviourOf, configOf, type NodeTypeFacts, type NodeTypes, portsOf } from './facts.ts'

export interface Wire {
  /** Index in the file's `edges`. */
  readonly edge: number
  readonly from: number
  readonly fromPort: string
  readonly to: number
  readonly toPort: string
}

export interface GraphNode {
  readonly index: number
  readonly node: FlowNode
  readonly facts: NodeTypeFacts | undefined
  readonly out: readonly Wire[]
  readonly in: readonly Wire[]
}

/** The drawing as numbers: what runs, after steps that are switched off were bridged. */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  /** Indexes of triggers that are switched on. */
  readonly triggers: readonly number[]
  readonly joins: readonly number[]
  indexOf(id: string): number | undefined
}

export function buildGraph(flow: FlowDefinition, types: NodeTypes): Graph {
  const index = new Map(flow.nodes.map((node, at) => [node.id, at]))
  const out: Wire[][] = flow.nodes.map(() => [])
  flow.edges.forEach((edge, at) => {
    const [from = '', fromPort = ''] = edge.from.split('.')
    const [to = '', toPort = ''] = edge.to.split('.')
    const source = index.get(from)
    const target = index.get(to)
    if (source !== undefined && target !== undefined) out[source]?.push({ edge: at, from: source, fromPort, to: target, toPort })
  })
  const bridged = flow.nodes.map((node, at) => (node.disabled === true ? [] : bridge(flow, types, out, at)))
  const into: Wire[][] = flow.nodes.map(() => [])
  for (const wires of bridged) for (const wire of wires) into[wire.to]?.push(wire)
  const nodes = flow.nodes.map((node, at) => ({ index: at, node, facts: types.get(node.type), out: bridged[at] ?? [], in: into[at] ?? [] }))
  const live = nodes.filter(({ node }) => node.disabled !== true)
  return {
    nodes,
    triggers: live.filter(({ facts }) => behaviourOf(facts) === 'trigger').map((it) => it.index),
    joins: live.filter(({ facts }) => behaviourOf(facts) === 'join').map((it) => it.index),
    indexOf: (id) => index.get(id),
  }
}

/** Wires of a step, with each step that is switched off passed through by its first port. */
function bridge(flow: FlowDefinition, types: NodeTypes, out: readonly (readonly Wire[])[], start: number): readonly Wire[] {
  const found: Wire[] = []
  const seen = new Set<number>()
  const open = [...(out[start] ?? [])].reverse()
  for (let wire = open.pop(); wire !== undefined; wire = open.pop()) {
    const target = flow.nodes[wire.to]
    if (target?.disabled !== true) {
      found.push(wire)
      continue
    }
    if (seen.has(wire.to)) continue
    seen.add(wire.to)
    const facts = types.get(target.type)
    const first = facts === undefined ? 'out' : (portsOf(facts, configOf(target))[0]?.name ?? 'out')
    for (const next of [...(out[wire.to] ?? [])].reverse())
      if (next.fromPort === first) open.push({ ...next, edge: wire.edge, from: wire.from, fromPort: wire.fromPort })
  }
  return found
}
