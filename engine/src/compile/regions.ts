import type { FlowDefinition, FlowGroup } from '@sluice/flows'
import type { CompiledRegion } from '../core/compiled.ts'
import type { CheckedNode } from './checked-node.ts'
import { limitMs } from './duration.ts'
import type { Wire } from './graph.ts'

/** A group that does something: it is run per item, ends as a whole, or has wires of its own. */
export interface Region {
  /** Index in the flow file's `groups`. */
  readonly index: number
  readonly id: string
  readonly group: FlowGroup
  /** Steps inside, those of regions that are run inside too. */
  readonly members: ReadonlySet<number>
  /** Indexes of the for-each steps that name it. */
  readonly eaches: readonly number[]
}

/** Ports of a group: what may lead to it, and what may leave it. */
export const groupPorts = { in: ['cancel'], out: ['error', 'timeout', 'cancelled'] } as const

export interface Regions {
  readonly all: readonly Region[]
  readonly byId: ReadonlyMap<string, Region>
}

export function findRegions(flow: FlowDefinition, nodes: readonly CheckedNode[]): Regions {
  const groups = flow.groups ?? []
  // An object of its own: what follows from it is remembered by it.
  if (groups.length === 0) return { all: [], byId: new Map() }
  const indexes = new Map(nodes.map((node) => [node.id, node.index]))
  const wired = new Set(flow.edges.flatMap(({ from, to }) => [from, to].map((end) => end.slice(0, end.indexOf('.')))))
  const eaches = new Map<string, number[]>()
  for (const node of nodes) {
    const group = groupOf(node)
    if (group !== null) eaches.set(group, [...(eaches.get(group) ?? []), node.index])
  }
  const byGroup = new Map(groups.map((group) => [group.id, group]))
  const all = groups.flatMap((group, index): readonly Region[] => {
    const named = eaches.get(group.id) ?? []
    const acts = named.length > 0 || group.cancel === true || group.timeout !== undefined || (wired.has(group.id) && !indexes.has(group.id))
    if (!acts) return []
    return [{ index, id: group.id, group, members: membersOf(group, byGroup, indexes, nodes), eaches: named }]
  })
  return { all, byId: new Map(all.map((region) => [region.id, region])) }
}

/** The group a for-each runs, when it names one. */
export function groupOf(node: CheckedNode): string | null {
  return node.enabled && node.behaviour === 'each' && typeof node.config.group === 'string' ? node.config.group : null
}

function membersOf(
  group: FlowGroup,
  groups: ReadonlyMap<string, FlowGroup>,
  indexes: ReadonlyMap<string, number>,
  nodes: readonly CheckedNode[],
): ReadonlySet<number> {
  const members = new Set<number>()
  const open = [group]
  const seen = new Set([group.id])
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const id of next.nodes) {
      const index = indexes.get(id)
      if (index === undefined) continue
      members.add(index)
      const run = groups.get(groupOf(nodes[index] as CheckedNode) ?? '')
      if (run === undefined || seen.has(run.id)) continue
      seen.add(run.id)
      open.push(run)
    }
  }
  return members
}

const keysOf = new WeakMap<Regions, readonly string[]>()

/** For-each regions around each step, as one key: lines of different keys never meet. */
export function itemKeys({ regions, nodes }: { readonly regions: Regions; readonly nodes: readonly CheckedNode[] }): readonly string[] {
  const known = keysOf.get(regions)
  if (known !== undefined) return known
  const keys = nodes.map(() => '')
  for (const { id, members, eaches } of regions.all) if (eaches.length > 0) for (const node of members) keys[node] = `${keys[node]} ${id}`
  keysOf.set(regions, keys)
  return keys
}

/** Steps of a region that belong to no region run within it. */
function ownMembers({ all }: Regions, region: Region): readonly number[] {
  const nested = all.filter((other) => other !== region && other.eaches.some((each) => region.members.has(each)))
  return [...region.members].filter((node) => !nested.some((other) => other.members.has(node)))
}

/** Steps in which an item may begin: no wire of the region leads to them. */
export function entriesOf(regions: Regions, region: Region, nodes: readonly CheckedNode[], graph: GraphOut): readonly number[] {
  const targets = new Set<number>()
  for (const node of region.members)
    for (const wires of graph.out[node]?.values() ?? []) for (const { to } of wires) if (to !== node) targets.add(to)
  for (const inner of regions.all) {
    if (inner === region || ![...inner.members].every((node) => region.members.has(node))) continue
    for (const wires of graph.groupOut.get(inner.id)?.values() ?? []) for (const { to } of wires) targets.add(to)
  }
  return ownMembers(regions, region).filter((node) => nodes[node]?.enabled === true && !targets.has(node))
}

interface GraphOut {
  readonly out: readonly ReadonlyMap<string, readonly Wire[]>[]
  readonly groupOut: ReadonlyMap<string, ReadonlyMap<string, readonly Wire[]>>
}

/** Ways that no wire of a step shows: out of a group it stands in, through a group it cancels, into a region it runs. */
export function hiddenWays(regions: Regions, nodes: readonly CheckedNode[], graph: GraphOut): readonly (readonly number[])[] {
  const ways: number[][] = nodes.map(() => [])
  const follow = (id: string, port: string): readonly number[] => (graph.groupOut.get(id)?.get(port) ?? []).map(({ to }) => to)
  for (const region of regions.all) {
    const away = [...follow(region.id, 'error'), ...follow(region.id, 'timeout')].filter((to) => to < nodes.length)
    if (away.length > 0) for (const node of region.members) if (nodes[node]?.enabled === true) ways[node]?.push(...away)
    if (region.eaches.length > 0) for (const each of region.eaches) ways[each]?.push(...entriesOf(regions, region, nodes, graph))
  }
  // Only groups have ways that no wire shows.
  if (regions.all.length === 0) return ways
  for (const node of nodes) {
    for (const wires of graph.out[node.index]?.values() ?? []) {
      for (const { group } of wires)
        if (group !== undefined) ways[node.index]?.push(...follow(group, 'cancelled').filter((to) => to < nodes.length))
    }
  }
  return ways
}

export function compiledRegion(regions: Regions, region: Region, nodes: readonly CheckedNode[]): CompiledRegion {
  const { group, members, eaches } = region
  const inner = regions.all.filter(
    (other) =>
      other !== region && other.members.size > 0 && isWithin(other, region) && !(isWithin(region, other) && region.index < other.index),
  )
  const [each] = eaches
  return {
    nodes: [...[...members].flatMap((node) => (nodes[node]?.enabled === true ? [nodes[node].id] : [])), ...inner.map(({ id }) => id)],
    cancel: group.cancel === true,
    timeoutMs: group.timeout === undefined ? null : limitMs(group.timeout),
    each: each === undefined ? null : (nodes[each]?.id ?? null),
    ...(group.undo === true ? { undo: true as const } : {}),
  }
}

export function isWithin(inner: Region, outer: Region): boolean {
  for (const node of inner.members) if (!outer.members.has(node)) return false
  return true
}
