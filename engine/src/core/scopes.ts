import type { CompiledFlow } from './compiled.ts'
import type { NodeId, ScopeId } from './ids.ts'
import { regionsAround } from './regions.ts'
import type { Item, RunState, Scope, Token } from './run.ts'

/** Whether this join closes this scope: the scope was opened by the fork that dominates the join. */
export function closes(flow: CompiledFlow, join: NodeId, scope: Scope): boolean {
  const fork = flow.nodes[join]?.join?.fork ?? null
  return fork !== null && scope.fork === fork
}

/** The innermost scope around `from` that the join closes, or null when the line stands in none. */
export function scopeClosedBy(flow: CompiledFlow, run: RunState, join: NodeId, from: ScopeId): ScopeId | null {
  for (let id: ScopeId | null = from; id !== null; ) {
    const scope: Scope | undefined = run.scopes[id]
    if (scope === undefined) return null
    if (closes(flow, join, scope)) return id
    // A line that undoes a step closes no fork around that step.
    if (isUndoScope(run, id)) return null
    id = scope.parent
  }
  return null
}

/** Whether this is the scope of the lines that undo a step just now. */
export function isUndoScope(run: RunState, id: ScopeId): boolean {
  for (const key in run.undoing) if (run.undoing[key]?.current?.scope === id) return true
  return false
}

/** Whether a token stands in a scope or below it. */
export function isInside(run: RunState, token: Token, scope: ScopeId): boolean {
  for (let id: ScopeId | null = token.scope; id !== null; id = run.scopes[id]?.parent ?? null) if (id === scope) return true
  return false
}

/** Steps a line at this one may come to next: by its wires, or by those of the groups around it. */
export function waysFrom(flow: CompiledFlow, id: NodeId): readonly NodeId[] {
  const node = flow.nodes[id]
  const around = regionsAround(flow, id).flatMap(({ out }) => ['error', 'timeout'].flatMap((port) => out[port] ?? []))
  return [...Object.values(node?.out ?? {}).flat(), ...around].map((edge) => edge.node)
}

/** The innermost item of a for-each around a place, or null outside of all. */
export function itemScope(run: RunState, from: ScopeId): (Scope & { readonly item: Item }) | null {
  for (let id: ScopeId | null = from; id !== null; ) {
    const scope: Scope | undefined = run.scopes[id]
    if (scope === undefined) return null
    if (scope.item !== undefined) return { ...scope, item: scope.item }
    id = scope.parent
  }
  return null
}

/** The scopes a place lies in, the innermost first. */
export function scopesAround(run: RunState, from: ScopeId): readonly ScopeId[] {
  const around: ScopeId[] = []
  for (let id: ScopeId | null = from; id !== null; id = run.scopes[id]?.parent ?? null) around.push(id)
  return around
}

export function depthOf(run: RunState, scope: ScopeId): number {
  let depth = 0
  for (let id: ScopeId | null = scope; id !== null; id = run.scopes[id]?.parent ?? null) depth++
  return depth
}

/**
 * Whether a token inside a scope can still come to a join that closes it. Joins the scope has already passed end later arrivals,
 * so ways through them do not count.
 */
export function canReach(flow: CompiledFlow, run: RunState, token: Token, join: NodeId, scope: ScopeId): boolean {
  if (flow.nodes[token.node]?.reachesJoins.includes(join) !== true) return false
  const shut = (run.scopes[scope]?.closedBy ?? []).filter((closed) => scopeClosedBy(flow, run, closed, token.scope) === scope)
  if (shut.length === 0) return true
  const seen = new Set<NodeId>(shut)
  const open = [token.node]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const node of waysFrom(flow, id)) {
      if (node === join) return true
      if (!seen.has(node)) open.push(node)
      seen.add(node)
    }
  }
  return false
}
