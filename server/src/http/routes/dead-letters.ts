import { type EventExtensions, written } from '@sluice/engine/core'
import { type LetterRow, lettersTable, type StartedRun } from '@sluice/engine/worker'
import { Type } from 'typebox'
import type { Door } from '../../door.ts'
import { idCursorOf, instant, limitOf, pageQuery } from '../page.ts'
import type { ServerRoute } from '../route.ts'
import { Reason } from './run-operations.ts'

const Query = Type.Object(
  {
    state: Type.Optional(Type.Union(['open', 'redelivered', 'dismissed'].map((state) => Type.Literal(state)))),
    reason: Type.Optional(Type.Union(['nobody', 'failed', 'paused'].map((reason) => Type.Literal(reason)))),
    type: Type.Optional(Type.String({ maxLength: 200 })),
    ...pageQuery,
  },
  { additionalProperties: false },
)
const Empty = Type.Object({}, { additionalProperties: false })
const Dismiss = Type.Object({ reason: Type.Optional(Reason) }, { additionalProperties: false })

/** Events that started nothing: nobody listens, a trigger could not tell, or the flow is paused and refuses. */
export function deadLetterRoutes(door: Door): readonly ServerRoute[] {
  const { records } = door.engine.reader
  return [
    {
      method: 'GET',
      url: '/api/v1/dead-letters',
      summary: 'Events that started nothing, newest first',
      tag: 'events',
      query: Query,
      handle({ query, caller }) {
        const { state = 'open', reason, type } = query
        const { limit = 50 } = limitOf(query)
        const { cursor } = idCursorOf(query)
        const where = {
          state: state as LetterRow['state'],
          ...(reason === undefined ? {} : { reason: reason as LetterRow['reason'] }),
          ...(type === undefined ? {} : { type }),
          ...(cursor === undefined ? {} : { id: { lt: cursor } }),
        }
        const rows = records.list(lettersTable, { where, orderBy: [['id', 'desc']], limit: limit + 1 })
        const sight = door.sight(caller)
        const items = rows.slice(0, limit).map(({ at, content, subject, ...letter }) => {
          const lens = sight.on(subject, [content])
          return { ...letter, subject, at: instant(at), content: lens.mask(written(content as { readonly extensions?: EventExtensions })) }
        })
        return { body: { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null } }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/dead-letters/:id/redeliver',
      summary: 'Puts the event before the flows as they are now',
      tag: 'events',
      body: Empty,
      bodyOptional: true,
      async handle({ params: { id = '' }, caller }, host) {
        const { runs } = await host.command<{ runs: readonly StartedRun[] }>('letters.redeliver', { id }, caller)
        return { body: { id, state: 'redelivered', runs } }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/dead-letters/:id/dismiss',
      summary: 'Puts the event away; it stays listed as dismissed',
      tag: 'events',
      body: Dismiss,
      bodyOptional: true,
      async handle({ params: { id = '' }, body, caller }, host) {
        const { reason = '' } = (body ?? {}) as { reason?: string }
        await host.command('letters.dismiss', { id, reason }, caller)
        return { body: { id, state: 'dismissed' } }
      },
    },
  ]
}
