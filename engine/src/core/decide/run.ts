import type { CommandOf } from '../command.ts'
import { rootScope } from '../draft.ts'
import type { EntryOf } from '../entry.ts'
import { payloadRefusal } from '../payload.ts'
import { inUndoLine } from '../undo.ts'
import { textOf } from '../words.ts'
import { endRun } from './end.ts'
import { unhandled } from './failure.ts'
import { ready } from './node.ts'
import { isGate, type Progress, type Rejection, rejected } from './progress.ts'
import { queueStart, waitsFor } from './queue.ts'
import { release } from './release.ts'

type Started = { -readonly [Field in keyof EntryOf<'run.started'>]: EntryOf<'run.started'>[Field] }

export function decideRunStart(progress: Progress, command: CommandOf<'run.start'>): Rejection | null {
  const { flow, at } = progress
  const trigger = Object.hasOwn(flow.nodes, command.trigger) ? flow.nodes[command.trigger] : undefined
  if (trigger === undefined || trigger.behaviour !== 'trigger')
    return rejected('SLU_TRIGGER_UNKNOWN', `flow ${flow.key} version ${flow.version} has no trigger ${command.trigger}`)
  const tooBig = payloadRefusal(command.data)
  if (tooBig !== null) return rejected('SLU_PAYLOAD_LIMIT', tooBig.message)
  // Timers of the first tokens are named after the run's own, which the same entry records.
  const limit = flow.timeoutMs === null ? null : progress.timer(at + flow.timeoutMs)
  const gate = command.parent === null ? waitsFor(command) : null
  const { next, scope } =
    gate === null ? progress.spawn(trigger, 'out', command.data, rootScope, 0, limit === null ? 0 : 1) : { next: [], scope: null }
  const started: Started = {
    kind: 'run.started',
    version: 1,
    at,
    run: command.run,
    flow: flow.key,
    flowVersion: flow.version,
    digest: flow.digest,
    node: trigger.id,
    event: command.event,
    data: command.data,
    next,
    scope,
    parent: command.parent,
    limit,
  }
  if (command.by !== undefined) started.by = command.by
  if (command.authors !== undefined) started.authors = command.authors
  if (command.depth !== undefined) started.depth = command.depth
  if (command.rank !== undefined) started.rank = command.rank
  progress.emit(started)
  if (limit !== null) progress.setTimer(limit, null)
  if (gate !== null) queueStart(progress, trigger.id, command.data, gate)
  else progress.launch(next)
  return null
}

/** `core.stop`: the whole run ends well, with this output. */
export function decideRunStop(progress: Progress, command: CommandOf<'run.stop'>): Rejection | null {
  const token = ready(progress, command.token, command.attempt)
  if ('accepted' in token) return token
  release(progress, token, 'cancelled')
  const { at } = progress
  const tooBig = payloadRefusal(command.output)
  if (tooBig !== null) {
    endRun(progress, { kind: 'run.failed', error: { ...tooBig, node: token.node } })
    return null
  }
  const { node, id } = token
  const undoes = inUndoLine(progress.run, token.scope)
  progress.emit({
    kind: 'node.completed',
    version: 1,
    at,
    node,
    token: id,
    port: 'out',
    data: command.output,
    why: null,
    next: [],
    scope: null,
  })
  if (!undoes) endRun(progress, { kind: 'run.succeeded', output: command.output })
  return null
}

/** `core.fail`: the whole run ends in failure, by design of the flow. */
export function decideRunFail(progress: Progress, command: CommandOf<'run.fail'>): Rejection | null {
  const token = ready(progress, command.token, command.attempt)
  if ('accepted' in token) return token
  const { node, id, attempt } = token
  const { code, message } = command.error
  release(progress, token, 'cancelled')
  progress.emit({ kind: 'node.failed', version: 1, at: progress.at, node, token: id, attempt, error: command.error })
  if (inUndoLine(progress.run, token.scope)) unhandled(progress, token, command.error)
  else endRun(progress, { kind: 'run.failed', error: { code, message, node, ...textOf(command.error) } }, { by: id })
  return null
}

export function decideRunCancel(progress: Progress, command: CommandOf<'run.cancel'>): Rejection | null {
  if (progress.run.undoing?.[''] !== undefined)
    return rejected(
      'SLU_RUN_UNDOING',
      `run ${progress.run.id} is undoing its steps and ends by itself; retry or skip the one that is stuck`,
    )
  endRun(progress, { kind: 'run.cancelled', reason: command.reason, by: command.by }, { compensate: command.compensate === true })
  return null
}

export function decideRunRetry(progress: Progress, _command: CommandOf<'run.retry'>): Rejection | null {
  const stuck = Object.values(progress.run.tokens).filter((token) => token.state === 'incident')
  if (stuck.length === 0) return rejected('SLU_RUN_NO_INCIDENT', `run ${progress.run.id} has no incident to retry (${progress.run.status})`)
  for (const token of stuck) retryToken(progress, token.id)
  return null
}

/** Puts a parked token back to work as its next attempt. */
export function retryToken(progress: Progress, id: string): void {
  const token = progress.run.tokens[id]
  if (token === undefined) return
  const attempt = token.attempt + 1
  const limit = progress.attemptLimit(progress.node(token.node))
  const entry = { kind: 'node.retried', version: 1, at: progress.at, node: token.node, token: id, attempt } as const
  progress.emit(limit === null ? entry : { ...entry, limit })
  // Nothing is run where lines only meet: the line waits there again.
  if (isGate(progress.node(token.node))) progress.arrivals.push(id)
  else progress.effects.push({ kind: 'node.run', token: id, node: token.node, attempt })
  if (limit !== null) progress.setTimer(limit, id)
}
