import type { EventEnvelope, StartedRun } from '@sluice/engine/worker'
import type { Json } from '@sluice/flows'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { anonymous } from '../auth/caller.ts'
import { type Door, resultOf } from '../door.ts'
import { refuse } from '../http/errors/refusal.ts'
import { parseJson } from '../http/json-body.ts'
import { type Language, languageOf } from '../http/language.ts'
import { httpLimits } from '../http/limits.ts'
import { mediaType } from '../http/mount.ts'
import { utf8 } from '../http/utf8.ts'
import { fromBinaryMode } from './binary-event.ts'
import { readCloudEvent } from './cloud-event.ts'

interface Intake {
  readonly event: string
  readonly runs: readonly StartedRun[]
  readonly repeated: boolean
}

export const eventsRoute = { method: 'POST', url: '/api/v1/events' } as const
const json = 'application/json; charset=utf-8'

/**
 * `POST /events`: structured, binary and batch mode of the CloudEvents HTTP binding. Each event is answered after the commit that
 * holds it: 202 the first time, 200 with the same answer when the same source and id come again.
 * This is the hot path: no schema walk, no logging, one small answer built by hand.
 */
export function mountEvents(app: FastifyInstance, door: Door): void {
  app.route({
    ...eventsRoute,
    bodyLimit: httpLimits.eventBatchBytesMax,
    handler: async (request, reply) => {
      const type = mediaType(request.headers['content-type'])
      const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array()
      const batch = batchOf(request, type, bytes)
      if (batch !== null) {
        const intakes = await takeBatch(door, request, batch)
        const body = { items: intakes.map(({ event, runs }) => ({ event, runs })) }
        return reply
          .code(intakes.every((intake) => intake.repeated) ? 200 : 202)
          .type(json)
          .send(JSON.stringify(body))
      }
      if (bytes.length > httpLimits.bodyBytesMax) throw refuse('SLU_BODY_TOO_LARGE', { values: { limit: httpLimits.bodyBytesMax } })
      const envelope = readCloudEvent(eventOf(request, type, bytes), languageIn(request), request.receivedAt)
      const { event, runs, repeated } = await take(door, request, envelope)
      return reply
        .code(repeated ? 200 : 202)
        .type(json)
        .send(JSON.stringify({ event, runs }))
    },
  })
}

/** What is sent as a batch, also the list of events that curl users send as plain JSON; null: one event. */
function batchOf(request: FastifyRequest, type: string, bytes: Uint8Array): Json {
  if (type === 'application/cloudevents-batch+json') return parseJson(utf8(bytes), languageIn(request))
  if (type !== 'application/json' || isBinary(request) || bytes[firstSign(bytes)] !== openingBracket) return null
  return parseJson(utf8(bytes), languageIn(request))
}

const openingBracket = 0x5b
const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d])

/** A look at one byte keeps a single event from being read twice. */
function firstSign(bytes: Uint8Array): number {
  return bytes.findIndex((byte) => !blanks.has(byte))
}

function isBinary({ headers }: FastifyRequest): boolean {
  return headers['ce-specversion'] !== undefined || headers['ce-id'] !== undefined
}

function eventOf(request: FastifyRequest, type: string, bytes: Uint8Array): Json {
  if (type === 'application/cloudevents+json') return parseJson(utf8(bytes), languageIn(request))
  if (isBinary(request)) return fromBinaryMode(request.headers, type, bytes, languageIn(request))
  // Plain JSON that is an event: what curl users send.
  if (type === 'application/json') return parseJson(utf8(bytes), languageIn(request))
  const accepted = 'application/cloudevents+json, application/cloudevents-batch+json, application/json, any type with ce- headers'
  throw refuse('SLU_MEDIA_TYPE_REFUSED', { values: { sent: type, accepted } })
}

async function take(door: Door, request: FastifyRequest, event: EventEnvelope): Promise<Intake> {
  const { actor } = request.identity?.caller ?? anonymous
  return resultOf(await door.engine.execute({ kind: 'event', event, actor })) as Intake
}

/** Every event is checked before the first is taken, and each then stands alone: a batch that comes again gives the same answer. */
async function takeBatch(door: Door, request: FastifyRequest, batch: Json): Promise<readonly Intake[]> {
  const language = languageIn(request)
  if (!Array.isArray(batch))
    throw refuse('SLU_EVENT_INVALID', { details: [{ path: '', message: language === 'en' ? 'must be a list' : '须为数组' }] })
  const events = batch as readonly Json[]
  if (events.length > httpLimits.eventsPerBatchMax) {
    throw refuse('SLU_EVENT_BATCH_SIZE', { values: { sent: events.length, limit: httpLimits.eventsPerBatchMax } })
  }
  const envelopes = events.map((event, index) => readCloudEvent(event, language, request.receivedAt, `/${index}`))
  return Promise.all(envelopes.map((envelope) => take(door, request, envelope)))
}

function languageIn(request: FastifyRequest): Language {
  return languageOf(request.headers['accept-language'])
}
