import type { NodeId, ScopeId, TimerId, TokenId } from '../ids.ts'
import { type RegionNode, regionKey, regionsOf } from '../regions.ts'
import type { GroupExit, Token, Undoing, Unwound } from '../run.ts'
import { inUndoLine, stepsToUndo, undoingWithin, undoKey } from '../undo.ts'
import { endRun } from './end.ts'
import type { Progress } from './progress.ts'
import { cancelInside, leaveRegions } from './region.ts'
import { cancelToken, stopAttempt } from './release.ts'

/** Undoes the completed steps of the whole run before it ends. False: there is nothing to undo. */
export function undoRun(progress: Progress, ending: Unwound, reason: string, by: TokenId | null): boolean {
  const { flow, run } = progress
  const place = { region: null, item: null }
  const steps = stepsToUndo(flow, run, place)
  if (steps.length === 0 && undoingWithin(flow, run, place).length === 0) return false
  const token = waitingToken(progress, by)
  for (const other of Object.values(run.tokens)) if (other.id !== token?.id) cancelToken(progress, other, reason)
  if (token !== null && token.wait?.kind !== 'undo') stopAttempt(progress, token, reason)
  begin(progress, place, { token, ending, exit: null })
  return true
}

/** One line waits until all is undone, so that what it stands in (a lock, its turn) is kept until then. */
function waitingToken({ run }: Progress, by: TokenId | null): Token | null {
  const first = run.tokens[by ?? ''] ?? Object.values(run.tokens).find(({ scope }) => !inUndoLine(run, scope))
  return first ?? null
}

interface Leaving {
  readonly region: RegionNode
  readonly item: ScopeId | null
  readonly token: Token
  readonly exit: GroupExit
  readonly reason: string
}

/** Undoes the completed steps of a group that ends as a whole, before the line goes on. False: there is nothing to undo. */
export function undoGroup(progress: Progress, { region, item, token, exit, reason }: Leaving, fired: TimerId | null): boolean {
  if (region.region.undo !== true) return false
  const { flow, run } = progress
  const place = { region: region.id, item }
  const joins = run.undoing?.[undoKey(region.id, item)] !== undefined
  if (!joins && stepsToUndo(flow, run, place).length === 0 && undoingWithin(flow, run, place).length === 0) return false
  progress.compensates = true
  cancelInside(progress, region.id, item, token.id, reason)
  progress.compensates = false
  const timed = run.regions?.[regionKey(region.id, item)]
  if (timed !== undefined) {
    if (timed.timerId !== fired) progress.clearTimer(timed.timerId)
    progress.emit({ kind: 'region.left', version: 1, at: progress.at, node: region.id, item })
  }
  begin(progress, place, { token, ending: null, exit, joins })
  return true
}

interface Begun {
  readonly token: Token | null
  readonly ending: Unwound | null
  readonly exit: GroupExit | null
  /** The group is being undone already. */
  readonly joins?: boolean
}

function begin(
  progress: Progress,
  place: { readonly region: NodeId | null; readonly item: ScopeId | null },
  { token, ending, exit, joins = false }: Begun,
): void {
  const steps = stepsToUndo(progress.flow, progress.run, place).map((step) => step.token)
  const started = { kind: 'undo.started', version: 1, at: progress.at, ...place, token: token?.id ?? null, ending, exit, steps } as const
  progress.emit(joins ? { ...started, joins } : started)
}

/** Goes on undoing: the next step when the last one is undone, the end when all are. True: something happened. */
export function turnUndo(progress: Progress): boolean {
  const { run, flow } = progress
  for (const undoing of Object.values(run.undoing ?? {})) {
    const { region, item, current, todo } = undoing
    if (current !== null) {
      if (current.scope !== null && run.scopes[current.scope] !== undefined) continue
      const { node, token } = current
      progress.emit({ kind: 'undo.step-done', version: 1, at: progress.at, region, item, node, token })
      return true
    }
    // What a group within began to undo is finished first: one after the other.
    if (undoingWithin(flow, run, undoing).length > 0) continue
    const [next] = todo
    if (next === undefined) finish(progress, undoing)
    else startStep(progress, undoing, next)
    return true
  }
  return false
}

function startStep(progress: Progress, { region, item }: Undoing, { node: id, token }: Undoing['todo'][number]): void {
  const { run, at, flow } = progress
  // Moved to a version that cannot undo it any more: nothing to do, and the record says so.
  const node = Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined
  const next = node === undefined ? [] : progress.spawnUndo(node)
  if (progress.exceeded !== null) return
  const scope = next.length === 0 ? null : `s${run.next.scope}`
  const opened = next.length > 1 ? `s${run.next.scope + 1}` : null
  progress.emit({ kind: 'undo.step-started', version: 1, at, region, item, node: id, token, next, scope, opened })
  progress.launch(next)
}

function finish(progress: Progress, { region: id, item, ending, exit, token, behind = [] }: Undoing): void {
  const { at, run } = progress
  progress.emit({ kind: 'undo.ended', version: 1, at, region: id, item, undone: run.undone?.length ?? 0 })
  if (ending !== null) {
    endRun(progress, ending, { compensate: false })
    return
  }
  const region = regionsOf(progress.flow).find((one) => one.id === id)
  if (region === undefined) return
  if (exit !== null && token !== null) goOn(progress, { region, item }, token, exit)
  for (const line of behind) goOn(progress, { region, item }, line.token, line.exit)
}

/** A line that waited goes on, unless it was ended meanwhile by what happened around the group. */
function goOn(progress: Progress, { region, item }: Pick<Leaving, 'region' | 'item'>, token: TokenId, exit: GroupExit): void {
  if (progress.run.tokens[token]?.wait?.kind !== 'undo') return
  const { at } = progress
  const { port, data, why, scope } = exit
  const { next, scope: opened } = progress.spawn(region, port, data, scope, 1)
  const ended = { kind: 'region.ended', version: 1, at, node: region.id, item, port, token, data, why, next, scope, opened } as const
  const limitRuns = progress.run.regions?.[regionKey(region.id, item)] !== undefined
  progress.emit(limitRuns ? { ...ended, limitRuns } : ended)
  progress.launch(next)
  leaveRegions(progress, region.id, scope, next)
}
