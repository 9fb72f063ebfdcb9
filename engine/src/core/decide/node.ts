import type { CommandOf, WaitRequest } from '../command.ts'
import type { TokenId } from '../ids.ts'
import { payloadRefusal } from '../payload.ts'
import type { Deadline, Token, Wait } from '../run.ts'
import { worded } from '../words.ts'
import { failStep } from './failure.ts'
import { holdsAlready, requestLock } from './lock.ts'
import { type Progress, type Rejection, rejected } from './progress.ts'
import { abandon, release } from './release.ts'

const notOpen: ReadonlySet<Wait['kind'] | undefined> = new Set(['join', 'retry', 'undo'] as const)

/** A result counts for the attempt it belongs to; a step that waits for something outside may also be completed by hand. */
export function decideNodeComplete(progress: Progress, command: CommandOf<'node.complete'>): Rejection | null {
  const token = progress.run.tokens[command.token]
  const refusal = late(token, command.token, command.attempt)
  if (refusal !== null || token === undefined) return refusal
  if (token.state === 'incident' || notOpen.has(token.wait?.kind))
    return rejected(
      'SLU_TOKEN_NOT_OPEN',
      `token ${token.id} at ${token.node} is not waiting for a result (${token.wait?.kind ?? token.state})`,
    )
  const tooBig = payloadRefusal(command.data)
  if (tooBig !== null) {
    failStep(progress, token, { ...tooBig, terminal: true })
    return null
  }
  release(progress, token, 'answered')
  if (token.wait?.kind === 'call') progress.effects.push({ kind: 'call.cancel', run: token.wait.run, reason: 'the caller no longer waits' })
  progress.complete(token, command.port, command.data, command.why, { acted: command.acted !== false })
  return null
}

export function decideNodeFail(progress: Progress, command: CommandOf<'node.fail'>): Rejection | null {
  const token = ready(progress, command.token, command.attempt)
  if ('accepted' in token) return token
  failStep(progress, token, command.error)
  return null
}

export function decideNodeWait(progress: Progress, command: CommandOf<'node.wait'>): Rejection | null {
  const token = ready(progress, command.token, command.attempt)
  if ('accepted' in token) return token
  if (command.wait.kind === 'lock' && holdsAlready(progress.run, token, command.wait.key)) {
    progress.complete(token, 'out', token.input, { lock: command.wait.key, held: true })
    return null
  }
  const { wait, deadline } = toWait(progress, command.wait)
  const limit = waitLimit(progress, token, deadline === null ? 0 : 1)
  const entry = { kind: 'node.waiting', version: 1, at: progress.at, node: token.node, token: token.id, wait, why: command.why } as const
  progress.emit(limit === null ? entry : { ...entry, limit })
  if (deadline !== null) progress.setTimer(deadline, token.id)
  if (limit !== null) progress.setTimer(limit, token.id)
  if (wait.kind === 'lock') requestLock(progress, token, wait)
  if (wait.kind === 'event') progress.effects.push({ kind: 'event.await', token: token.id, type: wait.type, key: wait.key })
  return null
}

/** The token when it is this attempt's and the step runs; otherwise why the command came too late. */
export function ready(progress: Progress, id: TokenId, attempt: number): Token | Rejection {
  const token = progress.run.tokens[id]
  const refusal = late(token, id, attempt)
  if (refusal !== null) return refusal
  if (token === undefined || token.state !== 'ready')
    return rejected('SLU_TOKEN_NOT_OPEN', `token ${id} is ${token?.wait?.kind ?? token?.state}, not running`)
  return token
}

function late(token: Token | undefined, id: TokenId, attempt: number): Rejection | null {
  if (token === undefined) return rejected('SLU_TOKEN_UNKNOWN', `token ${id} has moved on or was cancelled`)
  if (token.attempt !== attempt)
    return rejected('SLU_ATTEMPT_LATE', `token ${id} is at attempt ${token.attempt}; this result belongs to attempt ${attempt}`)
  return null
}

/** Steps without an outside effect begin their time limit when they start to wait. */
export function waitLimit(progress: Progress, token: Token, offset: number): Deadline | null {
  const { timeoutMs } = progress.node(token.node)
  return timeoutMs === null || token.limit != null ? null : progress.timer(progress.at + timeoutMs, offset)
}

function toWait(progress: Progress, request: WaitRequest): { readonly wait: Wait; readonly deadline: Deadline | null } {
  switch (request.kind) {
    case 'timer': {
      const deadline = progress.timer(request.dueAt)
      return { wait: { kind: 'timer', ...deadline, port: request.port, data: request.data }, deadline }
    }
    case 'event': {
      const deadline = request.timeoutAt === null ? null : progress.timer(request.timeoutAt)
      return { wait: { kind: 'event', type: request.type, key: request.key, ...orNever(deadline) }, deadline }
    }
    case 'task': {
      const deadline = request.dueAt === null ? null : progress.timer(request.dueAt)
      return { wait: { kind: 'task', taskId: request.taskId, actions: request.actions, ...orNever(deadline) }, deadline }
    }
    case 'call':
      return { wait: { kind: 'call', run: request.run }, deadline: null }
    case 'lock': {
      const deadline = request.timeoutAt === null ? null : progress.timer(request.timeoutAt)
      return { wait: { kind: 'lock', key: request.key, limit: request.limit, ...orNever(deadline) }, deadline }
    }
    case 'milestone':
      return { wait: { kind: 'milestone', step: request.step }, deadline: null }
  }
}

function orNever(deadline: Deadline | null): { readonly timerId: string | null; readonly dueAt: number | null } {
  return { timerId: deadline?.timerId ?? null, dueAt: deadline?.dueAt ?? null }
}

/** The attempt took too long: what it ordered is withdrawn and the step fails, which a retry may mend. */
export function expireAttempt(progress: Progress, token: Token, fired: string): void {
  const { timeoutMs } = progress.node(token.node)
  release(progress, token, 'expired', fired)
  if (token.wait?.kind === 'call')
    progress.effects.push({ kind: 'call.cancel', run: token.wait.run, reason: 'the calling step reached its time limit' })
  if (token.state === 'ready') abandon(progress, token)
  const said = worded('SLU_NODE_TIMEOUT', `the step took longer than its limit of ${timeoutMs} ms`, `步骤用时超过 ${timeoutMs} 毫秒的时限`)
  const error = { ...said, terminal: false }
  failStep(progress, { ...token, wait: null, limit: null }, error)
}
