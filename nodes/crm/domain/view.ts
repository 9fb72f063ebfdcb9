import type { Json } from '@sluice/sdk'
import type { Cell, Mask } from '../../consent/index.ts'
import { bitOf } from '../../consent/index.ts'
import { type FieldDefinition, fieldMask } from './fields.ts'

/** A value the reader may not see. Never null and never asterisks, so that rules can tell absent from forbidden. */
export interface Masked {
  readonly $masked: 'frozen' | 'no_consent' | 'policy'
  /** What kind of value a role may not see in recorded data: what works with it can be drawn without seeing it. */
  readonly type?: 'string' | 'number' | 'boolean'
}

/**
 * Who looks.
 * - `full`: administers the data; sees all but what is frozen.
 * - `rep`: owns the customer; sees what some grant covers.
 * - `masked`: works on flows and figures; sees no personal data.
 * - `flow`: one use; sees what exactly this cell covers.
 */
export type Reader =
  | { readonly kind: 'full' }
  | { readonly kind: 'rep' }
  | { readonly kind: 'masked' }
  | { readonly kind: 'flow'; readonly cell: Cell }

/** One field as this reader sees it. Frozen wins over every role. */
export function viewField(
  field: FieldDefinition,
  value: Json,
  state: { readonly frozen: boolean; readonly granted: Mask },
  reader: Reader,
): Json | Masked {
  if (state.frozen) return { $masked: 'frozen' }
  if (reader.kind === 'full') return value
  if (field.category === null) return { $masked: 'policy' }
  if (field.pii === 'none') return value
  if (reader.kind === 'masked') return { $masked: 'policy' }
  if (reader.kind === 'rep') return (fieldMask(field) & state.granted) === 0 ? { $masked: 'no_consent' } : value
  return usable(field, state.granted, reader.cell) ? value : { $masked: usableFor(field, reader.cell) ? 'no_consent' : 'policy' }
}

function usable(field: FieldDefinition, granted: Mask, cell: Cell): boolean {
  return usableFor(field, cell) && (granted & bitOf(cell)) !== 0
}

/** Is the field meant for this use at all, whoever agreed? */
function usableFor(field: FieldDefinition, cell: Cell): boolean {
  return (fieldMask(field) & bitOf(cell)) !== 0
}

export function isMasked(value: unknown): value is Masked {
  return typeof value === 'object' && value !== null && '$masked' in value
}

/** A name for readers who work with figures: 李雷 → 李*, John Smith → J*** S****. */
export function partialName(name: string): string {
  if (/\p{Script=Han}/u.test(name)) {
    const characters = [...name.trim()]
    const shown = compoundSurnames.has(characters.slice(0, 2).join('')) && characters.length > 2 ? 2 : 1
    return characters.slice(0, shown).join('') + '*'.repeat(Math.max(1, characters.length - shown))
  }
  return name
    .trim()
    .split(/\s+/)
    .map((word) => {
      const characters = [...word]
      return (characters[0] ?? '') + '*'.repeat(Math.max(1, characters.length - 1))
    })
    .join(' ')
}

const compoundSurnames = new Set([
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '司徒',
  '令狐',
  '东方',
  '南宫',
  '夏侯',
  '长孙',
])
