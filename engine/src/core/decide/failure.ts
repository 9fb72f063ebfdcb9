import type { Retry } from '@sluice/flows'
import type { NodeError } from '../command.ts'
import { fnv1a } from '../fnv.ts'
import type { RunId, TokenId, UserId } from '../ids.ts'
import type { RunError, Token } from '../run.ts'
import { inUndoLine } from '../undo.ts'
import { textOf } from '../words.ts'
import { endRun } from './end.ts'
import { type Progress, wiresOf } from './progress.ts'
import { leadOut } from './region.ts'
import { release } from './release.ts'

/**
 * A failed attempt: tried again if that may help, else led out by the error port, else left to a person or the end of the run.
 * `authors`: whose words may be in the error, when they came from another run.
 */
export function failStep(progress: Progress, token: Token, error: NodeError, authors?: readonly UserId[]): void {
  const node = progress.node(token.node)
  const { at } = progress
  release(progress, token, 'cancelled')
  const failed = { kind: 'node.failed', version: 1, at, node: node.id, token: token.id, attempt: token.attempt, error } as const
  progress.emit(authors === undefined ? failed : { ...failed, authors })
  const { retry } = node
  if (!error.terminal && error.person !== true && node.effect !== 'unsafe' && retry !== null && token.attempt < retry.attempts) {
    const deadline = progress.timer(at + retryDelay(retry, progress.run.id, token.id, token.attempt))
    const attempt = token.attempt + 1
    progress.emit({ kind: 'node.retry-scheduled', version: 1, at, node: node.id, token: token.id, attempt, ...deadline })
    progress.setTimer(deadline, token.id)
    return
  }
  const { code, message } = error
  if (error.person !== true && wiresOf(node, 'error').length > 0) {
    progress.complete(token, 'error', { code, message, node: node.id, attempt: token.attempt, ...calledRun(error) }, null)
    return
  }
  unhandled(progress, token, error)
}

/** Which called run failed, for whoever mends it. */
export function calledRun({ run }: NodeError): { readonly run?: RunId } {
  return run === undefined ? {} : { run }
}

/** Nothing at the step itself takes the failure: a boundary around it does, or a person, or the run ends. */
export function unhandled(progress: Progress, token: Token, error: NodeError): void {
  const { at } = progress
  const undoes = inUndoLine(progress.run, token.scope)
  if (error.person !== true && !undoes && leadOut(progress, token, error)) return
  const { code, message } = error
  const runError: RunError = { code, message, node: token.node, ...textOf(error) }
  if (error.person === true || undoes || progress.flow.onError === 'incident')
    progress.emit({ kind: 'incident.raised', version: 1, at, node: token.node, token: token.id, error: runError })
  else endRun(progress, { kind: 'run.failed', error: runError }, { by: token.id })
}

/**
 * Milliseconds until the next attempt. Jitter keeps a crowd of failed steps from coming back at once; it is a hash of the
 * token, so the same history gives the same delay on every host.
 */
export function retryDelay(retry: Required<Retry>, run: RunId, token: TokenId, attempt: number): number {
  const grown = retry.backoff === 'exponential' ? retry.delayMs * 2 ** (attempt - 1) : retry.delayMs
  const delay = Math.min(grown, retry.maxDelayMs)
  return retry.jitter ? Math.round(delay * (0.5 + 0.5 * fraction(`${run}:${token}:${attempt}`))) : delay
}

/** FNV-1a, mixed once more because its high bits stay close for short texts; in [0, 1). */
function fraction(text: string): number {
  const plain = fnv1a(text)
  let hash = Math.imul(plain ^ (plain >>> 16), 0x85ebca6b)
  hash ^= hash >>> 13
  return (hash >>> 0) / 0x1_0000_0000
}
