import { freshId, idStem } from './ids.ts'
import { type Collection, type FlowDocument, wire } from './model.ts'
import type { Patch } from './patch.ts'
import { renameReferences } from './references.ts'

/**
 * Two people may give their new steps the same id before they know of each other. The later of them gets another one, and everything
 * in the same patches that names it follows.
 */
export function takeApart(patches: readonly Patch[], doc: FlowDocument, isMine: (patch: Patch) => boolean = () => false): readonly Patch[] {
  const names = namesFor(patches, doc, isMine)
  if (names.size === 0) return patches
  const named = (collection: Collection | 'head', id: string) => names.get(`${spaceOf(collection)} ${id}`) ?? id
  const steps = new Map([...names].flatMap(([key, fresh]) => (key.startsWith('steps ') ? [[key.slice(6), fresh] as const] : [])))
  const end = <End extends { readonly node: string }>(of: End): End => ({ ...of, node: named('nodes', of.node) })
  return patches.map((patch): Patch => {
    if (patch.op === 'insert' && patch.in === 'edges') return { ...patch, value: wire(end(patch.value.from), end(patch.value.to)) }
    if (patch.op === 'insert') {
      const value = renameReferences(patch.value, steps) as typeof patch.value
      const members = 'nodes' in value ? { nodes: value.nodes.map((node) => named('nodes', node)) } : {}
      return { ...patch, value: { ...value, ...members, id: named(patch.in, patch.value.id) } } as Patch
    }
    if (patch.op === 'remove' || patch.op === 'unset') return { ...patch, id: named(patch.in, patch.id) }
    const value =
      patch.in === 'groups' && patch.path[0] === 'nodes' && Array.isArray(patch.value)
        ? patch.value.map((node) => named('nodes', String(node)))
        : renameReferences(patch.value, steps)
    return { ...patch, id: named(patch.in, patch.id), value }
  })
}

/** Wires name steps and frames alike, so both draw from one list of names. */
function spaceOf(collection: Collection | 'head'): string {
  return collection === 'nodes' || collection === 'groups' ? 'steps' : collection
}

function namesFor(patches: readonly Patch[], doc: FlowDocument, isMine: (patch: Patch) => boolean): ReadonlyMap<string, string> {
  const inserts = patches.flatMap((patch) => (patch.op === 'insert' && patch.in !== 'edges' ? [patch] : []))
  const removed = new Set(patches.flatMap((patch) => (patch.op === 'remove' ? [`${spaceOf(patch.in)} ${patch.id}`] : [])))
  const given = new Set(inserts.map((patch) => `${spaceOf(patch.in)} ${patch.value.id}`))
  const taken = (space: string, id: string) => (space === 'steps' ? doc.nodes.has(id) || doc.groups.has(id) : doc.notes.has(id))
  const names = new Map<string, string>()
  for (const patch of inserts) {
    const space = spaceOf(patch.in)
    const key = `${space} ${patch.value.id}`
    if (!taken(space, patch.value.id) || removed.has(key) || isMine(patch)) continue
    const fresh = freshId(idStem(patch.value.id), (id) => taken(space, id) || given.has(`${space} ${id}`))
    given.add(`${space} ${fresh}`)
    names.set(key, fresh)
  }
  return names
}
