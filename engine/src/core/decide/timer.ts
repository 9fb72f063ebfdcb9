import type { CommandOf } from '../command.ts'
import type { TimerId } from '../ids.ts'
import type { RunState, Token } from '../run.ts'
import { worded } from '../words.ts'
import { endRun } from './end.ts'
import { passTimedOutJoin } from './join.ts'
import { expireAttempt } from './node.ts'
import { type Progress, type Rejection, rejected } from './progress.ts'
import { queueForLock } from './queue.ts'
import { expireRegion } from './region.ts'
import { release } from './release.ts'
import { retryToken } from './run.ts'

export function decideTimerFire(progress: Progress, { timerId }: CommandOf<'timer.fire'>): Rejection | null {
  const { run, at } = progress
  const region = Object.values(run.regions ?? {}).find((one) => one.timerId === timerId)
  const found = region === undefined ? findTimer(run, timerId) : { token: null, dueAt: region.dueAt }
  if (found === null) return rejected('SLU_TIMER_UNKNOWN', `timer ${timerId} already fired or was cancelled`)
  if (at < found.dueAt) return rejected('SLU_TIMER_EARLY', `timer ${timerId} is due in ${found.dueAt - at} ms`)
  const { token } = found
  progress.emit({ kind: 'timer.fired', version: 1, at, timerId, token: token?.id ?? null })
  if (region !== undefined) expireRegion(progress, region)
  else if (token === null) failByTime(progress)
  else if (token.limit?.timerId === timerId) expireAttempt(progress, token, timerId)
  else elapse(progress, token, timerId)
  return null
}

function failByTime(progress: Progress): void {
  const { timeoutMs } = progress.flow
  const said = worded('SLU_RUN_TIMEOUT', `the run took longer than its limit of ${timeoutMs} ms`, `运行用时超过 ${timeoutMs} 毫秒的时限`)
  endRun(progress, { kind: 'run.failed', error: { ...said, node: null } }, { limitFired: true })
}

/** The wait itself came to its end. */
function elapse(progress: Progress, token: Token, fired: TimerId): void {
  const { wait } = token
  if (wait?.kind === 'retry') retryToken(progress, token.id)
  else if (wait?.kind === 'join') passTimedOutJoin(progress, token)
  else {
    release(progress, token, 'expired', fired)
    if (wait?.kind === 'timer' && wait.lock !== undefined) queueForLock(progress, token, wait.lock)
    else if (wait?.kind === 'timer') progress.complete(token, wait.port, wait.data, null)
    else progress.complete(token, wait?.kind === 'task' ? 'expired' : 'timeout', token.input, { timer: fired })
  }
}

function findTimer(run: RunState, timerId: TimerId): { readonly token: Token | null; readonly dueAt: number } | null {
  if (run.limit?.timerId === timerId) return { token: null, dueAt: run.limit.dueAt }
  for (const id in run.tokens) {
    const token = run.tokens[id]
    if (token === undefined) continue
    if (token.limit?.timerId === timerId) return { token, dueAt: token.limit.dueAt }
    const { wait } = token
    if (wait !== null && 'timerId' in wait && wait.timerId === timerId) return { token, dueAt: wait.dueAt ?? 0 }
  }
  return null
}
