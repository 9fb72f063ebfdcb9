import type { Json } from '@sluice/flows'
import type { NodeError, Why } from '../command.ts'
import type { NewToken } from '../entry.ts'
import type { NodeId, Port, ScopeId, TimerId, TokenId } from '../ids.ts'
import { holds, itemAround, type RegionNode, regionKey, regionsAround, regionsOf, scopeOutside, standsIn, tokensIn } from '../regions.ts'
import type { TimedRegion, Token } from '../run.ts'
import { isInside, itemScope } from '../scopes.ts'
import { inUndoLine } from '../undo.ts'
import { worded } from '../words.ts'
import { calledRun, unhandled } from './failure.ts'
import { type Progress, wiresOf } from './progress.ts'
import { cancelToken, stopAttempt } from './release.ts'
import { undoGroup } from './undo.ts'

interface Leaving {
  readonly region: RegionNode
  readonly item: ScopeId | null
  readonly port: Port
  /** Ends as the line goes on: its scopes stand until then. */
  readonly token: Token
  readonly scope: ScopeId
  readonly data: Json
  readonly why: Why | null
  readonly reason: string
}

/** Cancels what is inside a group, and lets one line go on from the group itself. */
function leaveWhole(
  progress: Progress,
  { region, item, port, token, scope, data, why, reason }: Leaving,
  fired: TimerId | null = null,
): void {
  if (undoGroup(progress, { region, item, token, exit: { port, data, why, scope }, reason }, fired)) return
  cancelInside(progress, region.id, item, token.id, reason)
  const timed = progress.run.regions?.[regionKey(region.id, item)]
  if (timed !== undefined && timed.timerId !== fired) progress.clearTimer(timed.timerId)
  const { next, scope: opened } = progress.spawn(region, port, data, scope, 1)
  const ended = { node: region.id, item, port, token: token.id, data, why, next, scope, opened }
  progress.emit({ kind: 'region.ended', version: 1, at: progress.at, ...ended })
  progress.launch(next)
  leaveRegions(progress, region.id, scope, next)
}

export function cancelInside(progress: Progress, region: NodeId, item: ScopeId | null, except: TokenId | null, reason: string): void {
  for (const other of tokensIn(progress.flow, progress.run, region, item)) if (other.id !== except) cancelToken(progress, other, reason)
}

/** A line went on outside of groups that end when one leaves. */
export function leaveRegions(progress: Progress, from: NodeId, scope: ScopeId, next: readonly NewToken[]): void {
  const { flow } = progress
  for (const { id, region } of regionsAround(flow, from)) {
    if (!region.cancel || next.every(({ node }) => holds(flow, id, node))) continue
    cancelInside(progress, id, itemAround(flow, progress.run, id, scope), null, `a line left the group ${id}`)
  }
}

/** A line came to the cancel port of a group: what is inside ends, and the line goes on by `cancelled`. */
export function cancelRegion(progress: Progress, region: RegionNode, token: Token): void {
  const { flow, run } = progress
  const item = itemAround(flow, run, region.id, token.scope)
  const scope = scopeOutside(flow, run, region.id, token.scope)
  const reason = `the group ${region.id} was cancelled`
  leaveWhole(progress, { region, item, port: 'cancelled', token, scope, data: token.input, why: { by: token.from }, reason })
}

/** Leads a failure out by the nearest boundary around its step: the item it belongs to, or a group with an error line. */
export function leadOut(progress: Progress, token: Token, error: NodeError): boolean {
  const { flow } = progress
  const { code, message } = error
  const data = { code, message, node: token.node, attempt: token.attempt, ...calledRun(error) }
  let scope = token.scope
  for (const region of regionsAround(flow, token.node)) {
    if (region.region.each === null) {
      if (wiresOf(region, 'error').length === 0) continue
      const item = itemAround(flow, progress.run, region.id, scope)
      const outside = scopeOutside(flow, progress.run, region.id, scope)
      const why = { code, node: token.node }
      const reason = `${token.node} failed in the group ${region.id}`
      leaveWhole(progress, { region, item, port: 'error', token, scope: outside, data, why, reason })
      return true
    }
    const of = progress.run.tokens[itemOf(progress, region.region.each, scope) ?? '']
    if (of === undefined) return false
    if (itemTakes(progress, of, token, data)) return true
    scope = of.scope
  }
  return false
}

/** The token of the for-each whose item the place lies in. */
function itemOf({ run }: Progress, node: NodeId, from: ScopeId): TokenId | null {
  for (let at = itemScope(run, from); at !== null; at = at.parent === null ? null : itemScope(run, at.parent))
    if (at.fork === node) return at.item.of
  return null
}

