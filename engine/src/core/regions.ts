import type { CompiledFlow, CompiledNode, CompiledRegion } from './compiled.ts'
import type { NodeId, ScopeId } from './ids.ts'
import type { RunState, Scope, Token } from './run.ts'

export type RegionNode = CompiledNode & { readonly region: CompiledRegion }

interface Regions {
  readonly all: readonly RegionNode[]
  /** Innermost first. */
  readonly around: ReadonlyMap<NodeId, readonly RegionNode[]>
  readonly inside: ReadonlyMap<NodeId, ReadonlySet<NodeId>>
}

const known = new WeakMap<CompiledFlow, Regions>()
const none: readonly RegionNode[] = []

function regionsIn(flow: CompiledFlow): Regions {
  const found = known.get(flow)
  if (found !== undefined) return found
  const all = Object.values(flow.nodes).filter((node): node is RegionNode => node.region !== undefined)
  all.sort((left, right) => left.region.nodes.length - right.region.nodes.length)
  const around = new Map<NodeId, RegionNode[]>()
  for (const one of all) for (const node of one.region.nodes) around.set(node, [...(around.get(node) ?? []), one])
  const regions = { all, around, inside: new Map(all.map((one) => [one.id, new Set(one.region.nodes)])) }
  known.set(flow, regions)
  return regions
}

export function regionsOf(flow: CompiledFlow): readonly RegionNode[] {
  return regionsIn(flow).all
}

/** Groups a step stands in, the innermost first. */
export function regionsAround(flow: CompiledFlow, node: NodeId): readonly RegionNode[] {
  return regionsIn(flow).around.get(node) ?? none
}

export function holds(flow: CompiledFlow, region: NodeId, node: NodeId): boolean {
  return regionsIn(flow).inside.get(region)?.has(node) === true
}

/** A group in a for-each is another one for each item. */
export function regionKey(region: NodeId, item: ScopeId | null): string {
  return item === null ? region : `${region}@${item}`
}

/** The item a group runs in, seen from a place inside it: items of for-each steps within the group do not count. */
export function itemAround(flow: CompiledFlow, run: RunState, region: NodeId, from: ScopeId): ScopeId | null {
  for (let id: ScopeId | null = from; id !== null; ) {
    const scope: Scope | undefined = run.scopes[id]
    if (scope === undefined) return null
    if (scope.item !== undefined && !holds(flow, region, scope.fork ?? '')) return id
    id = scope.parent
  }
  return null
}

/** Where a line goes on that leaves a group as a whole: outside of all forks and locks within it. */
export function scopeOutside(flow: CompiledFlow, run: RunState, region: NodeId, from: ScopeId): ScopeId {
  let id = from
  for (let scope = run.scopes[id]; scope?.parent != null; scope = run.scopes[id]) {
    const opener = scope.fork ?? run.locks?.[id]?.node
    if (opener === undefined || !holds(flow, region, opener)) break
    id = scope.parent
  }
  return id
}

/** Lines that stand in a group, of this item only. */
export function tokensIn(flow: CompiledFlow, run: RunState, region: NodeId, item: ScopeId | null): readonly Token[] {
  const found: Token[] = []
  for (const id in run.tokens) {
    const token = run.tokens[id]
    if (token !== undefined && standsIn(flow, run, region, token) && itemAround(flow, run, region, token.scope) === item) found.push(token)
  }
  return found
}

/** Whether a line is in a group. One that waits until a group is undone has left that one, and those within it. */
export function standsIn(flow: CompiledFlow, run: RunState, region: NodeId, token: Token): boolean {
  if (!holds(flow, region, token.node)) return false
  if (token.wait?.kind !== 'undo') return true
  const left = Object.values(run.undoing ?? {}).find(
    (one) => one.token === token.id || one.behind?.some((line) => line.token === token.id) === true,
  )
  return left !== undefined && left.region !== null && holds(flow, region, left.region)
}
