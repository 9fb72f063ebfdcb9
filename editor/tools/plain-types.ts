/**
 * What stands in for `typebox` in the page: step types declare their settings with it, and the page only reads the JSON Schema that
 * comes out. The library itself (12 kB) stays with the engine, the server and the check in its worker. A test compares both on every
 * step type; a constructor that is missing here fails it, and the build.
 */
interface Schema {
  readonly [key: string]: unknown
}
type Options = Readonly<Record<string, unknown>>

const optional = new WeakSet<Schema>()

function list(items: readonly Schema[], options?: Options): Schema {
  return { anyOf: items, ...options }
}

export const Type = {
  Any: (options?: Options): Schema => ({ ...options }),
  Unknown: (options?: Options): Schema => ({ ...options }),
  Null: (options?: Options): Schema => ({ type: 'null', ...options }),
  Boolean: (options?: Options): Schema => ({ type: 'boolean', ...options }),
  Integer: (options?: Options): Schema => ({ type: 'integer', ...options }),
  Number: (options?: Options): Schema => ({ type: 'number', ...options }),
  String: (options?: Options): Schema => ({ type: 'string', ...options }),
  Literal: (value: string | number | boolean, options?: Options): Schema => ({ type: typeof value, const: value, ...options }),
  Array: (items: Schema, options?: Options): Schema => ({ type: 'array', items, ...options }),
  Tuple: (items: readonly Schema[], options?: Options): Schema => ({
    type: 'array',
    additionalItems: false,
    items,
    minItems: items.length,
    ...options,
  }),
  Union: list,
  Record: (_key: Schema, value: Schema, options?: Options): Schema => ({
    type: 'object',
    patternProperties: { '^.*$': value },
    ...options,
  }),
  Object(properties: Readonly<Record<string, Schema>>, options?: Options): Schema {
    const required = Object.entries(properties).flatMap(([name, schema]) => (optional.has(schema) ? [] : [name]))
    return { type: 'object', ...(required.length > 0 && { required }), properties, ...options }
  },
  Optional(schema: Schema): Schema {
    const copy = { ...schema }
    optional.add(copy)
    return copy
  },
}
