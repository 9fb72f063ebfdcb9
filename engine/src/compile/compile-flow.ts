import { type FlowDefinition, flowDigest, type Problem, type Retry } from '@sluice/flows'
import type { CompiledEdge, CompiledFlow, CompiledJoin, CompiledNode } from '../core/compiled.ts'
import { runLimits } from '../core/limits.ts'
import { sha256Hex } from '../core/sha256.ts'
import { type AnalyseOptions, analyseFlow } from './analyse-flow.ts'
import type { CheckedNode } from './checked-node.ts'
import { type Components, isLoop } from './components.ts'
import { limitMs } from './duration.ts'
import type { Graph, Wire } from './graph.ts'
import { findReachedJoins } from './joins.ts'
import { shownLabels, type WireLabel } from './labels/shown-labels.ts'
import { findLoopHeads } from './loop-heads.ts'
import type { Proof } from './proofs.ts'
import { compiledRegion, groupOf, type Region } from './regions.ts'

export interface CompileOptions extends AnalyseOptions {
  readonly version: number
  /** Hex SHA-256 of a text; hosts with a faster one pass it. */
  readonly sha256?: (text: string) => string
}

export interface Compilation {
  /** Plain JSON, ready to store; null while a problem of severity `error` stands. */
  readonly compiled: CompiledFlow | null
  readonly problems: readonly Problem[]
  readonly proofs: readonly Proof[]
  /** What is known of the data on each wire, in the order of `edges`; put together when somebody asks. */
  labels(): readonly WireLabel[]
}

/** Checks a flow and prepares it for the core. Runs nothing, touches nothing, never throws on a flow that `readFlow` accepted. */
export function compileFlow(definition: FlowDefinition, options: CompileOptions): Compilation {
  const { graph, components, joins, problems, proofs, labels } = analyseFlow(definition, options)
  const isBlocked = problems.some(({ severity }) => severity === 'error')
  const compiled = isBlocked ? null : compiledFlow(definition, options, foundIn(graph, components, joins))
  return { compiled, problems, proofs, labels: () => shownLabels(definition, graph, labels) }
}

interface Found {
  readonly graph: Graph
  readonly components: Components
  readonly joins: ReadonlyMap<number, CompiledJoin>
  readonly reached: readonly (readonly string[])[]
  readonly loops: ReadonlySet<number>
}

/** What only the compiled form needs; most of it grows with the square of a flow's joins. */
function foundIn(graph: Graph, components: Components, joins: Found['joins']): Found {
  return { graph, components, joins, reached: findReachedJoins(graph, components), loops: findLoopHeads(graph, components) }
}

function compiledFlow(definition: FlowDefinition, { version, sha256 = sha256Hex }: CompileOptions, found: Found): CompiledFlow {
  const { graph } = found
  const { onError = 'incident', timeout } = definition.settings ?? {}
  const enabled = graph.nodes.filter((node) => node.enabled)
  const entries = enabled.map((node) => [node.id, compiledNode(found, node)] as const)
  const regions = graph.regions.all.map((region) => [region.id, regionNode(found, region)] as const)
  return {
    key: definition.key,
    version,
    digest: flowDigest(definition, sha256),
    nodes: Object.fromEntries([...entries, ...regions]),
    triggers: graph.starts.map((index) => graph.nodes[index]?.id ?? ''),
    onError,
    timeoutMs: timeout === undefined ? null : limitMs(timeout),
    settings: { ...compiledSettings(definition), ...priorityPart(definition, graph) },
  }
}

/** What is not set stays absent, so that a flow without these settings compiles to what it always did. */
function compiledSettings({ settings = {} }: FlowDefinition): CompiledFlow['settings'] {
  const { dedupe = null, concurrency, rate, debounce } = settings
  return {
    dedupe,
    ...(concurrency === undefined
      ? {}
      : { concurrency: { key: concurrency.key ?? null, limit: concurrency.limit, whenFull: concurrency.whenFull ?? 'queue' } }),
    ...(rate === undefined
      ? {}
      : { rate: { key: rate.key ?? null, limit: rate.limit, perMs: limitMs(rate.per) ?? 0, whenFull: rate.whenFull ?? 'queue' } }),
    ...(debounce === undefined ? {} : { debounce: { key: debounce.key ?? null, ms: limitMs(debounce.for) ?? 0 } }),
  }
}

