import type { Wire } from './model.ts'

/** Wires by the step they leave and reach, read off once per set of wires. */
export interface Wiring {
  readonly out: ReadonlyMap<string, readonly Wire[]>
  readonly into: ReadonlyMap<string, readonly Wire[]>
  /** `<node>.<port>` of every output that has a wire. */
  readonly wired: ReadonlySet<string>
}

const known = new WeakMap<ReadonlyMap<string, Wire>, Wiring>()
const none: readonly Wire[] = []

export function wiringOf(edges: ReadonlyMap<string, Wire>): Wiring {
  const before = known.get(edges)
  if (before !== undefined) return before
  const out = new Map<string, Wire[]>()
  const into = new Map<string, Wire[]>()
  const wired = new Set<string>()
  for (const edge of edges.values()) {
    append(out, edge.from.node, edge)
    append(into, edge.to.node, edge)
    wired.add(`${edge.from.node}.${edge.from.port}`)
  }
  const wiring = { out, into, wired }
  known.set(edges, wiring)
  return wiring
}

export function wiresOut(edges: ReadonlyMap<string, Wire>, node: string): readonly Wire[] {
  return wiringOf(edges).out.get(node) ?? none
}

export function wiresInto(edges: ReadonlyMap<string, Wire>, node: string): readonly Wire[] {
  return wiringOf(edges).into.get(node) ?? none
}

function append(map: Map<string, Wire[]>, key: string, wire: Wire): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [wire])
  else list.push(wire)
}
