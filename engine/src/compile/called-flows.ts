import type { FlowDefinition } from '@sluice/flows'
import { longestMs } from './check-withdrawal.ts'
import { type CheckedNode, checkedNode } from './checked-node.ts'
import { findComponents } from './components.ts'
import type { NodeTypes } from './facts.ts'
import { buildGraph, type Graph } from './graph.ts'
import type { DataWords } from './labels/data-words.ts'
import { labelFlow } from './labels/flow-labels.ts'
import { changed, type Label, labelOf } from './labels/label.ts'
import { empty, joinValues, mapLabels, memberOf, opaque, sameValue, type Value } from './labels/value.ts'
import { Report } from './report.ts'

/** The flow that a run would call now; null: there is none, or it cannot be known. */
export type FindFlow = (key: string) => FlowDefinition | null

const calledFlowLimits = {
  /** Calls within calls that are looked into. */
  depthMax: 8,
  /** Steps of called flows that one check looks at, each time it does. */
  stepsMax: 20_000,
} as const

/** Nothing is known of it, so anything may be in it: what flows that call each other in a ring give back. */
const anything: Value = opaque({ ...labelOf('model', { subject: 'identifying' }), origin: ['model', 'outside', 'system'] })

interface Answer {
  readonly input: Value
  readonly event: Value
  readonly output: Value
}

/**
 * What called flows do with what they are given, as the caller's proofs have to know it: the label of what they give back, and how long
 * they take. Approvals inside a called flow are named by it, because its steps may bear the names of the caller's.
 */
export class CalledFlows {
  readonly #find: FindFlow
  readonly #nodeTypes: NodeTypes
  readonly #words: DataWords
  readonly #graphs = new Map<string, Graph | null>()
  readonly #answers = new Map<string, Answer[]>()
  readonly #open: string[]
  #steps = 0

  /** `within`: the flow whose check asks. */
  constructor(find: FindFlow, nodeTypes: NodeTypes, words: DataWords, within: string) {
    this.#find = find
    this.#nodeTypes = nodeTypes
    this.#words = words
    this.#open = [within]
  }

  /** What comes back when it has ended; null: the flow is not known here. */
  output(flow: string, input: Value, event: Value): Value | null {
    const graph = this.#graphOf(flow)
    if (graph === null) return null
    const answers = this.#answers.get(flow) ?? []
    const known = answers.find((it) => sameValue(it.input, input) && sameValue(it.event, event))
    if (known !== undefined) return known.output
    this.#steps += graph.nodes.length
    const { depthMax, stepsMax } = calledFlowLimits
    if (this.#open.includes(flow) || this.#open.length > depthMax || this.#steps > stepsMax) return anything
    this.#open.push(flow)
    const called = (inner: string, value: Value, of: Value) => this.output(inner, value, of)
    // Nobody in the called flow approved what the caller's people approved.
    const entry = mapLabels(input, changed)
    const labels = labelFlow(graph, { words: this.#words, entry, event: mapLabels(event, changed), called })
    this.#open.pop()
    const given = graph.nodes.filter((node) => node.enabled).map((node) => endingWith(graph, node, labels))
    const output = mapLabels(given.reduce(joinValues, empty), (label) => namedBy(flow, label))
    this.#answers.set(flow, [...answers, { input, event, output }])
    return output
  }

  /** The longest it may take, people counted or not; null: not known. */
  takesMs(flow: string, countPeople: boolean): number | null {
    const graph = this.#graphOf(flow)
    if (graph === null) return null
    if (this.#open.includes(flow) || this.#open.length > calledFlowLimits.depthMax) return Number.POSITIVE_INFINITY
    this.#open.push(flow)
    const ms = longestMs(graph, findComponents(graph), countPeople, this)
    this.#open.pop()
    return ms
  }

  #graphOf(flow: string): Graph | null {
    let graph = this.#graphs.get(flow)
    if (graph === undefined) {
      const definition = this.#find(flow)
      graph = definition === null ? null : graphOf(definition, this.#nodeTypes)
      this.#graphs.set(flow, graph)
    }
    return graph
  }
}

function graphOf(definition: FlowDefinition, nodeTypes: NodeTypes): Graph {
  // What is wrong with it is said where it is checked itself.
  const unheard = new Report(definition)
  const nodes = definition.nodes.map((node, index) => checkedNode(node, index, nodeTypes, unheard))
  return buildGraph(definition, nodes)
}

/** What a line hands to the caller when it ends at this step; nothing when it always goes on. */
function endingWith(graph: Graph, node: CheckedNode, labels: ReturnType<typeof labelFlow>): Value {
  const { index, config } = node
  const ports = node.ports ?? []
  if (ports.length === 0) return config.output === undefined ? labels.input(index) : memberOf(labels.config(index), 'output')
  const ending = ports.filter(({ name }) => (graph.out[index]?.get(name) ?? []).length === 0)
  return ending.map(({ name }) => labels.output(index, name)).reduce(joinValues, empty)
}

function namedBy(flow: string, label: Label): Label {
  const { approvals } = label
  return approvals === null || approvals.length === 0 ? label : { ...label, approvals: approvals.map((step) => `${flow}/${step}`).sort() }
}
