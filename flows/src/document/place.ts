import type { Collection } from './model.ts'
import type { Patch, Path } from './patch.ts'

/** Where a change lands: a whole item (empty path) or one property of it. */
export interface Place {
  readonly in: Collection | 'head'
  readonly id: string
  readonly path: Path
}

export const wholeItem: Path = []

export function placeOf(patch: Patch): Place {
  if (patch.op === 'insert') return { in: patch.in, id: patch.value.id, path: wholeItem }
  return { in: patch.in, id: patch.id, path: patch.op === 'remove' ? wholeItem : patch.path }
}

/** One text for each place, as a key of maps. */
export function placeText({ in: collection, id, path }: Place): string {
  return JSON.stringify([collection, id, ...path])
}

/** True when a change at `outer` also decides what stands at `inner`. */
export function covers(outer: Place, inner: Place): boolean {
  if (outer.in !== inner.in || outer.id !== inner.id || outer.path.length > inner.path.length) return false
  return outer.path.every((key, index) => key === inner.path[index])
}
