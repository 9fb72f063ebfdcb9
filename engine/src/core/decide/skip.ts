import type { CommandOf } from '../command.ts'
import { payloadRefusal } from '../payload.ts'
import { type Progress, type Rejection, rejected } from './progress.ts'
import { abandon, release } from './release.ts'

/**
 * The line goes on as if the step had given this. What it had ordered and what has not left is withdrawn. A person's decision is
 * not a step that can be skipped, and a join has no output of its own.
 */
export function decideNodeSkip(progress: Progress, command: CommandOf<'node.skip'>): Rejection | null {
  const { token: id, attempt, port, data, reason, by } = command
  const token = progress.run.tokens[id]
  if (token === undefined) return rejected('SLU_TOKEN_UNKNOWN', `token ${id} has moved on or was cancelled`)
  if (token.attempt !== attempt) return rejected('SLU_ATTEMPT_LATE', `token ${id} is at attempt ${token.attempt} by now`)
  const { wait } = token
  const node = progress.node(token.node)
  const forOthers = wait?.kind === 'task' || wait?.kind === 'undo' ? wait.kind : node.behaviour === 'join' ? node.behaviour : null
  if (forOthers !== null)
    return rejected(
      'SLU_SKIP_REFUSED',
      `${token.node} waits for ${{ task: 'a person', join: 'other lines', undo: 'what is being undone' }[forOthers]}, which nobody can state`,
    )
  // The undo line begins when the step is undone, and never by a line that goes on.
  const wired = Object.keys(node.out).filter((one) => one !== 'undo')
  if (!wired.includes(port) && port !== 'out') {
    const ports = wired.join(', ') || 'out'
    return rejected('SLU_SKIP_PORT', `${token.node} has no wired port ${port}; it has ${ports}`)
  }
  const tooBig = payloadRefusal(data)
  if (tooBig !== null) return rejected('SLU_PAYLOAD_LIMIT', tooBig.message)
  release(progress, token, 'cancelled')
  if (wait?.kind === 'call') progress.effects.push({ kind: 'call.cancel', run: wait.run, reason: 'the calling step was skipped' })
  if (token.state === 'ready') abandon(progress, token)
  progress.emit({
    kind: 'node.skipped',
    version: 1,
    at: progress.at,
    node: token.node,
    token: id,
    reason,
    by,
    ...(by === null ? {} : { authors: [by] }),
  })
  progress.complete(token, port, data, { skipped: true, reason, by }, { acted: false })
  return null
}
