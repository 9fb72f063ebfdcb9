import type { CommandOf } from '../command.ts'
import type { TaskId } from '../ids.ts'
import { payloadRefusal } from '../payload.ts'
import type { Token } from '../run.ts'
import { type Progress, type Rejection, rejected } from './progress.ts'
import { release } from './release.ts'

/** The line leaves by the port named like the action the person chose. */
export function decideTaskAnswer(progress: Progress, command: CommandOf<'task.answer'>): Rejection | null {
  const { taskId, action, by, data } = command
  const token = tokenOf(progress, taskId)
  if (token?.wait?.kind !== 'task') return closed(taskId)
  if (!token.wait.actions.includes(action))
    return rejected('SLU_TASK_ACTION_UNKNOWN', `task ${taskId} offers ${token.wait.actions.join(', ')}, not ${action}`)
  const tooBig = payloadRefusal(data)
  if (tooBig !== null) return rejected('SLU_PAYLOAD_LIMIT', tooBig.message)
  release(progress, token, 'answered')
  const answered = { kind: 'task.answered', version: 1, at: progress.at, node: token.node, token: token.id, taskId, action, by } as const
  progress.emit(command.authors === undefined ? answered : { ...answered, authors: command.authors })
  progress.complete(token, action, data, { ...command.why, task: taskId, action, by })
  return null
}

/** What happened to a task on its way; the line stays where it is. */
export function decideTaskNote(progress: Progress, { taskId, act, by, why }: CommandOf<'task.note'>): Rejection | null {
  const token = tokenOf(progress, taskId)
  if (token === undefined) return closed(taskId)
  progress.emit({ kind: 'task.noted', version: 1, at: progress.at, node: token.node, token: token.id, taskId, act, by, why })
  return null
}

function tokenOf(progress: Progress, taskId: TaskId): Token | undefined {
  return Object.values(progress.run.tokens).find(({ wait }) => wait?.kind === 'task' && wait.taskId === taskId)
}

function closed(taskId: TaskId): Rejection {
  return rejected('SLU_TASK_CLOSED', `task ${taskId} was answered, expired or withdrawn`)
}
