import { isAddressed, type Person } from '@sluice/sdk'
import type { TaskRow } from './tables.ts'

/** Whether a task is this person's to answer. An admin may step in for plain tasks, never for a veto. */
export function mayAnswer(task: Pick<TaskRow, 'kind' | 'assignee'>, person: Person): boolean {
  return isAddressed(task.assignee, person) || (task.kind === 'task' && person.roles.includes('admin'))
}

/** Nobody approves their own: whoever started the run, proposed the value or filled in its data. */
export function isOwn(task: Pick<TaskRow, 'fourEyes' | 'authors'>, person: Person): boolean {
  return (
    task.fourEyes &&
    task.authors.some(
      (author) =>
        author === person.id ||
        author === `user:${person.id}` ||
        (person.rep !== null && (author === person.rep || author === `rep:${person.rep}`)),
    )
  )
}

/** Passing on: whoever has a plain task, or an admin. A veto changes hands by an admin only, so that no forwarded link decides. */
export function mayTransfer(task: Pick<TaskRow, 'kind' | 'assignee'>, person: Person): boolean {
  return person.roles.includes('admin') || (task.kind === 'task' && isAddressed(task.assignee, person))
}