/** The clock of a withdrawal makes a flow urgent by itself; nobody has to remember to say so. */
function priorityPart({ settings = {} }: FlowDefinition, { nodes, starts }: Graph): Pick<CompiledFlow['settings'], 'priority'> {
  const hasClock = (start: number) => nodes[start]?.facts?.labels?.deadline?.(nodes[start].config) != null
  if (starts.some(hasClock)) return { priority: 'withdrawal' }
  const { priority = 'normal' } = settings
  return priority === 'normal' ? {} : { priority }
}

/** Whoever lets delays grow spares a service that is down: then a crowd of failed steps does not come back in one moment either. */
function fullRetry(retry: Retry): Required<Retry> {
  return { backoff: 'fixed', delayMs: 1_000, maxDelayMs: 60_000, jitter: retry.backoff === 'exponential', ...retry }
}

function compiledNode(found: Found, node: CheckedNode): CompiledNode {
  const { graph, joins, reached } = found
  const { retry, timeoutMs = null } = node.definition
  return {
    id: node.id,
    type: node.definition.type,
    behaviour: node.behaviour,
    effect: node.effect,
    config: node.config,
    out: Object.fromEntries([...(graph.out[node.index] ?? [])].map(([port, wires]) => [port, compiledEdges(found, wires, [node.index])])),
    join: joins.get(node.index) ?? null,
    retry: retry === undefined ? null : fullRetry(retry),
    timeoutMs,
    reachesJoins: reached[node.index] ?? [],
    ...loopPart(found, node),
    ...(node.behaviour === 'each' ? { entry: entryOf(graph, node) } : {}),
  }
}

function entryOf({ nodes, regions, hidden }: Graph, { index }: CheckedNode): string {
  const region = regions.byId.get(groupOf(nodes[index] as CheckedNode) ?? '')
  const entry = hidden[index]?.find((to) => region?.members.has(to) === true)
  return entry === undefined ? '' : (nodes[entry]?.id ?? '')
}

/** A group among the steps: wires lead to and from it. */
function regionNode(found: Found, region: Region): CompiledNode {
  const { graph, reached } = found
  const members = [...region.members]
  const ports = [...(graph.groupOut.get(region.id) ?? [])].map(([port, wires]) => [port, compiledEdges(found, wires, members)] as const)
  return {
    id: region.id,
    type: 'core.group',
    behaviour: 'region',
    effect: 'none',
    config: {},
    out: Object.fromEntries(ports),
    join: null,
    retry: null,
    timeoutMs: null,
    reachesJoins: region.group.undo === true ? joinsBehind(graph, region, reached) : [],
    region: compiledRegion(graph.regions, region, graph.nodes),
  }
}

/** A line waits at a group while its steps are undone: joins behind the group wait for that line. */
function joinsBehind({ nodes, groupOut }: Graph, { id }: Region, reached: readonly (readonly string[])[]): readonly string[] {
  const targets = [...(groupOut.get(id)?.values() ?? [])].flat().filter(({ to }) => to < nodes.length)
  const found = new Set(targets.flatMap(({ to }) => [...(nodes[to]?.behaviour === 'join' ? [nodes[to].id] : []), ...(reached[to] ?? [])]))
  return nodes.flatMap((node) => (found.has(node.id) ? [node.id] : []))
}

/** A wire from one of these steps; that of a group may come from any step within. */
function compiledEdges(found: Found, wires: readonly Wire[], from: readonly number[]): readonly CompiledEdge[] {
  const { graph, components } = found
  return wires.map(({ edge, to, toPort, group }) => {
    const wire = { edge, node: group ?? graph.nodes[to]?.id ?? '', port: toPort }
    const isBack = group === undefined && counts(found, to) && from.some((one) => components.of[one] === components.of[to])
    return isBack ? { ...wire, back: true } : wire
  })
}

/** Rounds are counted at the head of each loop, and where the flow says how many there may be. */
function counts({ graph, components, loops }: Found, step: number): boolean {
  if (loops.has(step)) return true
  return graph.nodes[step]?.definition.loopLimit !== undefined && isLoop(graph, components.members[components.of[step] ?? -1] ?? [])
}

function loopPart(found: Found, { index, definition }: CheckedNode): { readonly loopLimit?: number } {
  return counts(found, index) ? { loopLimit: definition.loopLimit ?? runLimits.loopRounds } : {}
}
