import type { Json } from '@sluice/sdk'
import { problem } from '@sluice/sdk/server'
import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { isFieldName } from '../domain/fields.ts'

const closed = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]*$' })
const Name = Type.String({ minLength: 1, maxLength: 200 })
const orNull = <Schema extends TSchema>(schema: Schema) => Type.Optional(Type.Union([schema, Type.Null()]))
const FieldValue = Type.Union([Type.String({ maxLength: 4_000 }), Type.Number(), Type.Boolean(), Type.Null()])
const Fields = Type.Record(Type.String({ maxLength: 64 }), FieldValue)
const Language = Type.String({ minLength: 2, maxLength: 35 })
const Region = Type.String({ maxLength: 64 })

export const CreateBody = Type.Object(
  {
    id: Type.Optional(Id),
    name: Name,
    fields: Type.Optional(Fields),
    owner: orNull(Id),
    account: orNull(Type.String({ maxLength: 200 })),
    language: Type.Optional(Language),
    region: orNull(Region),
  },
  closed,
)
export type CreateBody = Static<typeof CreateBody>

export const ChangeBody = Type.Object(
  {
    name: Type.Optional(Name),
    fields: Type.Optional(Fields),
    owner: orNull(Id),
    account: orNull(Type.String({ maxLength: 200 })),
    language: Type.Optional(Language),
    region: orNull(Region),
  },
  closed,
)
export type ChangeBody = Static<typeof ChangeBody>

export const ChangeInput = Type.Object(
  { id: Type.String(), change: ChangeBody, version: Type.Optional(Type.Union([Type.Integer(), Type.Null()])) },
  closed,
)

export const RepBody = Type.Object(
  {
    id: Id,
    name: Name,
    team: orNull(Name),
    region: orNull(Region),
    language: Type.Optional(Language),
    deputy: orNull(Id),
    manager: orNull(Id),
  },
  closed,
)

/** The value when it has this shape; otherwise a refusal that names each wrong field by its path. */
export function read<Schema extends TSchema>(schema: Schema, value: unknown): Static<Schema> {
  if (Value.Check(schema, value)) return value as Static<Schema>
  const details = [...Value.Errors(schema, value)].slice(0, 20).map((error) => ({ path: error.instancePath, message: error.message }))
  throw problem('SLU_CRM_INPUT_INVALID', 422, 'The request does not have the expected shape', details)
}

/** Field names are plain words; what could be mistaken for a part of JavaScript objects is refused. */
export function checkFieldNames(fields: { readonly [name: string]: Json }): void {
  const wrong = Object.keys(fields).filter((name) => !isFieldName(name))
  if (wrong.length === 0) return
  throw problem(
    'SLU_CRM_INPUT_INVALID',
    422,
    'Not a field name',
    wrong.map((name) => ({ path: `/fields/${name.slice(0, 64)}`, message: 'must be letters, digits and underscores' })),
  )
}
