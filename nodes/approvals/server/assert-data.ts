import type { Json } from '@sluice/sdk'
import { problem } from '@sluice/sdk/server'
import { answerFlaws } from '../domain/form.ts'
import type { TaskRow } from '../domain/tables.ts'

export function assertData(task: TaskRow, data: Json): void {
  const flaws = answerFlaws(task.form, data)
  if (flaws.length > 0) throw problem('SLU_TASK_DATA', 422, 'The form is not filled in right', flaws)
}
