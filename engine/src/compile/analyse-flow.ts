import type { FlowDefinition, FlowNode, Problem } from '@sluice/flows'
import type { CompiledJoin } from '../core/compiled.ts'
import { CalledFlows, type FindFlow } from './called-flows.ts'
import { checkConfig } from './check-config.ts'
import { checkConsent } from './check-consent.ts'
import { checkGates } from './check-gates.ts'
import { checkInjection } from './check-injection.ts'
import { checkLocks, checkMilestones, hasLocks } from './check-locks.ts'
import { checkRaces } from './check-race.ts'
import { checkReferences } from './check-references.ts'
import { checkRegions } from './check-regions.ts'
import { checkSettings } from './check-settings.ts'
import { checkShapes } from './check-shapes.ts'
import { checkTypes } from './check-types.ts'
import { checkUndo } from './check-undo.ts'
import { checkVeto } from './check-veto.ts'
import { checkLoops, checkMultiplying, checkWays } from './check-ways.ts'
import { checkWires } from './check-wires.ts'
import { checkWithdrawal } from './check-withdrawal.ts'
import { type CheckedNode, checkedNode } from './checked-node.ts'
import { type Components, findComponents } from './components.ts'
import { type Dominators, findDominators } from './dominators.ts'
import { drawnGraph, type KnownDrawing } from './drawing.ts'
import type { NodeTypes } from './facts.ts'
import type { Graph } from './graph.ts'
import { compileJoin, countLines } from './joins.ts'
import { type DataWords, noWords } from './labels/data-words.ts'
import { type FlowLabels, labelFlow } from './labels/flow-labels.ts'
import { StepMemory } from './labels/step-memory.ts'
import { type Proof, Rulings } from './proofs.ts'
import { Report } from './report.ts'

export interface AnalyseOptions {
  readonly nodeTypes: NodeTypes
  /** What the workspace calls personal; without it the consent rule knows only what steps declare. */
  readonly words?: DataWords
  /** The flows that this one may call; without it what they give back counts as a mix of what they got. */
  readonly findFlow?: FindFlow
}

export interface Analysis {
  readonly graph: Graph
  readonly components: Components
  readonly joins: ReadonlyMap<number, CompiledJoin>
  readonly labels: FlowLabels
  readonly problems: readonly Problem[]
  readonly proofs: readonly Proof[]
}

/** What one step says by itself, whatever the rest of the flow looks like. */
interface CheckedStep {
  readonly text: string
  readonly node: CheckedNode
  readonly asking: readonly Problem[]
  readonly config: readonly Problem[]
}

/** Of earlier looks at the same flow. Only for one set of node types and words. */
export class FlowMemory {
  /** By id. */
  readonly steps = new Map<string, CheckedStep>()
  readonly labels = new StepMemory()
  drawn: KnownDrawing | null = null
}

/** Everything that is known of a flow before it runs. With a memory, steps that did not change are not read again. */
export function analyseFlow(definition: FlowDefinition, options: AnalyseOptions, memory: FlowMemory | null = null): Analysis {
  const report = new Report(definition)
  const steps = definition.nodes.map((node, index) => checkedStep(definition, node, index, options, memory))
  const nodes = steps.map(({ node }) => node)
  for (const { asking } of steps) if (asking.length > 0) report.problems.push(...asking)
  const drawn = drawnGraph(definition, nodes, memory?.drawn ?? null)
  const { graph } = drawn
  if (memory !== null) memory.drawn = drawn
  const components = findComponents(graph)
  for (const { config } of steps) if (config.length > 0) report.problems.push(...config)
  checkSettings(definition, report)
  checkWires(definition, nodes, report)
  checkRegions(definition, graph, report)
  checkWays(graph, report)
  checkUndo(definition, graph, report)
  checkReferences(graph, report)
  const dominators = graph.nodes.some((node) => node.enabled && node.behaviour === 'join') ? findDominators(graph) : null
  const joins = compileJoins(graph, dominators, report)
  if (hasLocks(graph)) checkLocks(graph, dominators ?? findDominators(graph), report)
  checkMilestones(graph, report)
  checkRaces(graph, report)
  checkLoops(graph, components, report)
  checkMultiplying(graph, components, dominators, report)
  checkTypes(graph, report)
  checkShapes(graph, report)
  const rulings = new Rulings()
  const words = options.words ?? noWords
  const calls = new CalledFlows(options.findFlow ?? (() => null), options.nodeTypes, words, definition.key)
  const called: CalledFlows['output'] = (flow, input, event) => calls.output(flow, input, event)
  const labels = labelFlow(graph, { words, called, memory: memory?.labels ?? null })
  checkVeto(graph, labels, report, rulings)
  checkConsent(graph, labels, words, report, rulings)
  checkGates(graph, words, report, rulings)
  checkInjection(graph, labels, report, rulings)
  checkWithdrawal(graph, components, calls, report, rulings)
  const problems = sorted(report.problems)
  return { graph, components, joins, labels, problems, proofs: rulings.proofs(definition, problems) }
}

function checkedStep(
  definition: FlowDefinition,
  step: FlowNode,
  index: number,
  { nodeTypes }: AnalyseOptions,
  memory: FlowMemory | null,
): CheckedStep {
  const text = memory === null ? '' : JSON.stringify(step)
  const known = memory?.steps.get(step.id)
  const same = known !== undefined && known.text === text ? atPlace(known, index) : null
  if (same !== null) {
    memory?.steps.set(step.id, same)
    return same
  }
  const asked = new Report(definition)
  const node = checkedNode(step, index, nodeTypes, asked)
  const configured = new Report(definition)
  checkConfig(node, configured)
  const checked = { text, node, asking: asked.problems, config: configured.problems }
  memory?.steps.set(step.id, checked)
  return checked
}

/** A step that moved up or down in the file is the same step; what it says of itself names its place and is said anew. */
function atPlace(known: CheckedStep, index: number): CheckedStep | null {
  if (known.node.index === index) return known
  return known.asking.length + known.config.length > 0 ? null : { ...known, node: { ...known.node, index } }
}

function compileJoins(graph: Graph, dominators: Dominators | null, report: Report): ReadonlyMap<number, CompiledJoin> {
  const joins = graph.nodes.filter((node) => node.enabled && node.behaviour === 'join')
  if (joins.length === 0 || dominators === null) return new Map()
  const lines = countLines(graph)
  return new Map(joins.map((node) => [node.index, compileJoin(graph, dominators, lines[node.index] ?? 0, node, report)]))
}

const ranks = { error: 0, warning: 1, hint: 2 } as const

/** The most important first; within that, in the order of the drawing. */
function sorted(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((left, right) => ranks[left.severity] - ranks[right.severity])
}
