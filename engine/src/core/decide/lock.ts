import type { CommandOf } from '../command.ts'
import type { TokenId } from '../ids.ts'
import { runLimits } from '../limits.ts'
import type { RunState, StartLock, Token, Wait } from '../run.ts'
import { depthOf, scopesAround } from '../scopes.ts'
import { failStep } from './failure.ts'
import { counted, exceeded, type Progress, type Rejection, rejected, wiresOf } from './progress.ts'
import { winRace } from './race.ts'
import { leaveRegions } from './region.ts'
import { release } from './release.ts'

/** Whether the line stands in a hold of this key: it does not wait for itself. */
export function holdsAlready(run: RunState, token: Token, key: string): boolean {
  return scopesAround(run, token.scope).some((scope) => run.locks?.[scope]?.key === key)
}

/** Orders a place in the queue, and says which locks the line would keep from others while it stands there. */
export function requestLock(
  progress: Progress,
  token: Token,
  { key, limit }: Extract<Wait, { kind: 'lock' }>,
  whenFull?: StartLock['whenFull'],
): void {
  const { run } = progress
  const under = scopesAround(run, token.scope).flatMap((scope): readonly TokenId[] => {
    const hold = run.locks?.[scope]
    return hold === undefined ? [] : [hold.token]
  })
  const request = { kind: 'lock.request', token: token.id, key, limit, under } as const
  progress.effects.push(whenFull === undefined ? request : { ...request, whenFull })
}

/** The line goes on inside: what leaves from here holds the lock together. */
export function decideLockGrant(progress: Progress, { token: id }: CommandOf<'lock.grant'>): Rejection | null {
  const token = progress.run.tokens[id]
  if (token?.wait?.kind !== 'lock') return rejected('SLU_LOCK_LATE', `token ${id} no longer waits for a lock`)
  const { wait } = token
  progress.clearTimer(token.limit?.timerId)
  progress.clearTimer(wait.timerId)
  const node = progress.node(token.node)
  const { input: data } = token
  if (wiresOf(node, 'out').length === 0) {
    progress.effects.push({ kind: 'lock.free', token: id })
    progress.complete(token, 'out', data, { lock: wait.key })
    return null
  }
  if (depthOf(progress.run, token.scope) > runLimits.scopeDepthMax)
    progress.exceeded ??= exceeded('SLU_RUN_SCOPES_LIMIT', counted.forks, runLimits.scopeDepthMax)
  winRace(progress, token)
  const number = progress.run.next.scope
  const { next, scope: forked } = progress.spawn(node, 'out', data, token.scope, 1)
  const opened = forked === null ? null : `s${number + 1}`
  const scope = `s${number}`
  progress.emit({ kind: 'lock.taken', version: 1, at: progress.at, node: node.id, token: id, key: wait.key, data, next, scope, opened })
  progress.launch(next)
  leaveRegions(progress, node.id, token.scope, next)
  return null
}

/** A wait that can never end is a failure of the step, not a run that hangs. */
export function decideLockRefuse(progress: Progress, { token: id, error }: CommandOf<'lock.refuse'>): Rejection | null {
  const token = progress.run.tokens[id]
  if (token?.wait?.kind !== 'lock') return rejected('SLU_LOCK_LATE', `token ${id} no longer waits for a lock`)
  release(progress, token, 'cancelled')
  failStep(progress, { ...token, wait: null, limit: null }, error)
  return null
}

/** Gives back every lock whose last line has left it, ended or been cancelled. A line in an incident keeps what it holds. */
export function freeLocks(progress: Progress): void {
  const { run, at } = progress
  for (const [scope, { node, token, key }] of Object.entries(run.locks ?? {})) {
    if (run.scopes[scope] !== undefined) continue
    progress.emit({ kind: 'lock.freed', version: 1, at, node, token, key, scope })
    progress.effects.push({ kind: 'lock.free', token })
  }
}
