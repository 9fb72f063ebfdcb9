import { problem, type WriteContext } from '@sluice/sdk/server'
import { caseIdOf } from '../domain/case-id.ts'
import { type NoteAct, notes, type TaskRow } from '../domain/tables.ts'

/** Bounds of what is said about one case. */
export const noteLimits = { perCaseMax: 500, textCharsMax: 2_000 } as const

export interface Said {
  readonly text?: string
  readonly to?: string | null
  /** The journal of a run that no longer waits takes no more notes. */
  readonly isClosed?: boolean
}

/** What happened to a task: into its thread, the audit log and the run's journal, all in this transaction. */
export function note(
  context: WriteContext,
  task: TaskRow,
  act: NoteAct,
  by: string | null,
  { text = '', to = null, isClosed }: Said = {},
): void {
  const id = caseIdOf(task)
  if (by !== null && context.records.count(notes, { case: id }) >= noteLimits.perCaseMax)
    throw problem('SLU_TASK_NOTES', 409, `A task takes ${noteLimits.perCaseMax} notes`)
  context.records.insert(notes, { id: context.newId(), case: id, subject: task.subject, at: context.now, by, act, text, to })
  context.audit(`task.${act}`, { task: task.id, run: task.run, ...(by === null ? {} : { by }), ...(to === null ? {} : { to }) })
  if (isClosed !== true) context.runs.noteTask(task.run, id, act, by, to === null ? { task: task.id } : { task: task.id, to })
}

/** Tells open inboxes. */
export function tell(context: WriteContext, task: TaskRow, state: string = task.state): void {
  context.notify('tasks', { task: task.id, assignee: task.assignee, state })
}
