import type { JournalItem } from '../api/shapes.ts'

/** Where a sealed value stands in the journal of a run. */
export interface SealPlace {
  readonly run: string
  readonly seq: number
  /** JSON pointer into the entry, as the API shows it. */
  readonly path: string
}

/** By the sealed object itself: it is handed on from the journal to forms and trees without a copy, and forgotten with them. */
const places = new WeakMap<object, SealPlace>()
const common: ReadonlySet<string> = new Set(['seq', 'at', 'kind', 'node', 'port', 'data', 'why'])
const depthMax = 64

/** Notes where the seals of these entries stand that a reason may open. */
export function rememberSeals(run: string, items: readonly JournalItem[]): void {
  for (const item of items) {
    for (const [key, value] of Object.entries(item))
      note({ run, seq: item.seq, path: common.has(key) ? `/${key}` : `/entry/${key}` }, value, 0)
  }
}

export function placeOf(seal: object): SealPlace | null {
  return places.get(seal) ?? null
}

function note(place: SealPlace, value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > depthMax) return
  if ('$masked' in value) {
    if (value.$masked === 'policy') places.set(value, place)
    return
  }
  for (const [key, each] of Object.entries(value))
    note({ ...place, path: `${place.path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` }, each, depth + 1)
}
