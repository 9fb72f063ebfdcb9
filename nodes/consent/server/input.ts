import { hasRealDay } from '@sluice/sdk'
import { problem } from '@sluice/sdk/server'
import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { purposes, scenes } from '../domain/grid.ts'
import { sessionChannels } from '../domain/session.ts'

const PurposeName = Type.Union(purposes.map((purpose) => Type.Literal(purpose)))
const SceneName = Type.Union(scenes.map((scene) => Type.Literal(scene)))

const closed = { additionalProperties: false } as const
export const Id = Type.String({ minLength: 1, maxLength: 128 })
const Language = Type.String({ minLength: 2, maxLength: 35 })
const Instant = Type.Integer({ minimum: 0, maximum: 253_402_300_799_999 })
const Act = Type.Union(
  (['checkbox', 'button', 'signature', 'voice', 'wecom_agree', 'double_opt_in', 'paper_scan'] as const).map((act) => Type.Literal(act)),
)
const Scope = Type.Union([Type.Literal('standing'), Type.Literal('session')])
export const CellInput = Type.Object({ purpose: PurposeName, scene: SceneName }, closed)
const Categories = Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 64 })

export const GrantBody = Type.Object(
  {
    customer: Id,
    purpose: PurposeName,
    scene: SceneName,
    scope: Type.Optional(Scope),
    session: Type.Optional(Type.Union([Id, Type.Null()])),
    act: Type.Optional(Act),
    language: Type.Optional(Language),
    categories: Type.Optional(Categories),
    notice: Type.Optional(Id),
    /** ISO 8601 instant; at that instant the grant has ended. */
    validUntil: Type.Optional(Type.Union([Type.String({ maxLength: 40 }), Type.Null()])),
    /** The sender's own id of this act: the same one again changes nothing. */
    id: Type.Optional(Id),
  },
  closed,
)

export const DecisionInput = Type.Object(
  {
    purpose: PurposeName,
    scene: SceneName,
    value: Type.Union([Type.Literal('yes'), Type.Literal('no'), Type.Literal('untouched')]),
    scope: Type.Optional(Scope),
    session: Type.Optional(Type.Union([Id, Type.Null()])),
  },
  closed,
)

export const DecideInput = Type.Object(
  {
    customer: Id,
    decisions: Type.Array(DecisionInput, { minItems: 1, maxItems: 28 }),
    act: Act,
    language: Language,
    channel: Type.Optional(Type.String({ maxLength: 64 })),
    categories: Type.Optional(Categories),
    notice: Type.Optional(Id),
    bundleOffer: Type.Optional(Id),
    validUntil: Type.Optional(Type.Union([Instant, Type.Null()])),
    requestKey: Type.Optional(Type.String({ minLength: 1, maxLength: 400 })),
  },
  closed,
)
export type DecideInput = Static<typeof DecideInput>

const scopeFields = {
  purposes: Type.Optional(Type.Array(PurposeName, { maxItems: 4 })),
  scenes: Type.Optional(Type.Array(SceneName, { maxItems: 7 })),
  cells: Type.Optional(Type.Array(CellInput, { maxItems: 28 })),
  session: Type.Optional(Type.Union([Id, Type.Null()])),
  all: Type.Optional(Type.Boolean()),
  categories: Type.Optional(Categories),
}

export const WithdrawBody = Type.Object(
  {
    customer: Id,
    ...scopeFields,
    channel: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    occurredAt: Type.Optional(Type.String({ maxLength: 40 })),
    language: Type.Optional(Language),
    id: Type.Optional(Id),
  },
  closed,
)

export const WithdrawInput = Type.Object(
  {
    customer: Id,
    ...scopeFields,
    channel: Type.String({ minLength: 1, maxLength: 64 }),
    receivedAt: Instant,
    occurredAt: Type.Optional(Type.Union([Instant, Type.Null()])),
    language: Type.Optional(Language),
    sourceKey: Type.Optional(Type.String({ minLength: 1, maxLength: 600 })),
    /** The person also asked to be forgotten, as when an account is closed. */
    erase: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type WithdrawInput = Static<typeof WithdrawInput>

export const CheckBody = Type.Object(
  {
    customer: Id,
    purpose: PurposeName,
    scene: SceneName,
    session: Type.Optional(Type.Union([Id, Type.Null()])),
    channel: Type.Optional(Type.String({ maxLength: 64 })),
  },
  closed,
)
export type CheckInput = Static<typeof CheckBody>

export const SessionInput = Type.Object(
  {
    id: Id,
    customer: Id,
    channel: Type.Optional(Type.Union(sessionChannels.map((channel) => Type.Literal(channel)))),
    rep: Type.Optional(Type.Union([Id, Type.Null()])),
  },
  closed,
)

/** The value when it has this shape; otherwise a refusal that names each wrong field by its path. */
export function read<Schema extends TSchema>(schema: Schema, value: unknown): Static<Schema> {
  if (Value.Check(schema, value)) return value as Static<Schema>
  const byPath = new Map<string, string>()
  for (const error of Value.Errors(schema, value)) {
    const path = pathOf(error)
    if (!byPath.has(path) || error.keyword === 'anyOf') byPath.set(path, error.message)
  }
  const details = [...byPath].slice(0, 20).map(([path, message]) => ({ path, message }))
  throw problem('SLU_CONSENT_INPUT_INVALID', 422, 'The request does not have the expected shape', details)
}

function pathOf(error: { keyword: string; instancePath: string; params?: unknown }): string {
  const missing = (error.params as { requiredProperties?: readonly string[] } | undefined)?.requiredProperties?.[0]
  return error.keyword === 'required' && missing !== undefined ? `${error.instancePath}/${missing}` : error.instancePath
}

/** Milliseconds of an ISO 8601 instant that names its zone. */
export function instant(text: string, path: string): number {
  const at = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) && hasRealDay(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at))
    throw problem('SLU_CONSENT_INPUT_INVALID', 422, 'Not an instant', [{ path, message: 'must be an ISO 8601 instant with a zone' }])
  return at
}
