import { isReservedKey, type Json } from '@sluice/flows'
import { expressionLimits } from './limits.ts'

/** Depth of data we accept anywhere. JSON from outside can nest a million levels in a megabyte. */
const depthMax = expressionLimits.resultDepthMax

export type CleanJson =
  | { readonly ok: true; readonly value: Json; readonly removed: number; readonly members: number }
  | { readonly ok: false; readonly code: 'SLU_JSON_TOO_DEEP' | 'SLU_JSON_NOT_PLAIN'; readonly message: string }

class Refused {
  readonly code: 'SLU_JSON_TOO_DEEP' | 'SLU_JSON_NOT_PLAIN'
  readonly message: string
  constructor(code: Refused['code'], message: string) {
    this.code = code
    this.message = message
  }
}

/**
 * Takes out keys that could change how an expression is evaluated or who an object's prototype is, and counts them.
 * Call it wherever JSON enters: events, inputs, results of outside acts. Clean data comes back as the same object. `members` counts what all
 * its objects hold, with what was taken out.
 */
export function cleanJson(value: unknown): CleanJson {
  const counter: Counter = { removed: 0, members: 0 }
  try {
    return { ok: true, value: clean(value, 0, counter), removed: counter.removed, members: counter.members }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, code: error.code, message: error.message }
    throw error
  }
}

interface Counter {
  removed: number
  members: number
}

function clean(value: unknown, depth: number, counter: Counter): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value
    throw new Refused('SLU_JSON_NOT_PLAIN', 'A number is not finite')
  }
  if (typeof value !== 'object') throw new Refused('SLU_JSON_NOT_PLAIN', `A value of type ${typeof value} is not JSON`)
  if (depth >= depthMax) throw new Refused('SLU_JSON_TOO_DEEP', `The data nests deeper than ${depthMax} levels`)
  return Array.isArray(value) ? cleanList(value, depth, counter) : cleanObject(value, depth, counter)
}

function cleanList(list: readonly unknown[], depth: number, counter: Counter): Json {
  let copy: Json[] | null = null
  for (let index = 0; index < list.length; index++) {
    const item = clean(list[index], depth + 1, counter)
    if (copy === null && item !== list[index]) copy = list.slice(0, index) as Json[]
    if (copy !== null) copy.push(item)
  }
  return copy ?? (list as readonly Json[])
}

function cleanObject(object: object, depth: number, counter: Counter): Json {
  const prototype = Object.getPrototypeOf(object)
  if (prototype !== null && prototype !== Object.prototype && Object.getPrototypeOf(prototype) !== null) {
    throw new Refused('SLU_JSON_NOT_PLAIN', 'An object is not plain JSON')
  }
  const source = object as Record<string, unknown>
  const keys = Object.keys(source)
  counter.members += keys.length
  let changed = false
  const values = keys.map((key) => {
    if (isReservedKey(key)) {
      changed = true
      return undefined
    }
    const item = clean(source[key], depth + 1, counter)
    if (item !== source[key]) changed = true
    return item
  })
  if (!changed) return object as Json
  const copy: Record<string, Json> = {}
  keys.forEach((key, index) => {
    const item = values[index]
    if (isReservedKey(key)) counter.removed += 1
    else if (item !== undefined) copy[key] = item
  })
  return copy
}
