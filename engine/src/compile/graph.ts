import type { FlowDefinition } from '@sluice/flows'
import type { CheckedNode } from './checked-node.ts'
import { addTo, emptyLists } from './lists.ts'
import { findRegions, hiddenWays, type Regions } from './regions.ts'

export interface Wire {
  /** Index in the flow file: the wire a person sees, also when a disabled node behind it is passed over. */
  readonly edge: number
  readonly to: number
  readonly toPort: string
  /** The wire leads to this group's cancel port; `to` is no step then. */
  readonly group?: string
}

/** The flow as numbers: nodes by index, wires by port, disabled nodes passed over. */
export interface Graph {
  readonly nodes: readonly CheckedNode[]
  /** Wires by output port, per node. Disabled nodes have none. */
  readonly out: readonly ReadonlyMap<string, readonly Wire[]>[]
  /** Wires that leave groups, by group and port. */
  readonly groupOut: ReadonlyMap<string, ReadonlyMap<string, readonly Wire[]>>
  readonly regions: Regions
  /** Where a line may go on beside the wires of its step: out of a group, or into the region it runs. */
  readonly hidden: readonly (readonly number[])[]
  /** Distinct targets per node, for walks that do not care about ports; hidden ways too. */
  readonly next: readonly (readonly number[])[]
  /** Enabled triggers. */
  readonly starts: readonly number[]
}

export function buildGraph(flow: FlowDefinition, nodes: readonly CheckedNode[]): Graph {
  const regions = findRegions(flow, nodes)
  const drawn = drawnWires(flow, nodes, regions)
  const out = nodes.map((node, index) => (node.enabled ? withoutDisabled(drawn, nodes, index) : new Map<string, readonly Wire[]>()))
  const groupOut = new Map(regions.all.map(({ id }, at) => [id, withoutDisabled(drawn, nodes, nodes.length + at)]))
  const hidden = hiddenWays(regions, nodes, { out, groupOut })
  const next = emptyLists<number>(nodes.length)
  out.forEach((ports, node) => {
    eachWire(ports, ({ to, group }) => {
      if (group === undefined) addTo(next, node, to)
    })
    for (const to of hidden[node] as readonly number[]) addTo(next, node, to)
    const targets = next[node] as readonly number[]
    if (targets.length > 1) next[node] = [...new Set(targets)]
  })
  const starts = nodes.filter((node) => node.enabled && node.behaviour === 'trigger').map((node) => node.index)
  return { nodes, out, groupOut, regions, hidden, next, starts }
}

/** By source: the steps, then the groups that do something. A step wins over a group of the same name. */
function drawnWires(flow: FlowDefinition, nodes: readonly CheckedNode[], { all }: Regions): readonly Map<string, Wire[]>[] {
  const indexes = new Map(all.map(({ id }, at) => [id, nodes.length + at] as const))
  for (let at = 0; at < nodes.length; at++) indexes.set((nodes[at] as CheckedNode).id, (nodes[at] as CheckedNode).index)
  const out = Array.from({ length: nodes.length + all.length }, () => new Map<string, Wire[]>())
  flow.edges.forEach((drawn, edge) => {
    const from = endOf(drawn.from)
    const to = endOf(drawn.to)
    const source = indexes.get(from.node)
    const target = indexes.get(to.node)
    if (source === undefined || target === undefined) return
    const wire: Wire = target < nodes.length ? { edge, to: target, toPort: to.port } : { edge, to: target, toPort: to.port, group: to.node }
    const wires = out[source]?.get(from.port)
    if (wires === undefined) out[source]?.set(from.port, [wire])
    else wires.push(wire)
  })
  return out
}

/** Walked so often that no pair and no iterator is made for it: a process that has just started pays for each. */
export function eachWire(ports: ReadonlyMap<string, readonly Wire[]> | undefined, visit: (wire: Wire, port: string) => void): void {
  ports?.forEach((wires, port) => {
    for (let at = 0; at < wires.length; at++) visit(wires[at] as Wire, port)
  })
}

export function endOf(end: string): { readonly node: string; readonly port: string } {
  const dot = end.indexOf('.')
  return { node: end.slice(0, dot), port: end.slice(dot + 1) }
}

function withoutDisabled(
  drawn: readonly ReadonlyMap<string, readonly Wire[]>[],
  nodes: readonly CheckedNode[],
  index: number,
): ReadonlyMap<string, readonly Wire[]> {
  const ports = drawn[index] as ReadonlyMap<string, readonly Wire[]>
  let touches = false
  eachWire(ports, ({ to }) => {
    if (nodes[to]?.enabled === false) touches = true
  })
  if (!touches) return ports
  return new Map([...ports].map(([port, wires]) => [port, wires.flatMap((wire) => passedOver(drawn, nodes, wire, new Set()))]))
}

/** Where a wire really leads: a disabled node hands on what comes in by its first port, as if it were not there. */
function passedOver(
  drawn: readonly ReadonlyMap<string, readonly Wire[]>[],
  nodes: readonly CheckedNode[],
  wire: Wire,
  seen: Set<number>,
): readonly Wire[] {
  const node = nodes[wire.to]
  if (node === undefined || node.enabled) return [wire]
  if (seen.has(node.index)) return []
  seen.add(node.index)
  const port = node.ports?.[0]?.name ?? 'out'
  const beyond = drawn[node.index]?.get(port) ?? []
  return beyond.flatMap((next) => passedOver(drawn, nodes, { ...next, edge: wire.edge }, seen))
}

/** Everything that can be reached from these nodes, themselves included. */
export function reachable(graph: Graph, from: readonly number[]): ReadonlySet<number> {
  const found = new Set(from)
  const open = [...from]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const target of graph.next[node] ?? []) {
      if (found.has(target)) continue
      found.add(target)
      open.push(target)
    }
  }
  return found
}

/** A node where one step sends out several lines at once; by its undo line, or by any other port. */
export function isFork(graph: Graph, node: number, undo: boolean): boolean {
  for (const [port, wires] of graph.out[node] ?? []) if (wires.length > 1 && (port === 'undo') === undo) return true
  return false
}
