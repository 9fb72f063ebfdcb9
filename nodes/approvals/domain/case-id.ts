import type { TaskRow } from './tables.ts'

/** The task the run waits for: itself, or the case it is one signature of. */
export function caseIdOf(task: Pick<TaskRow, 'id' | 'case'>): string {
  return task.case ?? task.id
}
