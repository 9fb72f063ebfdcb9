import type { Json, JsonObject, Person } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import { answerFlaws } from '../domain/form.ts'
import { isOwn, mayAnswer } from '../domain/may.ts'
import { type TaskRow, tasks } from '../domain/tables.ts'
import { issueReceipt, revokeReceipt } from './receipts.ts'

export interface Answer {
  readonly task: string
  readonly action: string
  readonly data?: Json
  readonly shownHash: string
  readonly by: Person
}

/** Command `tasks.answer`: the answer, the receipt of a veto, and the run's next steps commit together. */
export function answerTask(context: WriteContext, answer: Answer): TaskRow {
  const task = getTask(context, answer.task)
  assertMay(context, task, answer.by)
  const action = actionOf(task, answer.action)
  if (task.kind === 'veto' && action === 'veto' && task.action === 'approve' && revokeReceipt(context, task, answer.by))
    return getTask(context, task.id)
  assertOpen(context, task, answer)
  const data = answer.data ?? {}
  const flaws = answerFlaws(task.form, data)
  if (flaws.length > 0) throw problem('SLU_TASK_DATA', 422, 'The form is not filled in right', flaws)
  const done: TaskRow = { ...task, state: 'answered', answeredAt: context.now, answeredBy: answer.by.id, action, data }
  context.records.upsert(tasks, done)
  goOn(context, done, answer.by)
  context.audit('task.answered', { task: task.id, run: task.run, by: answer.by.id }, { action, shownHash: task.shownHash })
  context.notify('tasks', { task: task.id, assignee: task.assignee, state: 'answered' })
  return done
}

export function getTask(context: WriteContext, id: string): TaskRow {
  const task = context.records.find(tasks, { id })
  if (task === null) throw problem('SLU_TASK_UNKNOWN', 404, `No task ${id}`)
  return task
}

function assertMay(context: WriteContext, task: TaskRow, by: Person): void {
  if (!mayAnswer(task, by)) throw problem('SLU_TASK_NOT_YOURS', 403, 'This task is assigned to somebody else')
  if (task.kind === 'veto' && context.actor.kind !== 'user')
    throw problem('SLU_VETO_NEEDS_PERSON', 403, 'A veto is decided by a signed-in person')
  if (isOwn(task, by)) throw problem('SLU_TASK_OWN', 403, 'Nobody approves their own work')
}

function assertOpen(context: WriteContext, task: TaskRow, answer: Answer): void {
  if (task.state !== 'open' || (task.dueAt !== null && context.now >= task.dueAt))
    throw problem('SLU_TASK_CLOSED', 409, 'This task is closed already')
  if (task.claimedBy !== null && task.claimedBy !== answer.by.id)
    throw problem('SLU_TASK_CLAIMED', 409, 'Somebody else is working on this task')
  if (task.shownHash !== answer.shownHash)
    throw problem('SLU_TASK_CHANGED', 409, 'What you were shown has changed', [{ path: '/shownHash', message: 'read the task again' }])
}

/** A veto also takes the names of its ports. */
function actionOf(task: TaskRow, action: string): string {
  const named = task.kind === 'veto' ? ({ approved: 'approve', vetoed: 'veto', reject: 'veto' }[action] ?? action) : action
  if (task.actions.includes(named)) return named
  throw problem('SLU_TASK_ACTION', 422, 'This answer is not on offer', [{ path: '/action', message: task.actions.join(', ') }])
}

function goOn(context: WriteContext, task: TaskRow, by: Person): void {
  const at = new Date(context.now).toISOString()
  if (task.kind === 'task') {
    const output = { task: task.id, action: task.action, data: task.data, by: by.id, at }
    context.runs.answerTask(task.run, task.id, task.action ?? '', output, by.id)
    return
  }
  const reason = (task.data as JsonObject | null)?.reason ?? null
  const approved = task.action === 'approve'
  const output = approved
    ? { ...membersOf(task.value), value: task.value, receipt: issueReceipt(context, task, by), reason }
    : { value: task.value, by: by.id, at, reason }
  context.runs.answerTask(task.run, task.id, approved ? 'approved' : 'vetoed', output, by.id)
}

/** The approved value's own members travel beside it, so that `input.amount` and `input.value.amount` are the same thing. */
function membersOf(value: Json): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}
