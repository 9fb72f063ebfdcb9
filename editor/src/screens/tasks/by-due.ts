import type { Task } from '../../app/api/index.ts'

/** What is due first stands first; what has no limit follows, newest first as it came. */
export function byDue(tasks: readonly Task[]): readonly Task[] {
  const dueAt = (task: Task) => (task.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(task.dueAt))
  return tasks.toSorted((one, other) => (dueAt(one) === dueAt(other) ? 0 : dueAt(one) - dueAt(other)))
}
