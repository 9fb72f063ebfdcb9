import { isAddressed, type Person } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import { mayAnswer, mayTransfer } from '../domain/may.ts'
import { type TaskRow, tasks } from '../domain/tables.ts'
import { getTask } from './answer.ts'

/** Command `tasks.claim { task, by }`: others see who works on it. Claiming one's own again changes nothing. */
export function claimTask(context: WriteContext, { task: id, by }: { readonly task: string; readonly by: Person }): TaskRow {
  const task = openTask(context, id)
  if (!mayAnswer(task, by)) throw problem('SLU_TASK_NOT_YOURS', 403, 'This task is assigned to somebody else')
  if (task.claimedBy !== null && task.claimedBy !== by.id) throw problem('SLU_TASK_CLAIMED', 409, 'Somebody else is working on this task')
  return save(context, { ...task, claimedBy: by.id }, 'task.claimed', by)
}

/** Command `tasks.transfer { task, to, by }`: passes it on and frees the claim. */
export function transferTask(
  context: WriteContext,
  { task: id, to, by }: { readonly task: string; readonly to: string; readonly by: Person },
): TaskRow {
  const task = openTask(context, id)
  if (!mayTransfer(task, by)) throw problem('SLU_TASK_NOT_YOURS', 403, 'This task is assigned to somebody else')
  if (to.trim() === '')
    throw problem('SLU_TASK_ASSIGNEE', 422, 'Nobody to pass it on to', [{ path: '/to', message: 'user:…, rep:… or role:…' }])
  if (
    task.fourEyes &&
    task.authors.some(
      (author) => author === to || `user:${author}` === to || isAddressed(to, { id: author, name: '', roles: [], rep: author }),
    )
  ) {
    throw problem('SLU_TASK_OWN', 403, 'Nobody approves their own work')
  }
  return save(context, { ...task, assignee: to, claimedBy: null }, 'task.transferred', by)
}

function openTask(context: WriteContext, id: string): TaskRow {
  const task = getTask(context, id)
  if (task.state !== 'open') throw problem('SLU_TASK_CLOSED', 409, 'This task is closed already')
  return task
}

function save(context: WriteContext, task: TaskRow, audit: string, by: Person): TaskRow {
  context.records.upsert(tasks, task)
  context.audit(audit, { task: task.id, run: task.run, by: by.id })
  context.notify('tasks', { task: task.id, assignee: task.assignee, state: 'open' })
  return task
}
