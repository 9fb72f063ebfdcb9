import { type FlowDefinition, flowDigest, type Problem } from '@sluice/flows'
import type { CompiledEdge, CompiledFlow, CompiledJoin, CompiledNode } from '../core/compiled.ts'
import { sha256Hex } from '../core/sha256.ts'
import { checkConfig } from './check-config.ts'
import { checkMoney } from './check-money.ts'
import { checkReferences } from './check-references.ts'
import { checkSettings } from './check-settings.ts'
import { checkTypes } from './check-types.ts'
import { checkLoops, checkWays } from './check-ways.ts'
import { checkWires } from './check-wires.ts'
import { type CheckedNode, checkedNode } from './checked-node.ts'
import { type Components, findComponents } from './components.ts'
import { findDominators } from './dominators.ts'
import { limitMs } from './duration.ts'
import type { NodeTypes } from './facts.ts'
import { buildGraph, type Graph, type Wire } from './graph.ts'
import { compileJoin, countLines, findReachedJoins } from './joins.ts'
import { type Proof, proofsOf } from './proofs.ts'
import { Report } from './report.ts'

export interface CompileOptions {
  readonly nodeTypes: NodeTypes
  readonly version: number
  /** Hex SHA-256 of a text; hosts with a faster one pass it. */
  readonly sha256?: (text: string) => string
}

export interface Compilation {
  /** Plain JSON, ready to store; null while a problem of severity `error` stands. */
  readonly compiled: CompiledFlow | null
  readonly problems: readonly Problem[]
  readonly proofs: readonly Proof[]
}

/** Checks a flow and prepares it for the core. Runs nothing, touches nothing, never throws on a flow that `readFlow` accepted. */
export function compileFlow(definition: FlowDefinition, options: CompileOptions): Compilation {
  const report = new Report(definition)
  const nodes = definition.nodes.map((node, index) => checkedNode(node, index, options.nodeTypes, report))
  const graph = buildGraph(definition, nodes)
  const components = findComponents(graph)
  for (const node of nodes) checkConfig(node, report)
  checkSettings(definition, report)
  checkWires(definition, nodes, report)
  checkWays(graph, report)
  checkReferences(graph, report)
  const joins = compileJoins(graph, components, report)
  checkLoops(graph, components, report)
  checkTypes(graph, report)
  checkMoney(graph, report)
  const compiled = report.hasErrors ? null : compiledFlow(definition, options, graph, joins, findReachedJoins(graph, components))
  const problems = sorted(report.problems)
  return { compiled, problems, proofs: proofsOf(problems) }
}

function compileJoins(graph: Graph, components: Components, report: Report): ReadonlyMap<number, CompiledJoin> {
  const joins = graph.nodes.filter((node) => node.enabled && node.behaviour === 'join')
  if (joins.length === 0) return new Map()
  const dominators = findDominators(graph)
  const lines = countLines(graph, components)
  return new Map(joins.map((node) => [node.index, compileJoin(graph, dominators, lines[node.index] ?? 0, node, report)]))
}

function compiledFlow(
  definition: FlowDefinition,
  { version, sha256 = sha256Hex }: CompileOptions,
  graph: Graph,
  joins: ReadonlyMap<number, CompiledJoin>,
  reached: readonly (readonly string[])[],
): CompiledFlow {
  const { onError = 'incident', timeout, dedupe = null } = definition.settings ?? {}
  const enabled = graph.nodes.filter((node) => node.enabled)
  const entries = enabled.map(
    (node) => [node.id, compiledNode(graph, node, joins.get(node.index) ?? null, reached[node.index] ?? [])] as const,
  )
  return {
    key: definition.key,
    version,
    digest: flowDigest(definition, sha256),
    nodes: Object.fromEntries(entries),
    triggers: graph.starts.map((index) => graph.nodes[index]?.id ?? ''),
    onError,
    timeoutMs: timeout === undefined ? null : limitMs(timeout),
    settings: { dedupe },
  }
}

function compiledNode(graph: Graph, node: CheckedNode, join: CompiledJoin | null, reachesJoins: readonly string[]): CompiledNode {
  const { retry, timeoutMs = null } = node.definition
  return {
    id: node.id,
    type: node.definition.type,
    behaviour: node.behaviour,
    effect: node.effect,
    config: node.config,
    out: Object.fromEntries([...(graph.out[node.index] ?? [])].map(([port, wires]) => [port, compiledEdges(graph, wires)])),
    join,
    retry: retry === undefined ? null : { backoff: 'fixed', delayMs: 1_000, maxDelayMs: 60_000, jitter: false, ...retry },
    timeoutMs,
    reachesJoins,
  }
}

function compiledEdges(graph: Graph, wires: readonly Wire[]): readonly CompiledEdge[] {
  return wires.map(({ edge, to, toPort }) => ({ edge, node: graph.nodes[to]?.id ?? '', port: toPort }))
}

const ranks = { error: 0, warning: 1, hint: 2 } as const

/** The most important first; within that, in the order of the drawing. */
function sorted(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((left, right) => ranks[left.severity] - ranks[right.severity])
}
