import { cleanJson } from '@sluice/engine/expression'
import type { Json } from '@sluice/flows'
import { refuse } from './errors/refusal.ts'

/** Levels a body may nest; `cleanJson` holds the same bound for all data. */
const depthMax = 64

const counter = { reservedKeysRemoved: 0 }

/** Reserved keys taken out of bodies since the start: somebody is trying something. */
export function reservedKeysRemoved(): number {
  return counter.reservedKeysRemoved
}

/** Bytes or text from outside as plain JSON: bounded depth, no reserved keys, no numbers beyond finite. */
export function parseJson(text: string): Json {
  let value: unknown
  try {
    value = JSON.parse(text)
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
