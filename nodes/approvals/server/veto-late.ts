import type { WriteContext } from '@sluice/sdk/server'
import type { Standing } from '../domain/may.ts'
import { type CaseRow, type TaskRow, tasks } from '../domain/tables.ts'
import type { Answer } from './answer.ts'
import { assertData } from './assert-data.ts'
import { goOn, releaseKey } from './decide.ts'
import { tell } from './note.ts'
import { revokeReceipt } from './receipts.ts'
import { finish } from './stages.ts'

/**
 * A veto that comes after the approval wins as long as there is something left to stop: other signatures are outstanding, the approval
 * is held back, or its receipt is not spent. False when there is nothing left.
 */
export function vetoLate(context: WriteContext, task: TaskRow, it: CaseRow | null, answer: Answer, standing: Standing): boolean {
  const isHeld = task.state === 'answered' && task.heldUntil != null
  const isOutstanding = task.state === 'answered' && it?.state === 'open'
  if (!isHeld && !isOutstanding) return revokeReceipt(context, task, answer.by)
  const data = answer.data ?? {}
  assertData(task, data)
  const vetoed: TaskRow = {
    ...task,
    action: 'veto',
    data,
    answeredAt: context.now,
    answeredBy: answer.by.id,
    answeredFor: standing.for,
    heldUntil: null,
  }
  context.records.upsert(tasks, vetoed)
  context.unschedule(releaseKey(task))
  context.audit('veto.revoked', { task: task.id, run: task.run, by: answer.by.id })
  tell(context, vetoed)
  if (it === null) goOn(context, vetoed, [])
  else finish(context, it, vetoed)
  return true
}
