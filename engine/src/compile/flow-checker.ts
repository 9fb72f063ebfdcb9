import type { FlowDefinition, Problem } from '@sluice/flows'
import { type AnalyseOptions, analyseFlow, FlowMemory } from './analyse-flow.ts'
import type { Graph } from './graph.ts'
import { shownLabels, type WireLabel } from './labels/shown-labels.ts'
import type { Proof } from './proofs.ts'
import { type ShownShape, shownScope } from './shapes/shown-scope.ts'

export interface FlowCheck {
  readonly problems: readonly Problem[]
  readonly proofs: readonly Proof[]
  /** One per wire, in the order of `edges`. */
  readonly labels: readonly WireLabel[]
}

/**
 * Checks one flow again and again while a person draws it. What a step says by itself, and what it made of what it saw, is kept between
 * looks; what follows from the whole drawing is worked out anew, which takes a few milliseconds. Gives exactly what a first look would.
 */
export class FlowChecker {
  readonly #options: AnalyseOptions
  #memory = new FlowMemory()
  #graph: Graph | null = null

  constructor(options: AnalyseOptions) {
    this.#options = options
  }

  check(definition: FlowDefinition): FlowCheck {
    const { labels, graph, problems, proofs } = analyseFlow(definition, this.#options, this.#memory)
    this.#graph = graph
    // Steps that are gone are forgotten, so that the memory stays as large as the flow.
    if (this.#memory.steps.size > definition.nodes.length * 2 + 100) this.#memory = new FlowMemory()
    return { problems, proofs, labels: shownLabels(definition, graph, labels) }
  }

  /** What the expressions of a step see, as of the last look. */
  scopeOf(step: string): ShownShape {
    return this.#graph === null ? null : shownScope(this.#graph, step)
  }
}
