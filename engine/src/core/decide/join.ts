import type { Json } from '@sluice/flows'
import type { CompiledJoin, CompiledNode } from '../compiled.ts'
import type { NodeId, Port, ScopeId, TokenId } from '../ids.ts'
import { payloadRefusal } from '../payload.ts'
import type { RunState, Token } from '../run.ts'
import { canReach, isInside, scopeClosedBy } from '../scopes.ts'
import type { Progress } from './progress.ts'
import { leaveRegions } from './region.ts'
import { cancelToken } from './release.ts'

/** Lines that met at one join below one fork. */
interface Gathering {
  readonly node: CompiledNode
  readonly join: CompiledJoin
  readonly scope: ScopeId
  /** In the order their tokens were made. */
  readonly tokens: readonly Token[]
}

/** Counts a token in: it waits, goes straight through a join that closes nothing here, or came after the join had passed. */
export function arrive(progress: Progress, id: TokenId): void {
  const { run, at } = progress
  const token = run.tokens[id]
  if (token === undefined) return
  const node = progress.node(token.node)
  const join = joinOf(node)
  const scope = scopeClosedBy(progress.flow, run, node.id, token.scope)
  if (scope === null) {
    pass(progress, { node, join, scope: token.scope, tokens: [token] }, 'out')
    return
  }
  if (run.scopes[scope]?.closedBy.includes(node.id) === true) {
    progress.emit({ kind: 'join.ignored', version: 1, at, node: node.id, token: id })
    return
  }
  const first = join.timeoutMs !== null && gathered(progress, node, scope).length === 0
  const deadline = first && join.timeoutMs !== null ? progress.timer(at + join.timeoutMs) : null
  const armed = { timerId: deadline?.timerId ?? null, dueAt: deadline?.dueAt ?? null }
  progress.emit({ kind: 'join.arrived', version: 1, at, node: node.id, token: id, ...armed })
  if (deadline !== null) progress.setTimer(deadline, id)
}

/** Lets one join pass that has what it waits for. False when none has. */
export function passOne(progress: Progress): boolean {
  for (const gathering of allGatherings(progress)) {
    if (!isComplete(progress, gathering)) continue
    pass(progress, gathering, 'out')
    return true
  }
  return false
}

/**
 * Joins in a ring wait for each other for ever: when nothing else lives, the oldest goes first. Asked last of all, when no for-each
 * has an item to start or results to go on with: its line is one that may still come.
 */
export function passRing(progress: Progress): boolean {
  const [oldest] = allGatherings(progress)
  if (oldest === undefined || !Object.values(progress.run.tokens).every(({ wait }) => wait?.kind === 'join' || wait?.kind === 'each'))
    return false
  pass(progress, oldest, 'out')
  return true
}

export function passTimedOutJoin(progress: Progress, token: Token): void {
  const node = progress.node(token.node)
  const scope = scopeClosedBy(progress.flow, progress.run, node.id, token.scope) ?? token.scope
  pass(progress, { node, join: joinOf(node), scope, tokens: gathered(progress, node, scope) }, 'timeout', true)
}

function isComplete(progress: Progress, { node, join, scope, tokens }: Gathering): boolean {
  if (join.mode === 'first') return true
  if (join.mode === 'n' && tokens.length >= join.n) return true
  return !canStillCome(progress, node.id, scope)
}

/** Whether a line below the fork is alive that may still reach the join. Incidents count: a person may mend them. */
function canStillCome(progress: Progress, join: NodeId, scope: ScopeId): boolean {
  const { run } = progress
  for (const id in run.tokens) {
    const token = run.tokens[id]
    if (token === undefined || meetsAt(progress, token, join, scope)) continue
    if (isInside(run, token, scope) && canReach(progress.flow, run, token, join, scope)) return true
  }
  return false
}

