import { eachLanguage, type Json } from '@sluice/sdk'
import type { WriteContext } from '@sluice/sdk/server'
import { maskedText, redactPersonal } from '../../masking/index.ts'
import type { Stage } from '../domain/case.ts'
import { cases, notes, type TaskRow, tasks } from '../domain/tables.ts'
import { releaseKey } from './decide.ts'
import { hashShown } from './hash.ts'
import { closeOpen } from './stages.ts'

/** Command `tasks.closed { taskId, reason }`: the core gave up waiting. What was answered stays answered, unless it was held back. */
export function closeTask(
  context: WriteContext,
  { taskId, reason }: { readonly taskId: string; readonly reason: 'answered' | 'expired' | 'cancelled' },
): void {
  if (reason === 'answered') return
  closeOpen(context, taskId, reason)
  context.records.update(cases, { id: taskId }, { state: 'closed' })
  for (const row of [
    ...context.records.list(tasks, { where: { id: taskId, heldUntil: { gt: 0 } } }),
    ...context.records.list(tasks, { where: { case: taskId, heldUntil: { gt: 0 } } }),
  ]) {
    context.records.update(tasks, { id: row.id }, { state: reason, heldUntil: null })
    context.unschedule(releaseKey(row))
  }
}

/**
 * Command `tasks.redact { subject }`: a withdrawal takes the customer's personal fields out of open tasks.
 * The hash changes with what is shown, so an answer to the old picture is refused.
 */
export function redactTasks(context: WriteContext, { subject }: { readonly subject: string }): { readonly tasks: number } {
  const open = context.records.list(tasks, { where: { subject, state: 'open' }, limit: 100_000 })
  for (const task of open) {
    const shown: Json = redactPersonal(task.shown)
    const earlier = task.earlier?.map((each) => ({ ...each, data: redactPersonal(each.data) })) ?? null
    const titles = task.titles == null ? null : eachLanguage(task.titles, maskedText)
    const patch: Partial<TaskRow> = {
      shown,
      earlier,
      shownHash: hashShown(shown, earlier),
      title: maskedText(task.title),
      titles,
      redacted: true,
    }
    context.records.update(tasks, { id: task.id }, patch)
    context.notify('tasks', { task: task.id, assignee: task.assignee, state: 'redacted' })
  }
  for (const it of context.records.list(cases, { where: { subject, state: 'open' }, limit: 100_000 }))
    context.records.update(cases, { id: it.id }, { stages: it.stages.map(redactedStage) })
  for (const { id, text } of context.records.list(notes, { where: { subject, text: { not: '' } }, limit: 100_000 }))
    context.records.update(notes, { id }, { text: maskedText(text) })
  return { tasks: open.length }
}

function redactedStage(stage: Stage): Stage {
  const seats = stage.seats.map((seat) => {
    return seat.signature === null ? seat : { ...seat, signature: { ...seat.signature, data: redactPersonal(seat.signature.data) } }
  })
  return { ...stage, seats }
}