function itemTakes(
  progress: Progress,
  of: Token,
  token: Token,
  data: { readonly code: string; readonly message: string; readonly node: NodeId; readonly attempt: number },
): boolean {
  const node = progress.node(of.node)
  let at = itemScope(progress.run, token.scope)
  while (at !== null && at.item.of !== of.id) at = at.parent === null ? null : itemScope(progress.run, at.parent)
  if (at === null) return false
  const { index } = at.item
  if (progress.run.each?.[of.id]?.collect === true) {
    for (const other of Object.values(progress.run.tokens)) {
      if (other.id !== token.id && isInside(progress.run, other, at.id)) cancelToken(progress, other, `item ${index} failed`)
    }
    const { code, message, node: failed } = data
    const error = { code, message, node: failed }
    const entry = { node: node.id, token: of.id, index, line: token.id, error }
    progress.emit({ kind: 'each.item-failed', version: 1, at: progress.at, ...entry })
    return true
  }
  if (wiresOf(node, 'error').length === 0) return false
  stopAttempt(progress, of)
  progress.complete(of, 'error', { ...data, index }, { item: index, node: data.node })
  return true
}

/** Time limits of groups run from the first line that enters to the last one that leaves. True: something changed. */
export function watchRegions(progress: Progress): boolean {
  const { flow, run, at } = progress
  const present = new Set<string>()
  let changed = false
  for (const { id, region } of regionsOf(flow)) {
    if (region.timeoutMs === null) continue
    for (const token of Object.values(run.tokens)) {
      // A person takes the time a person takes: incidents alone keep no limit running.
      if (token.state === 'incident' || !standsIn(flow, run, id, token) || inUndoLine(run, token.scope)) continue
      const item = itemAround(flow, run, id, token.scope)
      const key = regionKey(id, item)
      if (present.has(key)) continue
      present.add(key)
      if (progress.run.regions?.[key] !== undefined) continue
      const deadline = progress.timer(at + region.timeoutMs)
      progress.emit({ kind: 'region.entered', version: 1, at, node: id, item, ...deadline })
      progress.setTimer(deadline, null)
      changed = true
    }
  }
  for (const [key, { node, item, timerId }] of Object.entries(progress.run.regions ?? {})) {
    if (present.has(key)) continue
    progress.clearTimer(timerId)
    progress.emit({ kind: 'region.left', version: 1, at, node, item })
    changed = true
  }
  return changed
}

/** A group took too long: its line goes on by `timeout`, or it fails like a step that took too long. */
export function expireRegion(progress: Progress, { node, item, timerId }: TimedRegion): void {
  const { flow, run, at } = progress
  const region = regionsOf(flow).find(({ id }) => id === node)
  if (region === undefined) throw new Error(`SLU_FLOW_DRIFT: flow ${flow.key}@${flow.version} has no group ${node}`)
  const { timeoutMs } = region.region
  const said = worded(
    'SLU_GROUP_TIMEOUT',
    `the group took longer than its limit of ${timeoutMs} ms`,
    `分组用时超过 ${timeoutMs} 毫秒的时限`,
  )
  const { code, message } = said
  const reason = `the group ${node} took too long`
  const data = { code, message, node, attempt: 1 }
  const inside = tokensIn(flow, run, node, item).filter(({ scope }) => !inUndoLine(run, scope))
  const first = inside.find(isMoving) ?? inside.find(({ state }) => state !== 'incident') ?? inside[0]
  if (first === undefined) return
  const port = ['timeout', 'error'].find((one) => wiresOf(region, one).length > 0)
  if (port !== undefined) {
    stopAttempt(progress, first)
    const scope = scopeOutside(flow, run, node, first.scope)
    leaveWhole(progress, { region, item, port, token: first, scope, data, why: { timer: timerId }, reason }, timerId)
    return
  }
  for (const other of inside) if (other.id !== first.id) cancelToken(progress, other, reason)
  const standing = progress.run.tokens[first.id]
  progress.emit({ kind: 'region.left', version: 1, at, node, item })
  if (standing === undefined) return
  stopAttempt(progress, standing)
  const error = { ...said, terminal: true }
  progress.emit({ kind: 'node.failed', version: 1, at, node: standing.node, token: standing.id, attempt: standing.attempt, error })
  unhandled(progress, { ...standing, wait: null, limit: null }, error)
}

/** At a step of its own: neither left to a person, nor to other lines at a join, nor to the undoing of a group within. */
function isMoving({ state, wait }: Token): boolean {
  return state !== 'incident' && wait?.kind !== 'undo' && wait?.kind !== 'join'
}
