import { isAddressed, type Person } from '@sluice/sdk'
import type { AbsenceRow, TaskRow } from './tables.ts'

/** In whose place somebody answers: their own, or that of a person who is away. */
export interface Standing {
  readonly for: string | null
  /** All the ways that person is named. */
  readonly names?: readonly string[]
}

/** Absences whose deputy this person is, at this moment. */
export type Covered = readonly Pick<AbsenceRow, 'person' | 'addresses' | 'byAdmin'>[]

/** How a task is this person's to answer, or null. An admin may step in for plain tasks, never for a veto. */
export function standingOf(task: Pick<TaskRow, 'kind' | 'assignee'>, person: Person, covered: Covered = []): Standing | null {
  if (isAddressed(task.assignee, person)) return { for: null }
  const absent = covered.find(({ addresses, byAdmin }) => addresses.includes(task.assignee) && (byAdmin || task.kind !== 'veto'))
  if (absent !== undefined) return { for: absent.person, names: absent.addresses }
  return task.kind !== 'veto' && person.roles.includes('admin') ? { for: null } : null
}

export function mayAnswer(task: Pick<TaskRow, 'kind' | 'assignee'>, person: Person, covered: Covered = []): boolean {
  return standingOf(task, person, covered) !== null
}

/** Nobody approves their own: whoever started the run, proposed the value or filled in its data; nor does an author's deputy or token. */
export function isOwn(task: Pick<TaskRow, 'fourEyes' | 'authors'>, person: Person, standing: Standing | null = null): boolean {
  if (!task.fourEyes) return false
  const users = [person.id, person.behind, standing?.for].flatMap((id) => (id == null ? [] : [id, `user:${id}`]))
  const reps = [person.rep, person.behindRep].flatMap((id) => (id == null ? [] : [id, `rep:${id}`]))
  const own = new Set([...users, ...reps, ...(standing?.names ?? [])])
  return task.authors.some((author) => own.has(author))
}

/** Passing on: whoever has a plain task, or an admin. A veto changes hands by an admin only, so that no forwarded link decides. */
export function mayTransfer(task: Pick<TaskRow, 'kind' | 'assignee'>, person: Person, covered: Covered = []): boolean {
  return person.roles.includes('admin') || (task.kind === 'task' && mayAnswer(task, person, covered))
}

/** Taking back: whoever sent it, while the flow offers that way out. A proposal about money may always be taken back. */
export function mayWithdraw(task: Pick<TaskRow, 'kind' | 'sender' | 'withdrawable'>, person: Person): boolean {
  const sender = task.sender ?? null
  const isSender =
    sender !== null &&
    (sender === person.id || sender === `user:${person.id}` || (person.rep !== null && [person.rep, `rep:${person.rep}`].includes(sender)))
  return isSender && task.kind !== 'question' && (task.kind === 'veto' || task.withdrawable === true)
}
