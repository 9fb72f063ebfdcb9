import { personOf, type Route } from '@sluice/sdk/server'
import { type TObject, Type } from 'typebox'
import { caseLimits } from '../domain/case.ts'
import type { TaskRow } from '../domain/tables.ts'
import { noteLimits } from './note.ts'
import { readerOf, taskView } from './task-view.ts'

const closed = { additionalProperties: false }
const address = Type.String({ minLength: 1, maxLength: 200 })
const comment = Type.Optional(Type.String({ maxLength: noteLimits.textCharsMax }))
const text = Type.String({ minLength: 1, maxLength: noteLimits.textCharsMax })
const places = Type.Union([Type.Literal('before'), Type.Literal('with'), Type.Literal('after')])

/** What people do with a task beside answering it; all alike: the body goes to the command, the task comes back. */
export const actRoutes: readonly Route[] = [
  act('claim', 'tasks.claim', 'Say that you work on it'),
  act('transfer', 'tasks.transfer', 'Pass it on to another user, rep or role', Type.Object({ to: address, comment }, closed)),
  act(
    'add-signer',
    'tasks.add-signer',
    'One more person signs: before you, with you or after you',
    Type.Object({ to: address, place: Type.Optional(places), comment }, closed),
    { place: 'with' },
  ),
  act(
    'return',
    'tasks.return',
    'Give it back: to an earlier signer, to whoever had it before, or out of your own hands',
    Type.Object({ stage: Type.Optional(Type.Integer({ minimum: 1, maximum: caseLimits.stagesMax })), comment }, closed),
  ),
  act('withdraw', 'tasks.withdraw', 'Take back what you sent in', Type.Object({ comment }, closed)),
  act('ask', 'tasks.ask', 'Ask somebody about it before you decide', Type.Object({ to: Type.Optional(address), text }, closed)),
  act('comment', 'tasks.comment', 'Say something beside it', Type.Object({ text }, closed)),
]

function act(name: string, command: string, summary: string, body?: TObject, preset: object = {}): Route {
  return {
    method: 'POST',
    path: `/tasks/:id/${name}`,
    permission: 'tasks.answer',
    summary,
    ...(body === undefined ? {} : { body }),
    handle: async ({ params, body: sent, caller }, host) => {
      const payload = { ...preset, ...(typeof sent === 'object' ? sent : {}), task: params.id, by: personOf(caller) }
      const task = await host.command<TaskRow>(command, payload, caller)
      return { body: taskView(task, readerOf(caller, host)) }
    },
  }
}
