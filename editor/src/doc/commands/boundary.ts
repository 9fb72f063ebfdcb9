import type { End, FlowDocument, Wire } from '../model.ts'

/** The wires around a set of steps. */
export interface Boundary {
  readonly into: readonly Wire[]
  readonly inner: readonly Wire[]
  readonly out: readonly Wire[]
  /** Where lines leave; null when none does. */
  readonly exit: End | null
  /** Steps that nothing inside leads to. */
  readonly roots: readonly string[]
}

export function boundaryOf(doc: FlowDocument, inside: ReadonlySet<string>): Boundary {
  const wires = [...doc.edges.values()]
  const into = wires.filter((edge) => !inside.has(edge.from.node) && inside.has(edge.to.node))
  const inner = wires.filter((edge) => inside.has(edge.from.node) && inside.has(edge.to.node))
  const out = wires.filter((edge) => inside.has(edge.from.node) && !inside.has(edge.to.node))
  const led = new Set(inner.map((edge) => edge.to.node))
  return { into, inner, out, exit: out[0]?.from ?? null, roots: [...inside].filter((id) => !led.has(id)) }
}
