import type { Person } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import { caseIdOf } from '../domain/case-id.ts'
import { mayWithdraw } from '../domain/may.ts'
import { cases, type TaskRow } from '../domain/tables.ts'
import { getTask } from './answer.ts'
import { getOpen } from './hand-over.ts'
import { note } from './note.ts'
import { closeOpen, findCase } from './stages.ts'

/** Command `tasks.withdraw`: its sender takes it back. The run leaves by `withdrawn`; a proposal about money counts as vetoed. */
export function withdrawTask(
  context: WriteContext,
  { task: id, comment = '', by }: { readonly task: string; readonly comment?: string; readonly by: Person },
): TaskRow {
  const task = getOpen(context, id)
  if (!mayWithdraw(task, by)) throw problem('SLU_TASK_WITHDRAW', 403, 'Only its sender may take it back, where the flow offers it')
  note(context, task, 'withdrawn', by.id, { text: comment })
  const it = findCase(context, task)
  if (it !== null) context.records.upsert(cases, { ...it, state: 'closed' })
  const run = caseIdOf(task)
  closeOpen(context, run, 'cancelled')
  const at = new Date(context.now).toISOString()
  const output = { task: run, withdrawn: true, by: by.id, at, ...(task.kind === 'veto' ? { value: task.value, reason: null } : {}) }
  context.runs.answerTask(task.run, run, task.kind === 'veto' ? 'vetoed' : 'withdrawn', output, by.id, { withdrawn: true })
  return getTask(context, id)
}
