import type { CompiledFlow } from '@sluice/engine/core'
import type { Mock, SimulatedAnswer, SimulatedEvent } from '@sluice/engine/simulate'
import type { Json } from '@sluice/flows'
import { durationMs } from '@sluice/sdk'
import { type Static, Type } from 'typebox'
import { playLimits as limits } from './limits.ts'
import type { SimulateOrder } from './order.ts'

const closed = { additionalProperties: false } as const
/** ISO 8601, or milliseconds. */
const Span = Type.Union([Type.String({ pattern: '^P', maxLength: 80 }), Type.Integer({ minimum: 0, maximum: 3_155_760_000_000 })])
const Id = Type.String({ minLength: 1, maxLength: 200 })
const MockShape = Type.Object(
  {
    port: Type.Optional(Id),
    data: Type.Optional(Type.Unknown()),
    error: Type.Optional(
      Type.Object({ code: Id, message: Type.String({ maxLength: 2_000 }), terminal: Type.Optional(Type.Boolean()) }, closed),
    ),
    after: Type.Optional(Span),
    real: Type.Optional(Type.Boolean()),
  },
  closed,
)
const AnswerShape = Type.Object({ node: Id, action: Id, data: Type.Optional(Type.Unknown()), after: Type.Optional(Span) }, closed)

/** What a simulation is told: the body of `POST /flows/{key}/simulate` and the file of `sluice simulate`. */
export const Simulation = Type.Object(
  {
    events: Type.Optional(
      Type.Array(
        Type.Object(
          {
            type: Id,
            id: Type.Optional(Id),
            source: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })),
            subject: Type.Optional(Type.Union([Id, Type.Null()])),
            data: Type.Optional(Type.Unknown()),
            after: Type.Optional(Span),
            specversion: Type.Optional(Type.Literal('1.0')),
            datacontenttype: Type.Optional(Id),
            dataschema: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })),
            time: Type.Optional(Type.String({ format: 'date-time' })),
          },
          closed,
        ),
        { maxItems: limits.eventsMax },
      ),
    ),
    /** Begins a run by hand, before the events. */
    start: Type.Optional(Type.Object({ trigger: Type.Optional(Id), input: Type.Optional(Type.Unknown()) }, closed)),
    /** What people do, in order; or by step: `{ "ask": { "action": "approve" } }`. */
    answers: Type.Optional(
      Type.Union([Type.Array(AnswerShape, { maxItems: limits.answersMax }), Type.Record(Type.String(), Type.Omit(AnswerShape, ['node']))]),
    ),
    /** What steps are said to give, by step; a list for their first, second, … time. */
    mocks: Type.Optional(Type.Record(Type.String(), Type.Union([MockShape, Type.Array(MockShape, { minItems: 1, maxItems: 100 })]))),
    /** How long it goes on: a length from the start, or an instant. A year unless told. */
    until: Type.Optional(Type.Union([Span, Type.String({ format: 'date-time' })])),
    startAt: Type.Optional(Type.String({ format: 'date-time' })),
    consents: Type.Optional(
      Type.Array(
        Type.Object(
          {
            customer: Id,
            purpose: Id,
            scene: Id,
            scope: Type.Optional(Type.Union([Type.Literal('standing'), Type.Literal('session')])),
            session: Type.Optional(Id),
          },
          closed,
        ),
        { maxItems: limits.consentsMax },
      ),
    ),
    customers: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: Id,
            name: Type.Optional(Id),
            owner: Type.Optional(Id),
            fields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
          },
          closed,
        ),
        { maxItems: limits.consentsMax },
      ),
    ),
    /** The flow file to try instead of the saved draft. */
    flow: Type.Optional(Type.Unknown()),
  },
  closed,
)
export type Simulation = Static<typeof Simulation>

/** Ready to play; a text names the field that cannot be read. */
export function readSimulation(
  asked: Simulation,
  flow: CompiledFlow,
  others: readonly CompiledFlow[],
  now: number,
): SimulateOrder | string {
  const startAt = startOf(asked, now)
  const wrong: string[] = []
  const span = (value: string | number | undefined, path: string): number => {
    const ms = typeof value === 'string' ? durationMs(value, startAt) : (value ?? 0)
    if (ms === null) wrong.push(path)
    return ms ?? 0
  }
  const events = (asked.events ?? []).map((event, index): SimulatedEvent => {
    const { type, id, source, subject, data, time } = event
    const at = time === undefined ? span(event.after, `/events/${index}/after`) : Math.max(0, Date.parse(time) - startAt)
    return { type, after: at, ...defined({ id, source, subject, data: data as Json | undefined }) }
  })
  const listed = Array.isArray(asked.answers)
    ? asked.answers
    : Object.entries(asked.answers ?? {}).map(([node, answer]) => ({ node, ...answer }))
  const answers = listed.map(({ node, action, data, after }, index): SimulatedAnswer => {
    return { node, action, after: span(after, `/answers/${index}/after`), ...defined({ data: data as Json | undefined }) }
  })
  const mockOf = (node: string, { port, data, error, after, real }: Static<typeof MockShape>): Mock =>
    defined({
      port,
      real,
      data: data as Json | undefined,
      error,
      after: after === undefined ? undefined : span(after, `/mocks/${node}/after`),
    }) as Mock
  const mocks = Object.fromEntries(
    Object.entries(asked.mocks ?? {}).map(([node, mock]) => [
      node,
      Array.isArray(mock) ? mock.map((one) => mockOf(node, one)) : mockOf(node, mock),
    ]),
  )
  const until = untilOf(asked.until, startAt, span)
  if (wrong.length > 0) return wrong[0] ?? ''
  const consents = (asked.consents ?? []).map((consent) => defined(consent) as SimulateOrder['consents'][number])
  const customers = (asked.customers ?? []).map((customer) => defined(customer) as SimulateOrder['customers'][number])
  const start = asked.start === undefined ? null : { trigger: asked.start.trigger ?? null, input: (asked.start.input ?? null) as Json }
  return { kind: 'simulate', flow, others, start, events, answers, mocks, customers, consents, startAt, until }
}

/** Events of the past are played in their own time: unless told, the clock starts at the earliest of them. */
function startOf({ startAt, events = [] }: Simulation, now: number): number {
  if (startAt !== undefined) return Date.parse(startAt)
  return Math.min(now, ...events.flatMap(({ time }) => (time === undefined ? [] : [Date.parse(time)])))
}

function untilOf(
  until: Simulation['until'],
  startAt: number,
  span: (value: string | number | undefined, path: string) => number,
): number | null {
  if (until === undefined) return null
  if (typeof until === 'string' && !until.startsWith('P')) return Math.max(0, Date.parse(until) - startAt)
  return span(until, '/until')
}

function defined<Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [Key in keyof Value]: Exclude<Value[Key], undefined>
  }
}
