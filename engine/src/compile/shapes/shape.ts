import { choicesOf, type Json, type JsonObject, type Schema } from '@sluice/flows'

export type Kind = 'text' | 'number' | 'boolean' | 'null' | 'list' | 'object'

/** What is known of a value before anything runs. Null: nothing. Any value may also be missing. */
export type Shape = KnownShape | null

export interface KnownShape {
  readonly kinds: ReadonlySet<Kind>
  /** Of an object: what its members are; null: unknown. */
  readonly members: ReadonlyMap<string, Shape> | null
  /** It has no member beside those. */
  readonly closed: boolean
  /** Of a list: what each of its items is; absent: unknown. */
  readonly items?: KnownShape
}

/** Deeper is not looked at: bounds the work in flows that nest what they hand on. */
const depthMax = 8

function plain(kind: Kind): KnownShape {
  return { kinds: new Set([kind]), members: null, closed: false }
}

export const shapes = {
  text: plain('text'),
  number: plain('number'),
  boolean: plain('boolean'),
  none: plain('null'),
  list: plain('list'),
} as const

export function listShape(items: Shape): KnownShape {
  return items === null ? shapes.list : { ...shapes.list, items }
}

export function objectShape(members: Iterable<readonly [string, Shape]>, closed = true): KnownShape {
  return { kinds: new Set<Kind>(['object']), members: new Map(members), closed }
}

/** One or the other. */
export function eitherShape(a: Shape, b: Shape): Shape {
  if (a === b || a === null || b === null) return a === b ? a : null
  const either = eitherObject(a, b)
  const items = a.kinds.has('list') ? (b.kinds.has('list') ? eitherShape(a.items ?? null, b.items ?? null) : a.items) : b.items
  return items === undefined || items === null ? either : { ...either, items }
}

function eitherObject(a: KnownShape, b: KnownShape): KnownShape {
  const kinds = new Set([...a.kinds, ...b.kinds])
  const [one, other] = [a.kinds.has('object') ? a : null, b.kinds.has('object') ? b : null]
  if (one === null || other === null) {
    const only = one ?? other
    return { kinds, members: only?.members ?? null, closed: only?.closed ?? false }
  }
  if (one.members === null || other.members === null) return { kinds, members: null, closed: false }
  const names = new Set([...one.members.keys(), ...other.members.keys()])
  // A member that only one of the two has is missing in the other, or unknown where that is open.
  const member = (of: KnownShape, name: string, otherwise: Shape) =>
    of.members?.has(name) === true ? (of.members.get(name) ?? null) : of.closed ? otherwise : null
  const members = [...names].map((name) => {
    const [left, right] = [member(one, name, member(other, name, null)), member(other, name, member(one, name, null))]
    return [name, eitherShape(left, right)] as const
  })
  return { kinds, members: new Map(members), closed: one.closed && other.closed }
}

/** What stands under a name; `missing` when certainly nothing does. */
export function memberShape(shape: Shape, name: string): Shape | 'missing' {
  // A list is asked item by item, and what comes of it is one value or many.
  if (shape === null || shape.kinds.has('list')) return null
  if (!shape.kinds.has('object')) return 'missing'
  if (shape.members?.has(name) === true) return shape.members.get(name) ?? null
  return shape.members !== null && shape.closed ? 'missing' : null
}

const kindOf: Readonly<Record<string, Kind>> = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
  array: 'list',
  object: 'object',
}

/** What a JSON Schema surely says of every value that fits it. */
export function shapeOfSchema(schema: unknown, depth = 0): Shape {
  if (!isObject(schema) || depth > depthMax) return null
  const choices = choicesOf(schema as Schema)
  if (choices.length > 0)
    return choices
      .map((choice) => shapeOfSchema({ ...schema, anyOf: undefined, oneOf: undefined, ...choice }, depth + 1))
      .reduce(eitherShape)
  if (schema.const !== undefined) return shapeOfJson(schema.const)
  const named = typeof schema.type === 'string' ? [schema.type] : Array.isArray(schema.type) ? schema.type : []
  const kinds = named.flatMap((name) => kindOf[String(name)] ?? [])
  if (kinds.length === 0 || kinds.length !== named.length) return null
  const properties = isObject(schema.properties) ? schema.properties : {}
  const isPlain = schema.allOf === undefined && schema.patternProperties === undefined && schema.$ref === undefined
  const members = Object.keys(properties).map((name) => [name, shapeOfSchema(properties[name], depth + 1)] as const)
  const closed = isPlain && schema.additionalProperties === false
  const items = kinds.includes('list') ? shapeOfSchema(schema.items, depth + 1) : null
  return {
    kinds: new Set(kinds),
    members: kinds.includes('object') ? new Map(members) : null,
    closed,
    ...(items === null ? {} : { items }),
  }
}

export function shapeOfJson(value: Json, depth = 0): Shape {
  if (value === null) return shapes.none
  if (Array.isArray(value)) return listShape(shapeOfItems(value, depth + 1))
  if (typeof value === 'object') {
    if (depth > depthMax) return null
    const object = value as JsonObject
    return objectShape(Object.keys(object).map((name) => [name, shapeOfJson(object[name] ?? null, depth + 1)] as const))
  }
  return typeof value === 'string' ? shapes.text : typeof value === 'number' ? shapes.number : shapes.boolean
}

/** Items beyond these are not looked at: a written list may be long. */
const itemsMax = 20

function shapeOfItems(list: readonly Json[], depth: number): Shape {
  if (list.length === 0 || list.length > itemsMax || depth > depthMax) return null
  return list.map((item) => shapeOfJson(item, depth)).reduce(eitherShape)
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
