import { Type } from 'typebox'
import type { Door } from '../../door.ts'
import type { ServerRoute } from '../route.ts'
import { seenEvent } from './run-lens.ts'

const SampleQuery = Type.Object(
  { type: Type.String({ minLength: 1, maxLength: 200 }), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })) },
  { additionalProperties: false },
)

/** Runs looked through for samples. */
const lookedAtMax = 300

/** Events of the past as samples. Taking events in is ingest/mount.ts. */
export function eventRoutes(door: Door): readonly ServerRoute[] {
  const { runs } = door.engine.reader
  return [
    {
      method: 'GET',
      url: '/api/v1/events/samples',
      summary: 'The latest events of a type that started a run, for previews in the editor',
      tag: 'events',
      query: SampleQuery,
      handle({ query: { type = '', limit = '20' }, caller }) {
        const sight = door.sight(caller)
        const recent = runs.list({ limit: lookedAtMax }).items.flatMap(({ id }) => runs.event(id) ?? [])
        const chosen = recent.filter((event) => event.type === type).slice(0, Number(limit))
        const items = chosen.map((event) => seenEvent(event, sight.on(event.subject, [event.data, event.extensions])))
        return { body: { items, next: null } }
      },
    },
  ]
}
