import type { Graph } from './graph.ts'

/** Work whose result follows from the wires alone, whatever the steps are set to: done once per drawing, however many rules ask. */
export function ofDrawing<Result extends object>(work: (graph: Graph) => Result): (graph: Graph) => Result {
  const known = new WeakMap<Graph['next'], Result>()
  return (graph) => {
    let result = known.get(graph.next)
    if (result === undefined) {
      result = work(graph)
      known.set(graph.next, result)
    }
    return result
  }
}
