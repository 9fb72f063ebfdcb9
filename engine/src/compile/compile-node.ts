import type { Retry } from '@sluice/flows'
import type { CompiledEdge, CompiledJoin, CompiledNode } from '../core/compiled.ts'
import { limitMs } from './duration.ts'
import { behaviourOf, configOf } from './facts.ts'
import type { Graph, GraphNode } from './graph.ts'

const retryDefaults = { backoff: 'fixed', delayMs: 1_000, maxDelayMs: 60_000, jitter: false } as const

/** One node as the core runs it. */
export function compileNode(graph: Graph, it: GraphNode, fork: number | null, reachesJoins: readonly string[]): CompiledNode {
  const { node, facts } = it
  const config = configOf(node)
  const behaviour = behaviourOf(facts)
  return {
    id: node.id,
    type: node.type,
    behaviour,
    effect: facts?.effectOf?.(config) ?? facts?.effect ?? 'none',
    config,
    out: wiresByPort(graph, it),
    join: behaviour === 'join' ? joinOf(config, fork === null ? null : (graph.nodes[fork]?.node.id ?? null)) : null,
    retry: node.retry === undefined ? null : withDefaults(node.retry),
    timeoutMs: node.timeoutMs ?? null,
    reachesJoins,
  }
}

function withDefaults(retry: Retry): Required<Retry> {
  return { ...retryDefaults, ...retry }
}

function wiresByPort(graph: Graph, it: GraphNode): Readonly<Record<string, readonly CompiledEdge[]>> {
  const out: Record<string, CompiledEdge[]> = {}
  for (const wire of it.out) {
    const wires = out[wire.fromPort] ?? []
    wires.push({ edge: wire.edge, node: graph.nodes[wire.to]?.node.id ?? '', port: wire.toPort })
    out[wire.fromPort] = wires
  }
  return out
}

function joinOf(config: CompiledNode['config'], fork: string | null): CompiledJoin {
  const { mode, n, cancelRest, timeout } = config
  return {
    mode: mode === 'first' || mode === 'n' ? mode : 'all',
    n: typeof n === 'number' ? n : 1,
    cancelRest: cancelRest === true,
    timeoutMs: limitMs(timeout),
    fork,
  }
}
