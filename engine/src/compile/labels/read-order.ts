import { findDominators } from '../dominators.ts'
import { type Graph, reachable } from '../graph.ts'
import { countLines } from '../joins.ts'
import { ofDrawing } from '../of-drawing.ts'

/** Which outputs of an earlier step a later one can meet. */
export const readOrder = ofDrawing((graph) => new ReadOrder(graph))

class ReadOrder {
  readonly #graph: Graph
  readonly #dominators: Int32Array
  readonly #lines: Float64Array
  readonly #reach = new Map<string, ReadonlySet<number>>()

  constructor(graph: Graph) {
    this.#graph = graph
    this.#dominators = findDominators(graph)
    this.#lines = countLines(graph)
  }

  /** The ports from which the reader can be reached, when the step runs at most once and always before it; else null: any port. */
  portsToward(step: number, reader: number): readonly string[] | null {
    if ((this.#lines[step] as number) > 1 || !this.#comesBefore(step, reader)) return null
    return [...(this.#graph.out[step] ?? [])].filter(([port]) => this.#from(step, port).has(reader)).map(([port]) => port)
  }

  #comesBefore(step: number, reader: number): boolean {
    for (let at = this.#dominators[reader] ?? -1; at !== -1; at = this.#dominators[at] ?? -1) if (at === step) return true
    return false
  }

  #from(step: number, port: string): ReadonlySet<number> {
    const key = `${step} ${port}`
    let found = this.#reach.get(key)
    if (found === undefined) {
      found = reachable(
        this.#graph,
        (this.#graph.out[step]?.get(port) ?? []).map((wire) => wire.to),
      )
      // Bounds the memory in flows of thousands of steps that read each other.
      if (this.#reach.size > 200) this.#reach.clear()
      this.#reach.set(key, found)
    }
    return found
  }
}
