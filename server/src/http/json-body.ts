import { cleanJson } from '@sluice/engine/expression'
import { exactIntegers, type Json } from '@sluice/flows'
import { refuse } from './errors/refusal.ts'

/** Levels a body may nest; `cleanJson` holds the same bound for all data. */
const depthMax = 64

const counter = { reservedKeysRemoved: 0 }

/** Reserved keys taken out of bodies since the start: somebody is trying something. */
export function reservedKeysRemoved(): number {
  return counter.reservedKeysRemoved
}

/**
 * Text from outside as plain JSON: bounded depth, no reserved keys, no numbers beyond finite. A whole number that would be rounded is
 * kept as text; where a number is wanted, the check of the shape then refuses it by its path.
 */
export function parseJson(text: string): Json {
  let value: unknown
  try {
    value = JSON.parse(exactIntegers(text))
  } catch {
    throw refuse('SLU_BODY_NOT_JSON')
  }
  const cleaned = cleanJson(value)
  if (!cleaned.ok) {
    throw cleaned.code === 'SLU_JSON_TOO_DEEP' ? refuse('SLU_BODY_TOO_DEEP', { values: { limit: depthMax } }) : refuse('SLU_BODY_NOT_JSON')
  }
  counter.reservedKeysRemoved += cleaned.removed
  return cleaned.value
}
