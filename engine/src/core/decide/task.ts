import type { CommandOf } from '../command.ts'
import { payloadRefusal } from '../payload.ts'
import { type Progress, type Rejection, rejected } from './progress.ts'
import { release } from './release.ts'

/** The line leaves by the port named like the action the person chose. */
export function decideTaskAnswer(progress: Progress, command: CommandOf<'task.answer'>): Rejection | null {
  const { taskId, action, by, data } = command
  const token = Object.values(progress.run.tokens).find(({ wait }) => wait?.kind === 'task' && wait.taskId === taskId)
  if (token?.wait?.kind !== 'task') return rejected('SLU_TASK_CLOSED', `task ${taskId} was answered, expired or withdrawn`)
  if (!token.wait.actions.includes(action))
    return rejected('SLU_TASK_ACTION_UNKNOWN', `task ${taskId} offers ${token.wait.actions.join(', ')}, not ${action}`)
  const tooBig = payloadRefusal(data)
  if (tooBig !== null) return rejected('SLU_PAYLOAD_LIMIT', tooBig)
  release(progress, token, 'answered')
  progress.emit({ kind: 'task.answered', version: 1, at: progress.at, node: token.node, token: token.id, taskId, action, by })
  progress.complete(token, action, data, { task: taskId, action, by })
  return null
}
