import type { Json } from '@sluice/sdk'
import type { WriteContext } from '@sluice/sdk/server'
import { maskedText, redactPersonal } from '../../masking/index.ts'
import { tasks } from '../domain/tables.ts'
import { hashOf } from './hash.ts'

/** Command `tasks.closed { taskId, reason }`: the core gave up waiting. What was answered stays answered. */
export function closeTask(
  context: WriteContext,
  { taskId, reason }: { readonly taskId: string; readonly reason: 'answered' | 'expired' | 'cancelled' },
): void {
  if (reason === 'answered') return
  const closed = context.records.update(tasks, { id: taskId, state: 'open' }, { state: reason, answeredAt: context.now })
  if (closed > 0) context.notify('tasks', { task: taskId, state: reason })
}

/**
 * Command `tasks.redact { subject }`: a withdrawal takes the customer's personal fields out of open tasks.
 * The hash changes with what is shown, so an answer to the old picture is refused.
 */
export function redactTasks(context: WriteContext, { subject }: { readonly subject: string }): { readonly tasks: number } {
  const open = context.records.list(tasks, { where: { subject, state: 'open' }, limit: 100_000 })
  for (const task of open) {
    const shown: Json = redactPersonal(task.shown)
    context.records.update(tasks, { id: task.id }, { shown, shownHash: hashOf(shown), title: maskedText(task.title), redacted: true })
    context.notify('tasks', { task: task.id, assignee: task.assignee, state: 'redacted' })
  }
  return { tasks: open.length }
}
