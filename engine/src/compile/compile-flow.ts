import { type FlowDefinition, flowDigest, type Problem } from '@sluice/flows'
import type { CompiledFlow, CompiledNode } from '../core/compiled.ts'
import { sha256Hex } from '../core/sha256.ts'
import { checkConfig, checkReferences } from './check-config.ts'
import { checkMoney } from './check-money.ts'
import { checkStructure } from './check-structure.ts'
import { checkPortTypes } from './check-types.ts'
import { compileNode } from './compile-node.ts'
import { forkClosedBy, immediateDominators } from './dominators.ts'
import { limitMs } from './duration.ts'
import type { NodeTypes } from './facts.ts'
import { buildGraph, type Graph } from './graph.ts'
import { type Proof, proofsOf } from './proofs.ts'
import { reaching } from './reach.ts'

export interface CompileOptions {
  readonly nodeTypes: NodeTypes
  readonly version: number
  /** Hex SHA-256 of a text; hosts with a faster one pass it. */
  readonly sha256?: (text: string) => string
}

export interface Compilation {
  /** Null while a problem of severity `error` stands. */
  readonly compiled: CompiledFlow | null
  readonly problems: readonly Problem[]
  readonly proofs: readonly Proof[]
}

/** Checks a flow and makes it ready to run. Executes nothing, touches nothing. */
export function compileFlow(flow: FlowDefinition, options: CompileOptions): Compilation {
  const graph = buildGraph(flow, options.nodeTypes)
  const problems = [...checkStructure(flow, graph), ...graph.nodes.flatMap((it) => checkNode(graph, it))]
  const broken = problems.some((problem) => problem.severity === 'error')
  return { compiled: broken ? null : compile(flow, graph, options), problems, proofs: proofsOf(problems) }
}

function checkNode(graph: Graph, it: Graph['nodes'][number]): Problem[] {
  const findings = checkConfig(it)
  if (findings === null || it.node.disabled === true) return []
  return [...findings.problems, ...checkReferences(graph, it, findings.references), ...checkMoney(graph, it), ...checkPortTypes(graph, it)]
}

function compile(flow: FlowDefinition, graph: Graph, options: CompileOptions): CompiledFlow {
  const dominators = immediateDominators(graph)
  const joinsReached = joinsByNode(graph)
  const nodes: Record<string, CompiledNode> = {}
  for (const it of graph.nodes) {
    if (it.node.disabled === true) continue
    nodes[it.node.id] = compileNode(graph, it, forkClosedBy(graph, dominators, it.index), joinsReached[it.index] ?? [])
  }
  return {
    key: flow.key,
    version: options.version,
    digest: flowDigest(flow, options.sha256 ?? sha256Hex),
    nodes,
    triggers: graph.triggers.map((at) => graph.nodes[at]?.node.id ?? ''),
    onError: flow.settings?.onError ?? 'incident',
    timeoutMs: limitMs(flow.settings?.timeout),
    settings: { dedupe: flow.settings?.dedupe ?? null },
  }
}

function joinsByNode(graph: Graph): readonly (readonly string[])[] {
  const lists: string[][] = graph.nodes.map(() => [])
  for (const join of graph.joins) {
    const id = graph.nodes[join]?.node.id ?? ''
    const before = reaching(graph, join)
    for (let at = 0; at < before.length; at++) if (before[at] === 1) lists[at]?.push(id)
  }
  return lists
}
