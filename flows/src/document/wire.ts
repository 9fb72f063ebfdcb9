import { isReservedKey } from '../reserved-key.ts'
import { type Collection, collections } from './model.ts'
import type { Patch } from './patch.ts'

/** Bounds of what one message between people may hold. */
export const patchLimits = { patchesMax: 70_000, pathDepthMax: 64, idCharsMax: 140, keyCharsMax: 500 } as const

/**
 * Patches that came over a wire, or null when they are none of ours. Only their shape is looked at: what they lead to is read as a flow
 * file afterwards. Places in lists never travel: a list is one property.
 */
export function readPatches(input: unknown): readonly Patch[] | null {
  if (!Array.isArray(input) || input.length > patchLimits.patchesMax) return null
  return input.every(isPatch) ? (input as readonly Patch[]) : null
}

type Members = Readonly<Record<string, unknown>>

function isPatch(input: unknown): boolean {
  if (!isObject(input)) return false
  const { op, in: part } = input
  if (op === 'insert')
    return only(input, ['op', 'in', 'value', 'before']) && isCollection(part) && isItem(part, input.value) && isAnchor(input.before)
  if (op === 'remove') return only(input, ['op', 'in', 'id']) && isCollection(part) && isId(input.id)
  if (op !== 'set' && op !== 'unset') return false
  const keys = op === 'set' ? ['op', 'in', 'id', 'path', 'value', 'before'] : ['op', 'in', 'id', 'path']
  if (!only(input, keys) || (op === 'set') !== Object.hasOwn(input, 'value')) return false
  if (input.before !== undefined && !isKey(input.before)) return false
  return isPlace(part, input.id, input.path)
}

/** The name of a step and the key of a flow never change: others refer to them. Wires have nothing to set. */
function isPlace(part: unknown, id: unknown, path: unknown): boolean {
  if (!Array.isArray(path) || path.length === 0 || path.length > patchLimits.pathDepthMax || !path.every(isKey)) return false
  if (part === 'head') return id === '' && path[0] !== 'key' && path[0] !== 'format' && !isCollection(path[0])
  return isCollection(part) && part !== 'edges' && isId(id) && path[0] !== 'id'
}

function isItem(part: Collection, value: unknown): boolean {
  if (!isObject(value) || !isId(value.id)) return false
  if (part === 'edges') return only(value, ['id', 'from', 'to']) && isEnd(value.from) && isEnd(value.to)
  return part !== 'groups' || Array.isArray(value.nodes)
}

function isEnd(value: unknown): boolean {
  return isObject(value) && only(value, ['node', 'port']) && isId(value.node) && isId(value.port)
}

function isAnchor(value: unknown): boolean {
  return value === null || isId(value)
}

function isId(value: unknown): value is string {
  // A wire is named by both its ends: four names of 64 letters and what joins them.
  return typeof value === 'string' && value.length > 0 && value.length <= 2 * patchLimits.idCharsMax && !isReservedKey(value)
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && value.length <= patchLimits.keyCharsMax && !isReservedKey(value)
}

function isCollection(value: unknown): value is Collection {
  return collections.some((each) => each === value)
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function only(value: Members, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key))
}
