/** A value while an expression runs: JSON, nothing, or a list that knows how it came about. */
export type Value = undefined | null | boolean | number | string | List | { readonly [key: string]: Value }

/**
 * jsonata tells lists apart that look alike in JSON. `sequence`: made by a path, so one item stands for itself and none for nothing.
 * `keepSingleton`: a sequence that stays a list with one item (`a.b[]`). `cons`: written out in a path, so it is not flattened.
 */
export interface List extends ReadonlyArray<Value> {
  readonly sequence?: true
  readonly keepSingleton?: boolean
  readonly cons?: true
}

export interface Sequence extends Array<Value> {
  sequence: true
  keepSingleton?: boolean
}

export function isList(value: Value): value is List {
  return Array.isArray(value)
}

export function isRecord(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isSequence(value: Value): value is Sequence {
  return Array.isArray(value) && (value as List).sequence === true
}

export function sequenceOf(): Sequence {
  const list = [] as unknown as Sequence
  list.sequence = true
  return list
}

export function sequenceOfOne(value: Value): Sequence {
  const list = [value] as unknown as Sequence
  list.sequence = true
  return list
}

/** A sequence leaves its expression: none is nothing, one is itself. */
export function unwrap(value: Value, keepArray: boolean): Value {
  if (!isSequence(value)) return value
  if (keepArray) value.keepSingleton = true
  if (value.length === 0) return undefined
  return value.length === 1 && value.keepSingleton !== true ? value[0] : value
}
