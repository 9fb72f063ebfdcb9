import type { Json, JsonObject, Person } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import { caseIdOf } from '../domain/case-id.ts'
import { isOwn, type Standing, standingOf } from '../domain/may.ts'
import { type CaseRow, type TaskRow, tasks } from '../domain/tables.ts'
import { assertData } from './assert-data.ts'
import { disarm } from './clocks.ts'
import { coveredBy } from './covered.ts'
import { goOn } from './decide.ts'
import { knownPerson } from './known-person.ts'
import { note, tell } from './note.ts'
import { advance, closeOpen, findCase } from './stages.ts'
import { vetoLate } from './veto-late.ts'

export interface Answer {
  readonly task: string
  readonly action: string
  readonly data?: Json
  readonly shownHash: string
  readonly by: Person
}

/** Command `tasks.answer`: the answer, the receipt of a veto, and the run's next steps commit together. */
export function answerTask(context: WriteContext, answer: Answer): TaskRow {
  const { by } = answer
  const task = getTask(context, answer.task)
  const standing = assertMay(context, task, by)
  const action = actionOf(task, answer.action)
  const it = findCase(context, task)
  if (task.kind === 'veto' && action === 'veto' && task.action === 'approve' && vetoLate(context, task, it, answer, standing))
    return getTask(context, task.id)
  assertOpen(context, task, answer)
  assertFirst(it, task, by)
  const data = answer.data ?? {}
  assertData(task, data)
  const done: TaskRow = {
    ...task,
    state: 'answered',
    answeredAt: context.now,
    answeredBy: by.id,
    ...(by.behind === undefined ? {} : { answeredBehind: by.behind }),
    answeredFor: standing.for,
    action,
    data,
  }
  context.records.upsert(tasks, done)
  disarm(context, done)
  context.audit(
    'task.answered',
    { task: task.id, run: task.run, by: by.id, ...(standing.for === null ? {} : { for: standing.for }) },
    { action, shownHash: task.shownHash },
  )
  tell(context, done)
  if (done.kind === 'question') reply(context, done, by)
  else if (it === null) {
    if (done.hasQuestions === true) closeOpen(context, done.id, 'cancelled')
    goOn(context, done, [])
  } else {
    const { shownHash } = task
    const behind = by.behind === undefined ? {} : { behind: by.behind }
    advance(context, it, done, { action, by: by.id, ...behind, for: standing.for, at: context.now, data, shownHash })
  }
  return getTask(context, task.id)
}

export function getTask(context: WriteContext, id: string): TaskRow {
  const task = context.records.find(tasks, { id })
  if (task === null) throw problem('SLU_TASK_UNKNOWN', 404, `No task ${id}`)
  return task
}

/** In whose place this person acts on the task; a refusal when in nobody's. */
export function getStanding(context: WriteContext, task: TaskRow, by: Person): Standing {
  const standing = standingOf(task, by, coveredBy(context.records, by, context.now))
  if (standing === null) throw problem('SLU_TASK_NOT_YOURS', 403, 'This task is assigned to somebody else')
  return standing
}

export function assertMay(context: WriteContext, task: TaskRow, by: Person): Standing {
  const standing = getStanding(context, task, by)
  if (task.kind === 'veto' && context.actor.kind !== 'user')
    throw problem('SLU_VETO_NEEDS_PERSON', 403, 'A veto is decided by a signed-in person')
  if (isOwn(task, by, withRepOfNow(context, standing))) throw problem('SLU_TASK_OWN', 403, 'Nobody approves their own work')
  return standing
}

/** Somebody may have become a rep since their absence was entered. */
function withRepOfNow(context: WriteContext, standing: Standing): Standing {
  const rep = standing.for === null ? null : knownPerson(context, standing.for)?.rep
  return rep == null ? standing : { ...standing, names: [...(standing.names ?? []), rep, `rep:${rep}`] }
}

function assertOpen(context: WriteContext, task: TaskRow, answer: Answer): void {
  if (task.state !== 'open' || (task.dueAt !== null && context.now >= task.dueAt))
    throw problem('SLU_TASK_CLOSED', 409, 'This task is closed already')
  if (task.claimedBy !== null && task.claimedBy !== answer.by.id)
    throw problem('SLU_TASK_CLAIMED', 409, 'Somebody else is working on this task')
  if (task.shownHash !== answer.shownHash)
    throw problem('SLU_TASK_CHANGED', 409, 'What you were shown has changed', [{ path: '/shownHash', message: 'read the task again' }])
}

/** Two signatures are two people; a token is no second one of whoever made it. */
function assertFirst(it: CaseRow | null, task: TaskRow, by: Person): void {
  const who = by.behind ?? by.id
  const signed = it?.stages.some(({ seats }) =>
    seats.some(({ task: seat, signature }) => seat !== task.id && signature !== null && (signature.behind ?? signature.by) === who),
  )
  if (signed === true) throw problem('SLU_TASK_TWICE', 403, 'You have signed this already; the second signature is somebody else’s')
}

/** A veto also takes the names of its ports. */
function actionOf(task: TaskRow, action: string): string {
  const named = task.kind === 'veto' ? ({ approved: 'approve', vetoed: 'veto', reject: 'veto' }[action] ?? action) : action
  if (task.actions.includes(named)) return named
  throw problem('SLU_TASK_ACTION', 422, 'This answer is not on offer', [{ path: '/action', message: task.actions.join(', ') }])
}

/** A question moves no run; its answer stands beside the task it was asked about. */
function reply(context: WriteContext, question: TaskRow, by: Person): void {
  const text = (question.data as JsonObject | null)?.answer
  note(context, question, 'replied', by.id, { text: typeof text === 'string' ? text : '' })
  const asked = context.records.find(tasks, { id: caseIdOf(question) })
  if (asked !== null) tell(context, asked, 'replied')
}
