import type { TimerId } from '../ids.ts'
import type { Token } from '../run.ts'
import { inUndoLine } from '../undo.ts'
import type { Progress } from './progress.ts'

type TaskReason = 'answered' | 'expired' | 'cancelled'

/** Takes back all that a parked token armed: its timers, its wait, its task. `fired` is the timer that rang just now. */
export function release(progress: Progress, token: Token, task: TaskReason, fired: TimerId | null = null): void {
  const clear = (timerId: TimerId | null | undefined): void => {
    if (timerId !== fired) progress.clearTimer(timerId)
  }
  clear(token.limit?.timerId)
  const { wait } = token
  if (wait === null) return
  if ('timerId' in wait) clear(wait.timerId)
  if (wait.kind === 'event') progress.effects.push({ kind: 'event.ignore', token: token.id })
  if (wait.kind === 'lock') progress.effects.push({ kind: 'lock.free', token: token.id })
  if (wait.kind === 'task') progress.effects.push({ kind: 'task.close', taskId: wait.taskId, reason: task })
}

/** Takes back everything an attempt armed and ordered; the token stays. */
export function stopAttempt(progress: Progress, token: Token, reason = 'the calling step was stopped'): void {
  release(progress, token, 'cancelled')
  if (token.wait?.kind === 'call')
    progress.effects.push({ kind: 'call.cancel', run: token.wait.run, reason, ...(progress.compensates ? { compensate: true } : {}) })
  if (token.state === 'ready') abandon(progress, token)
}

/**
 * Ends a line that must not go on, with everything it ordered; one that ended meanwhile is left alone, and so is one that undoes
 * a step: what is half undone is worse than either.
 */
export function cancelToken(progress: Progress, token: Token, reason: string, undoingToo = false): void {
  if (progress.run.tokens[token.id] === undefined || (!undoingToo && inUndoLine(progress.run, token.scope))) return
  stopAttempt(progress, token, reason)
  const arriving = progress.arrivals.indexOf(token.id)
  if (arriving >= 0) progress.arrivals.splice(arriving, 1)
  progress.emit({ kind: 'token.cancelled', version: 1, at: progress.at, node: token.node, token: token.id, reason })
}

/** What is never ordered: lines only come to stand here. */
const stands: ReadonlySet<string> = new Set(['join', 'region', 'trigger'])

/** A step ordered in this very decision is simply not ordered; an earlier one is withdrawn. */
export function abandon(progress: Progress, token: Token): void {
  const ordered = progress.effects.findIndex((effect) => effect.kind === 'node.run' && effect.token === token.id)
  if (ordered >= 0) progress.effects.splice(ordered, 1)
  else if (!stands.has(progress.node(token.node).behaviour))
    progress.effects.push({ kind: 'node.abandon', token: token.id, node: token.node, attempt: token.attempt })
}
