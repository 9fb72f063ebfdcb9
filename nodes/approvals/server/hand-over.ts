import { isAddressed, type Person } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import { mayTransfer } from '../domain/may.ts'
import { type CaseRow, cases, type NoteAct, type TaskRow, tasks } from '../domain/tables.ts'
import { getStanding, getTask } from './answer.ts'
import { coveredBy } from './covered.ts'
import { note, noteLimits, tell } from './note.ts'
import { findCase } from './stages.ts'

interface Act {
  readonly task: string
  readonly by: Person
  readonly comment?: string
}

/** Command `tasks.claim { task, by }`: others see who works on it. Claiming one's own again changes nothing. */
export function claimTask(context: WriteContext, { task: id, by }: Act): TaskRow {
  const task = getOpen(context, id)
  getStanding(context, task, by)
  if (task.claimedBy === by.id) return task
  assertFree(task, by)
  return save(context, { ...task, claimedBy: by.id }, 'claimed', by)
}

/** Command `tasks.transfer { task, to, by }`: passes it on and frees the claim. It can come back by `return`. */
export function transferTask(context: WriteContext, { task: id, to, by, comment }: Act & { readonly to: string }): TaskRow {
  const task = getOpen(context, id)
  if (!mayTransfer(task, by, coveredBy(context.records, by, context.now)))
    throw problem('SLU_TASK_NOT_YOURS', 403, 'This task is assigned to somebody else')
  assertAddress(task, to)
  const heldBy = [...(task.heldBy ?? []), task.assignee].slice(-20)
  return save(context, { ...task, assignee: to, claimedBy: null, heldBy }, 'transferred', by, { text: comment ?? '', to })
}

export function getOpen(context: WriteContext, id: string): TaskRow {
  const task = getTask(context, id)
  if (task.state !== 'open' || (task.dueAt !== null && context.now >= task.dueAt))
    throw problem('SLU_TASK_CLOSED', 409, 'This task is closed already')
  return task
}

export function assertFree(task: TaskRow, by: Person): void {
  if (task.claimedBy !== null && task.claimedBy !== by.id) throw problem('SLU_TASK_CLAIMED', 409, 'Somebody else is working on this task')
}

/** Somebody is named, and not whoever's own work it is. */
export function assertAddress(task: TaskRow, to: string): void {
  if (to.trim() === '')
    throw problem('SLU_TASK_ASSIGNEE', 422, 'Nobody to pass it on to', [{ path: '/to', message: 'user:…, rep:… or role:…' }])
  const isAuthor = (author: string) =>
    author === to || `user:${author}` === to || isAddressed(to, { id: author, name: '', roles: [], rep: author })
  if (task.fourEyes && task.authors.some(isAuthor)) throw problem('SLU_TASK_OWN', 403, 'Nobody approves their own work')
}

/** Writes the row and its seat in the case, and what happened. */
export function save(
  context: WriteContext,
  task: TaskRow,
  act: NoteAct,
  by: Person,
  said: { readonly text?: string; readonly to?: string } = {},
): TaskRow {
  if ((said.text ?? '').length > noteLimits.textCharsMax)
    throw problem('SLU_TASK_NOTES', 409, `A note has at most ${noteLimits.textCharsMax} characters`)
  context.records.upsert(tasks, task)
  const it = findCase(context, task)
  if (it !== null) context.records.upsert(cases, reseated(it, task))
  note(context, task, act, by.id, said)
  tell(context, task)
  return task
}

function reseated(it: CaseRow, task: TaskRow): CaseRow {
  const stages = it.stages.map((stage) => ({
    ...stage,
    seats: stage.seats.map((seat) => (seat.task === task.id ? { ...seat, who: task.assignee } : seat)),
  }))
  return { ...it, stages }
}
