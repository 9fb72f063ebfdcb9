import type { Json } from '@sluice/sdk'
import { pageOf, personOf, problem, type Route } from '@sluice/sdk/server'
import { Type } from 'typebox'
import { type TaskRow, tasks } from '../domain/tables.ts'
import { absenceRoutes } from './routes-absences.ts'
import { actRoutes } from './routes-acts.ts'
import { readerOf, taskView, threadView } from './task-view.ts'
import { isVisible, sentWhere, visibleWhere } from './visible.ts'

const closed = { additionalProperties: false }
const states = ['open', 'answered', 'expired', 'cancelled', 'all'] as const
const kinds = ['task', 'veto', 'question'] as const
const yesOrNo = Type.Union([Type.Literal('true'), Type.Literal('false')])

export const routes: readonly Route[] = [
  {
    method: 'GET',
    path: '/tasks',
    permission: 'tasks.read',
    summary: 'Tasks: open ones unless `state` says otherwise; `mine=true` for the caller’s own, `sent=true` for what the caller sent in',
    query: Type.Object(
      {
        limit: Type.Optional(Type.String()),
        cursor: Type.Optional(Type.String()),
        state: Type.Optional(Type.Union(states.map((state) => Type.Literal(state)))),
        mine: Type.Optional(yesOrNo),
        sent: Type.Optional(yesOrNo),
        kind: Type.Optional(Type.Union(kinds.map((kind) => Type.Literal(kind)))),
        run: Type.Optional(Type.String()),
      },
      closed,
    ),
    handle: ({ query, caller }, host) => {
      const reader = readerOf(caller, host)
      const state = query.state ?? 'open'
      const where = {
        ...(query.sent === 'true' ? sentWhere(caller) : visibleWhere(caller, query.mine === 'true', reader.covered)),
        ...(state === 'all' ? {} : { state: state as TaskRow['state'] }),
        ...(query.kind === undefined ? {} : { kind: query.kind as TaskRow['kind'] }),
        ...(query.run === undefined ? {} : { run: query.run }),
      }
      const page = pageOf(host.records, tasks, query, where)
      return { body: { items: page.items.map((task) => taskView(task, reader)), next: page.next } }
    },
  },
  {
    method: 'GET',
    path: '/tasks/:id',
    permission: 'tasks.read',
    summary: 'One task with what is shown and its hash, who signs, and what was said about it',
    handle: ({ params, caller }, host) => {
      const task = host.records.find(tasks, { id: params.id ?? '' })
      const reader = readerOf(caller, host)
      if (task === null || !isVisible(task, caller, reader.covered)) throw problem('SLU_TASK_UNKNOWN', 404, `No task ${params.id}`)
      return { body: { ...taskView(task, reader), thread: threadView(task, reader) } }
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
      return { body: taskView(await host.command<TaskRow>('tasks.answer', answer, caller), readerOf(caller, host)) }
    },
  },
  ...actRoutes,
  ...absenceRoutes,
]
