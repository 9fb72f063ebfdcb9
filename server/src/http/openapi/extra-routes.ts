import { Type } from 'typebox'
import { eventsRoute } from '../../ingest/mount.ts'
import { liveRoute } from '../../live/mount.ts'
import { metricsRoute } from '../../metrics/mount.ts'
import { streamRoute } from '../../stream/mount.ts'
import type { DescribedRoute } from './document.ts'

const CloudEvent = Type.Object(
  {
    specversion: Type.Literal('1.0'),
    id: Type.String({ minLength: 1 }),
    source: Type.String({ minLength: 1 }),
    type: Type.String({ minLength: 1 }),
    subject: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
    time: Type.Optional(Type.Union([Type.String({ format: 'date-time' }), Type.Null()])),
    datacontenttype: Type.Optional(Type.String()),
    dataschema: Type.Optional(Type.String({ format: 'uri' })),
    data: Type.Optional(Type.Unknown()),
    data_base64: Type.Optional(Type.String()),
  },
  { additionalProperties: true },
)

/** Routes that answer in their own way and are mounted by themselves, for the API description. */
export const extraRoutes: readonly DescribedRoute[] = [
  {
    ...eventsRoute,
    summary:
      'Takes CloudEvents 1.0 (structured, binary, batch); answers after the commit; the same source and id again gives the same answer',
    tag: 'events',
    rawContentTypes: ['application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json'],
    rawBody: Type.Union([CloudEvent, Type.Array(CloudEvent)]),
    remembersAnswers: false,
  },
  {
    ...streamRoute,
    summary: 'Server-sent events: `run` with journal entries, `topic` with what changed, `reset` when something was missed',
    tag: 'runs',
    query: Type.Object({
      run: Type.Optional(Type.String()),
      flow: Type.Optional(Type.String()),
      topics: Type.Optional(Type.String()),
      after: Type.Optional(Type.String({ description: 'A `sluice-position` of an answer: all that came since is told first' })),
    }),
    answersWith: 'text/event-stream',
  },
  {
    ...liveRoute,
    summary: 'WebSocket of an open flow: changes in one order, merged by property; who is here; comments. Changes need flows.write',
    tag: 'flows',
    query: Type.Object({ language: Type.Optional(Type.String()) }),
    answersWith: 'application/json',
  },
  { ...metricsRoute, summary: 'Prometheus metrics', tag: 'system', answersWith: 'text/plain' },
]
