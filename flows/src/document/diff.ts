import { sameJson } from './equal.ts'
import { type Collection, collections, type FlowDocument } from './model.ts'
import type { Patch, Path } from './patch.ts'

type Members = Readonly<Record<string, unknown>>

/**
 * The patches that lead from one document to another, property by property: this is what travels between people, so that two who set
 * different fields of one step both keep theirs. Lists are one property, because places in a list mean another thing once somebody
 * removed a row; so is what the format only accepts whole (a name in two languages, a retry rule).
 */
export function diffDocuments(from: FlowDocument, to: FlowDocument): readonly Patch[] {
  if (from === to) return []
  const patches: Patch[] = []
  // Wires and frames go first and come last: at no moment does one name a step that is not there.
  for (const collection of [...collections].reverse()) removed(from, to, collection, patches)
  if (from.head !== to.head) item('head', '', from.head as unknown as Members, to.head as unknown as Members, patches)
  for (const collection of collections) {
    inserted(from, to, collection, patches)
    changed(from, to, collection, patches)
  }
  return patches
}

function removed(from: FlowDocument, to: FlowDocument, collection: Collection, patches: Patch[]): void {
  if (from[collection] === to[collection]) return
  for (const id of from[collection].keys()) if (!to[collection].has(id)) patches.push({ op: 'remove', in: collection, id })
}

function inserted(from: FlowDocument, to: FlowDocument, collection: Collection, patches: Patch[]): void {
  if (from[collection] === to[collection]) return
  const fresh: { readonly value: unknown; before: string | null }[] = []
  let waiting = 0
  for (const [id, value] of to[collection]) {
    if (!from[collection].has(id)) {
      fresh.push({ value, before: null })
      continue
    }
    for (; waiting < fresh.length; waiting++) {
      const each = fresh[waiting]
      if (each !== undefined) each.before = id
    }
  }
  for (const { value, before } of fresh) patches.push({ op: 'insert', in: collection, value, before } as Patch)
}

function changed(from: FlowDocument, to: FlowDocument, collection: Collection, patches: Patch[]): void {
  if (from[collection] === to[collection] || collection === 'edges') return
  for (const [id, value] of to[collection]) {
    const before = from[collection].get(id)
    if (before !== undefined && before !== value) item(collection, id, before as unknown as Members, value as unknown as Members, patches)
  }
}

/** How deep properties go in what the format leaves open; everything else is one property by its first name. */
const openParts: Readonly<Record<string, number>> = { 'nodes config': 62, 'head settings': 1, 'head parameters': 1 }

function item(collection: Collection | 'head', id: string, from: Members, to: Members, patches: Patch[]): void {
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (from[key] === to[key]) continue
    value(collection, id, [key], from[key], to[key], openParts[`${collection} ${key}`] ?? 0, undefined, patches)
  }
}

function value(
  collection: Collection | 'head',
  id: string,
  path: Path,
  from: unknown,
  to: unknown,
  depth: number,
  before: string | undefined,
  patches: Patch[],
): void {
  if (from === to) return
  if (to === undefined) {
    patches.push({ op: 'unset', in: collection, id, path })
    return
  }
  const target = plain(to)
  const source = from === undefined ? {} : plain(from)
  if (depth === 0 || target === null || source === null || (from === undefined && Object.keys(target).length === 0)) {
    if (!sameJson(from, to)) patches.push({ op: 'set', in: collection, id, path, value: to, ...(before === undefined ? {} : { before }) })
    return
  }
  for (const key of Object.keys(source)) {
    if (target[key] === undefined && source[key] !== undefined)
      value(collection, id, [...path, key], source[key], undefined, depth - 1, undefined, patches)
  }
  const keys = Object.keys(target)
  // From the last to the first: a new key stands before one that is there already, whether it was or has just been put there.
  for (let index = keys.length - 1; index >= 0; index--) {
    const key = keys[index]
    if (key === undefined || target[key] === undefined) continue
    value(
      collection,
      id,
      [...path, key],
      source[key],
      target[key],
      depth - 1,
      source[key] === undefined ? keys[index + 1] : undefined,
      patches,
    )
  }
}

function plain(of: unknown): Members | null {
  return typeof of === 'object' && of !== null && !Array.isArray(of) ? (of as Members) : null
}
