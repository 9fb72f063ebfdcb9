import { repeatedName } from '@sluice/flows'
import { type Patch, type Place, readPatches } from '@sluice/flows/document'
import { isPlainText } from '../http/plain-text.ts'
import { liveLimits } from './limits.ts'

export interface ChangeMessage {
  readonly kind: 'change'
  /** Counts the sender's own changes. */
  readonly id: number
  /** The last change of the flow its sender knew of. */
  readonly base: number
  readonly patches: readonly Patch[]
  /** Places where it knowingly stands over what somebody else wrote. */
  readonly over: readonly Place[]
}

/** Where somebody is. Nothing of it is stored. */
export interface Here {
  /** Refs of what is selected. */
  readonly selection: readonly string[]
  /** The property under their hands. */
  readonly field: { readonly node: string; readonly path: string } | null
  readonly cursor: readonly [number, number] | null
  /** Middle of what they see, and how near. */
  readonly view: readonly [x: number, y: number, zoom: number] | null
}

export type ClientMessage = ChangeMessage | ({ readonly kind: 'here' } & Here)

type Members = Readonly<Record<string, unknown>>

/** One message of a client; null when it is none of ours. Unknown members are refused, and so is a name that stands twice. */
export function readMessage(text: string): ClientMessage | null {
  let input: unknown
  try {
    input = JSON.parse(text)
  } catch {
    return null
  }
  if (!isObject(input) || repeatedName(text, null, Number.POSITIVE_INFINITY) !== null) return null
  return input.kind === 'change' ? readChange(input) : input.kind === 'here' ? readHere(input) : null
}

function readChange(input: Members): ChangeMessage | null {
  const { id, base, over } = input
  const patches = readPatches(input.patches)
  if (!only(input, ['kind', 'id', 'base', 'patches', 'over']) || !isCount(id) || !isCount(base) || patches === null) return null
  if (!Array.isArray(over) || over.length > 1_000 || !over.every(isPlace)) return null
  return { kind: 'change', id, base, patches, over }
}

function isPlace(input: unknown): input is Place {
  if (!isObject(input) || !only(input, ['in', 'id', 'path']) || typeof input.in !== 'string' || typeof input.id !== 'string') return false
  return (
    input.id.length <= 300 &&
    Array.isArray(input.path) &&
    input.path.length <= 64 &&
    input.path.every((key) => typeof key === 'string' && key.length <= 500)
  )
}

function readHere(input: Members): ClientMessage | null {
  const { selection, field, cursor, view } = input
  if (!only(input, ['kind', 'selection', 'field', 'cursor', 'view'])) return null
  if (!Array.isArray(selection) || selection.length > liveLimits.selectionMax || !selection.every(isRef)) return null
  if (field !== null && !isField(field)) return null
  if (!isPoint(cursor, 2) || !isPoint(view, 3)) return null
  return { kind: 'here', selection, field, cursor: cursor as Here['cursor'], view: view as Here['view'] }
}

function isRef(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 300 && isPlainText(value)
}

function isField(value: unknown): value is NonNullable<Here['field']> {
  return isObject(value) && only(value, ['node', 'path']) && isRef(value.node) && isRef(value.path)
}

function isPoint(value: unknown, length: number): boolean {
  return (
    value === null ||
    (Array.isArray(value) && value.length === length && value.every((each) => Number.isFinite(each) && Math.abs(each) < 1e8))
  )
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function only(value: Members, keys: readonly string[]): boolean {
  return Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key))
}