function pass(progress: Progress, { node, join, scope, tokens }: Gathering, port: Port, timedOut = false): void {
  const { at, run } = progress
  const closing = scopeClosedBy(progress.flow, run, node.id, scope) === scope
  const stays = closing && meetsAgain(progress, node, scope, tokens)
  const outside = closing && !stays ? (run.scopes[scope]?.parent ?? scope) : scope
  const why = join.mode === 'n' ? { arrived: tokens.length, wanted: join.n } : null
  const ids = tokens.map(({ id }) => id)
  const data = collected(tokens)
  // Joins wired in a ring would wrap their outputs round and round within one decision.
  const tooBig = payloadRefusal(data)
  if (tooBig !== null) progress.exceeded ??= { ...tooBig, node: node.id }
  if (progress.exceeded !== null) return
  if (!timedOut) for (const { wait } of tokens) if (wait?.kind === 'join') progress.clearTimer(wait.timerId)
  const { next, scope: opened } = progress.spawn(node, port, data, outside, tokens.length)
  const entry = { kind: 'join.passed', version: 1, at, node: node.id, port, scope, tokens: ids, data, why, next, opened } as const
  progress.emit(stays ? { ...entry, stays } : entry)
  progress.launch(next)
  leaveRegions(progress, node.id, outside, next)
  if (!join.cancelRest || !closing) return
  for (const token of Object.values(progress.run.tokens)) {
    if (!isInside(progress.run, token, scope) || next.some(({ id }) => id === token.id)) continue
    cancelToken(progress, token, `join ${node.id} went on without it`)
    const arriving = progress.arrivals.indexOf(token.id)
    if (arriving >= 0) progress.arrivals.splice(arriving, 1)
  }
}

/**
 * Whether the merged line will meet another line of the scope at a later join of the same fork: then it must stay in the scope,
 * or that join would take the two for strangers. What `cancelRest` is about to end does not count.
 */
function meetsAgain(progress: Progress, { id, join }: CompiledNode, scope: ScopeId, merged: readonly Token[]): boolean {
  if (join === null || join.cancelRest) return false
  const { flow, run } = progress
  const later = progress.node(id).reachesJoins.filter((other) => other !== id && flow.nodes[other]?.join?.fork === join.fork)
  if (later.length === 0) return false
  return Object.values(run.tokens).some(
    (token) =>
      !merged.includes(token) &&
      isInside(run, token, scope) &&
      later.some((other) => token.node === other || canReachPast(progress, token, other, id, scope)),
  )
}

/** As `canReach`, with the join that passes right now already shut. */
function canReachPast({ flow, run }: Progress, token: Token, join: NodeId, passing: NodeId, scope: ScopeId): boolean {
  const standing = run.scopes[scope]
  if (standing === undefined) return false
  const shut = { ...run, scopes: { ...run.scopes, [scope]: { ...standing, closedBy: [...standing.closedBy, passing] } } }
  return canReach(flow, shut, token, join, scope)
}

/** What each line brought, by the node it came from; a second line from the same node is `<node>#2`. */
function collected(tokens: readonly Token[]): { readonly [key: string]: Json } {
  const result: Record<string, Json> = {}
  for (const { from, input } of tokens) {
    const name = from ?? 'start'
    let key = name
    for (let count = 2; Object.hasOwn(result, key); count++) key = `${name}#${count}`
    result[key] = input
  }
  return result
}

function allGatherings(progress: Progress): Gathering[] {
  const { run } = progress
  const found = new Map<string, Gathering & { tokens: Token[] }>()
  for (const token of parkedAtJoins(run)) {
    const node = progress.node(token.node)
    const scope = scopeClosedBy(progress.flow, run, node.id, token.scope) ?? token.scope
    const key = `${node.id} ${scope}`
    const gathering = found.get(key)
    if (gathering === undefined) found.set(key, { node, join: joinOf(node), scope, tokens: [token] })
    else gathering.tokens.push(token)
  }
  return [...found.values()]
}

function gathered(progress: Progress, node: CompiledNode, scope: ScopeId): Token[] {
  return parkedAtJoins(progress.run).filter((token) => meetsAt(progress, token, node.id, scope))
}

/** Waits there for lines of this very scope. In a loop the lines of a later round wait at the same join, below another opening of its fork. */
function meetsAt({ flow, run }: Progress, token: Token, join: NodeId, scope: ScopeId): boolean {
  return token.node === join && token.wait?.kind === 'join' && (scopeClosedBy(flow, run, join, token.scope) ?? token.scope) === scope
}

function parkedAtJoins(run: RunState): Token[] {
  const parked: Token[] = []
  for (const id in run.tokens) {
    const token = run.tokens[id]
    if (token?.wait?.kind === 'join') parked.push(token)
  }
  return parked.sort((left, right) => Number(left.id.slice(1)) - Number(right.id.slice(1)))
}

function joinOf(node: CompiledNode): CompiledJoin {
  if (node.join === null) throw new Error(`SLU_FLOW_DRIFT: ${node.id} is no join`)
  return node.join
}
