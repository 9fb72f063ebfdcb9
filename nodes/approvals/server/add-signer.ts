import type { Person } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import { caseLimits, type Place, signerCount, stageOf, withSigner } from '../domain/case.ts'
import { caseIdOf } from '../domain/case-id.ts'
import { type CaseRow, type TaskRow, tasks } from '../domain/tables.ts'
import { assertMay, getTask } from './answer.ts'
import { assertAddress, assertFree, getOpen } from './hand-over.ts'
import { note } from './note.ts'
import { closeOpen, findCase, openStage } from './stages.ts'

export interface NewSigner {
  readonly task: string
  readonly to: string
  /** Before this one signs, at the same time, or after. */
  readonly place: Place
  readonly comment?: string
  readonly by: Person
}

/** Command `tasks.add-signer`: one more person signs. It only ever adds a signature that is needed. */
export function addSigner(context: WriteContext, { task: id, to, place, comment, by }: NewSigner): TaskRow {
  const task = getOpen(context, id)
  if (task.kind === 'question') throw problem('SLU_TASK_QUESTION', 409, 'A question is answered, not signed')
  assertMay(context, task, by)
  assertFree(task, by)
  assertAddress(task, to)
  const it = findCase(context, task) ?? aloneCase(context, task)
  const open = it.stages[it.at]
  if (open?.seats.some(({ who }) => who === to) === true && place === 'with')
    throw problem('SLU_TASK_SIGNERS', 409, 'This person signs already')
  if (place === 'with' && task.kind === 'veto' && (open?.seats.length ?? 1) > 1 && open?.need !== 'all')
    throw problem('SLU_TASK_NOT_YOURS', 403, 'Where not everybody has to agree, one more signer would make approving easier')
  const stages = withSigner(it.stages, it.at, to, place)
  if (signerCount(stages) > caseLimits.signersMax || stages.length > caseLimits.stagesMax)
    throw problem('SLU_TASK_SIGNERS', 409, `At most ${caseLimits.signersMax} signers in ${caseLimits.stagesMax} stages`)
  const inCase: TaskRow = { ...task, case: it.id, stage: task.stage ?? it.at }
  context.records.upsert(tasks, inCase)
  note(context, inCase, 'signer-added', by.id, { to, text: comment ?? '' })
  if (place === 'before') closeOpen(context, it.id, 'cancelled')
  openStage(context, { ...it, stages }, it.at, inCase)
  return getTask(context, id)
}

/** A task that stood alone becomes the only seat of a case. */
function aloneCase(context: WriteContext, task: TaskRow): CaseRow {
  const [seat] = stageOf([task.assignee]).seats
  const stages = [{ need: 'all', ratio: null, seats: seat === undefined ? [] : [{ ...seat, task: task.id }] }] as const
  return { id: caseIdOf(task), run: task.run, subject: task.subject, stages, at: 0, state: 'open', createdAt: context.now }
}
