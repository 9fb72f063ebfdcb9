import type { Json } from '@sluice/sdk'
import { type Caller, pageOf, personOf, problem, type Route, type Sight } from '@sluice/sdk/server'
import { Type } from 'typebox'
import { isOwn, mayAnswer, mayTransfer } from '../domain/may.ts'
import { type TaskRow, tasks } from '../domain/tables.ts'
import { isVisible, visibleWhere } from './visible.ts'

const closed = { additionalProperties: false }
const states = ['open', 'answered', 'expired', 'cancelled', 'all'] as const

export const routes: readonly Route[] = [
  {
    method: 'GET',
    path: '/tasks',
    permission: 'tasks.read',
    summary: 'Tasks: open ones unless `state` says otherwise; `mine=true` for the caller’s own',
    query: Type.Object(
      {
        limit: Type.Optional(Type.String()),
        cursor: Type.Optional(Type.String()),
        state: Type.Optional(Type.Union(states.map((state) => Type.Literal(state)))),
        mine: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
        run: Type.Optional(Type.String()),
      },
      closed,
    ),
    handle: ({ query, caller }, { records, sight }) => {
      const state = query.state ?? 'open'
      const where = {
        ...visibleWhere(caller, query.mine === 'true'),
        ...(state === 'all' ? {} : { state: state as TaskRow['state'] }),
        ...(query.run === undefined ? {} : { run: query.run }),
      }
      const page = pageOf(records, tasks, query, where)
      return { body: { items: page.items.map((task) => taskView(task, caller, sight(caller))), next: page.next } }
    },
  },
  {
    method: 'GET',
    path: '/tasks/:id',
    permission: 'tasks.read',
    summary: 'One task with what is shown and its hash',
    handle: ({ params, caller }, { records, sight }) => {
      const task = records.find(tasks, { id: params.id ?? '' })
      if (task === null || !isVisible(task, caller)) throw problem('SLU_TASK_UNKNOWN', 404, `No task ${params.id}`)
      return { body: taskView(task, caller, sight(caller)) }
    },
  },
  {
    method: 'POST',
    path: '/tasks/:id/claim',
    permission: 'tasks.answer',
    summary: 'Say that you work on it',
    handle: async ({ params, caller }, host) => {
      const task = await host.command<TaskRow>('tasks.claim', { task: params.id, by: personOf(caller) }, caller)
      return { body: taskView(task, caller, host.sight(caller)) }
    },
  },
  {
    method: 'POST',
    path: '/tasks/:id/answer',
    permission: 'tasks.answer',
    summary: 'Answer it; bound to the hash of what was shown',
    body: Type.Object(
      { action: Type.String({ maxLength: 64 }), data: Type.Optional(Type.Any()), shownHash: Type.String({ maxLength: 100 }) },
      closed,
    ),
    handle: async ({ params, body, caller }, host) => {
      const { action, data, shownHash } = body as { readonly action: string; readonly data?: Json; readonly shownHash: string }
      const answer = { task: params.id, action, data: data ?? {}, shownHash, by: personOf(caller) }
      return { body: taskView(await host.command<TaskRow>('tasks.answer', answer, caller), caller, host.sight(caller)) }
    },
  },
  {
    method: 'POST',
    path: '/tasks/:id/transfer',
    permission: 'tasks.answer',
    summary: 'Pass it on to another user, rep or role',
    body: Type.Object({ to: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
    handle: async ({ params, body, caller }, host) => {
      const { to } = body as { readonly to: string }
      const task = await host.command<TaskRow>('tasks.transfer', { task: params.id, to, by: personOf(caller) }, caller)
      return { body: taskView(task, caller, host.sight(caller)) }
    },
  },
]

/** What the caller may see of a task: the content only for whoever may answer it. */
function taskView(task: TaskRow, caller: Caller, sight: Sight) {
  const person = personOf(caller)
  const allowed = mayAnswer(task, person)
  const lens = sight.on(task.subject, [task.shown, task.value, task.data], allowed)
  const hidden = { $masked: 'policy' }
  const { authors, value, validForMs, ...rest } = task
  return {
    ...rest,
    title: lens.text(task.title),
    shown: allowed ? lens.mask(task.shown) : hidden,
    data: allowed || task.answeredBy === person.id ? lens.mask(task.data) : task.data === null ? null : hidden,
    createdAt: iso(task.createdAt),
    dueAt: iso(task.dueAt),
    answeredAt: iso(task.answeredAt),
    mayAnswer: task.state === 'open' && allowed && !isOwn(task, person),
    mayTransfer: task.state === 'open' && mayTransfer(task, person),
  }
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
