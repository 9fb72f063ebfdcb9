import { type Json, words } from '@sluice/sdk'
import type { WriteContext } from '@sluice/sdk/server'
import { type TaskRow, tasks } from '../domain/tables.ts'
import { note, tell } from './note.ts'
import { tryCommand } from './optional.ts'

const remindersMax = 5

const keys = {
  remind: (task: string) => `tasks.remind:${task}`,
  escalate: (task: string) => `tasks.escalate:${task}`,
}
const saying = {
  reminded: words('This task still waits for you.', '该待办仍在等待您处理。'),
  escalated: words('This task was escalated to you.', '该待办已升级给您处理。'),
} as const

/** Durable timers of an open task; they outlive a restart and mind the state when they ring. */
export function arm(context: WriteContext, task: TaskRow): void {
  const { remindMs = null, escalateMs = null, escalateTo = null } = task.clock ?? {}
  if (remindMs !== null) armReminder(context, task, remindMs)
  if (escalateMs !== null && escalateTo !== null)
    context.schedule({
      key: keys.escalate(task.id),
      command: 'tasks.escalate',
      dueAt: context.now + escalateMs,
      payload: { task: task.id },
    })
}

export function disarm(context: WriteContext, task: Pick<TaskRow, 'id' | 'clock'>): void {
  if (task.clock == null) return
  context.unschedule(keys.remind(task.id))
  context.unschedule(keys.escalate(task.id))
}

/** Command `tasks.remind { task }`: whoever has it is told again, five times at the most. */
export function remindTask(context: WriteContext, { task: id }: { readonly task: string }): void {
  const task = context.records.find(tasks, { id })
  if (task === null || task.state !== 'open') return
  const reminders = (task.reminders ?? 0) + 1
  context.records.update(tasks, { id }, { reminders })
  const to = task.claimedBy === null ? task.assignee : `user:${task.claimedBy}`
  alert(context, task, to, saying.reminded)
  note(context, task, 'reminded', null, { to })
  tell(context, task, 'reminded')
  const remindMs = task.clock?.remindMs ?? null
  if (reminders < remindersMax && remindMs !== null) armReminder(context, task, remindMs)
}

/** Command `tasks.escalate { task }`: nobody answered in time, so it goes to the next in line; it can be returned. */
export function escalateTask(context: WriteContext, { task: id }: { readonly task: string }): void {
  const task = context.records.find(tasks, { id })
  const to = task?.clock?.escalateTo ?? null
  if (task === null || to === null || task.state !== 'open' || task.escalatedAt != null) return
  const heldBy = [...(task.heldBy ?? []), task.assignee]
  const escalated: TaskRow = { ...task, assignee: to, claimedBy: null, heldBy, escalatedAt: context.now }
  context.records.upsert(tasks, escalated)
  alert(context, escalated, to, saying.escalated)
  note(context, escalated, 'escalated', null, { to })
  tell(context, escalated, 'escalated')
}

function armReminder(context: WriteContext, task: TaskRow, remindMs: number): void {
  const dueAt = context.now + remindMs
  if (task.dueAt !== null && dueAt >= task.dueAt) return
  context.schedule({ key: keys.remind(task.id), command: 'tasks.remind', dueAt, payload: { task: task.id } })
}

/** The inbox of alerts, where that pack is loaded. In both languages: each reader has their own. */
function alert(context: WriteContext, task: TaskRow, to: string, text: { readonly en: string; readonly 'zh-CN': string }): Json {
  return tryCommand<Json>(context, 'alerts.raise', {
    to: addressed(to),
    title: task.titles ?? task.title,
    text,
    kind: 'task',
  })
}

/** A bare name is a user or a role; only a rep keeps its own kind. */
function addressed(to: string): string {
  return /^(user|rep|role):/.test(to) ? to : `user:${to}`
}
