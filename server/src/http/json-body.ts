import { cleanJson } from '@sluice/engine/expression'
import { exactIntegers, type Json, repeatedName } from '@sluice/flows'
import { refuse } from './errors/refusal.ts'
import type { Language } from './language.ts'

/** Levels a body may nest; `cleanJson` holds the same bound for all data. */
const depthMax = 64

const pathShownMax = 500
const nameShownMax = 100

const counter = { reservedKeysRemoved: 0 }

/** Reserved keys taken out of bodies since the start: somebody is trying something. */
export function reservedKeysRemoved(): number {
  return counter.reservedKeysRemoved
}

/**
 * Text from outside as plain JSON: bounded depth, no reserved keys, no numbers beyond finite. A whole number that would be rounded is
 * kept as text; where a number is wanted, the check of the shape then refuses it by its path. A name that stands twice in an object is
 * refused: a reader in front of us could believe the other one of the two.
 */
export function parseJson(sent: string, language: Language): Json {
  const text = exactIntegers(sent)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refuse('SLU_BODY_NOT_JSON')
  }
  const cleaned = cleanJson(value)
  if (!cleaned.ok) throw cleaned.code === 'SLU_JSON_TOO_DEEP' ? tooDeep() : refuse('SLU_BODY_NOT_JSON')
  const repeated = repeatedName(text, cleaned.members, depthMax)
  if (repeated === 'deep') throw tooDeep()
  if (repeated !== null) throw twice(repeated, language)
  counter.reservedKeysRemoved += cleaned.removed
  return cleaned.value
}

function tooDeep(): Error {
  return refuse('SLU_BODY_TOO_DEEP', { values: { limit: depthMax } })
}

function twice({ path, name }: { readonly path: string; readonly name: string }, language: Language): Error {
  const shown = { path: path.slice(0, pathShownMax), name: name.slice(0, nameShownMax) }
  const message =
    language === 'en' ? `“${shown.name}” stands here twice; only one of them would count` : `此处“${shown.name}”出现了两次，只有一个会生效`
  return refuse('SLU_BODY_NAME_REPEATED', { values: { path: shown.path }, details: [{ path: shown.path, message }] })
}
