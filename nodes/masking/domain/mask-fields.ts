import type { Json, JsonObject } from '@sluice/sdk'

/** What stands where a whole field is hidden; never null, never stars (CONTRACT.md §2). */
export function marker(reason: 'policy' | 'frozen' | 'no_consent'): JsonObject {
  return { $masked: reason }
}

export interface FieldMask {
  readonly fields: readonly string[]
  /** Last characters of a text that stay readable; 0 hides the whole field. */
  readonly keepLast: number
}

export interface MaskedFields {
  readonly data: Json
  readonly masked: readonly string[]
}

/** Deepest nesting we look into. */
const depthMax = 32

/**
 * Hides fields of a JSON value. `mobile` means every field of that name; `customer.mobile` the one at that place.
 * @example `maskFields({ mobile: '13800138000' }, { fields: ['mobile'], keepLast: 4 }).data // { mobile: '*******8000' }`
 */
export function maskFields(value: Json, { fields, keepLast }: FieldMask): MaskedFields {
  const names = new Set(fields.filter((field) => !field.includes('.')))
  const paths = new Set(fields.filter((field) => field.includes('.')))
  const masked = new Set<string>()
  const walk = (item: Json, path: string, depth: number): Json => {
    if (typeof item !== 'object' || item === null) return item
    if (depth > depthMax) return marker('policy')
    if (Array.isArray(item)) return item.map((member) => walk(member, path, depth + 1))
    const copy = Object.entries(item as JsonObject).map(([key, member]) => {
      const place = path === '' ? key : `${path}.${key}`
      const isHit = names.has(key) || paths.has(place)
      if (!isHit) return [key, walk(member, place, depth + 1)] as const
      masked.add(place)
      return [key, hide(member, keepLast)] as const
    })
    return Object.fromEntries(copy)
  }
  return { data: walk(value, '', 0), masked: [...masked] }
}

/** Nothing to hide stays nothing; what is hidden already keeps its reason. */
function hide(value: Json, keepLast: number): Json {
  if (value === null || isMarker(value)) return value
  if (typeof value !== 'string' || keepLast <= 0) return marker('policy')
  const chars = [...value]
  // Showing the end of a text that is hardly longer would show it all.
  const shown = chars.length >= keepLast * 2 ? keepLast : 0
  return '*'.repeat(chars.length - shown) + chars.slice(chars.length - shown).join('')
}

function isMarker(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && '$masked' in value
}
