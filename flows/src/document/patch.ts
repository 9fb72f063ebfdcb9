import type { Collection, Items } from './model.ts'

export type Path = readonly (string | number)[]

/** The smallest change of a document. Plain data: it goes into the journal, the undo list and over the wire. */
export type Patch =
  | {
      [Key in Collection]: { readonly op: 'insert'; readonly in: Key; readonly value: Items[Key]; readonly before: string | null }
    }[Collection]
  | { readonly op: 'remove'; readonly in: Collection; readonly id: string }
  | {
      readonly op: 'set'
      readonly in: Collection | 'head'
      readonly id: string
      readonly path: Path
      readonly value: unknown
      /** A key that is new goes before this one, so that undoing elsewhere gives the same bytes. */
      readonly before?: string
    }
  | { readonly op: 'unset'; readonly in: Collection | 'head'; readonly id: string; readonly path: Path }

export const absent: unique symbol = Symbol('absent')

/** Value at a path, or `absent`. */
export function getIn(root: unknown, path: Path): unknown {
  let value = root
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return absent
    value = (value as Record<string | number, unknown>)[key]
  }
  return value
}

/** A copy of `root` with one value replaced; missing objects on the way are made. `absent` takes the key away. */
export function setIn(root: unknown, path: Path, value: unknown, before?: string): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(root) && typeof key === 'number') {
    const copy = [...root]
    const next = setIn(copy[key], rest, value, before)
    if (next === absent) copy.splice(key, 1)
    else copy[key] = next
    return copy
  }
  const source = typeof root === 'object' && root !== null && !Array.isArray(root) ? (root as Record<string, unknown>) : {}
  const next = setIn(source[key], rest, value, before)
  if (next !== absent) return rest.length === 0 ? placed(source, String(key), next, before) : { ...source, [key]: next }
  const { [key]: _gone, ...kept } = source
  return kept
}

function placed(source: Readonly<Record<string, unknown>>, key: string, value: unknown, before: string | undefined): unknown {
  if (before === undefined || Object.hasOwn(source, key) || !Object.hasOwn(source, before)) return { ...source, [key]: value }
  return Object.fromEntries(Object.entries(source).flatMap((each) => (each[0] === before ? [[key, value], each] : [each])))
}

/**
 * The longest part of `path` whose value may simply be put back to undo a change at `path`.
 * A key that appears or goes changes the order of its object, so then the whole object is put back.
 */
export function undoPath(root: unknown, path: Path, removes: boolean): Path {
  if (!removes && getIn(root, path) !== absent) return path
  let depth = path.length - 1
  while (depth > 0 && getIn(root, path.slice(0, depth)) === absent) depth--
  return path.slice(0, Math.max(depth, 0))
}
