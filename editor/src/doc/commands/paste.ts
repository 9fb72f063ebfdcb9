import type { Catalogue } from '../catalogue.ts'
import type { Draft } from '../draft.ts'
import { fromFile } from '../file.ts'
import type { FlowStore } from '../flow-store.ts'
import { fragmentOf } from '../fragment.ts'
import { freshId, idStem } from '../ids.ts'
import { label } from '../label.ts'
import { type FlowDocument, groupRef, noteRef, type Ref } from '../model.ts'
import { renameReferences } from '../references.ts'
import { around, boxOf, groupBox, noteBox, type Place, snap } from '../shape.ts'

/** Puts a fragment on the canvas with its top left corner at a place. Ids that are taken change, and what refers to them follows. */
export function paste(
  store: FlowStore,
  catalogue: Catalogue,
  fragment: FlowDocument,
  at: Place,
  options: PasteOptions = {},
): readonly Ref[] {
  const frame = frameOf(fragment, catalogue)
  return put(store, fragment, { x: snap(at.x - frame.x), y: snap(at.y - frame.y) }, 'paste', options.keepIncoming)
}

export interface PasteOptions {
  /** In the flow it was copied from: what leads to the original leads to the copy too. */
  readonly keepIncoming?: boolean
}

/** Copies what is selected beside itself, with the wires inside and not those outside. */
export function duplicate(store: FlowStore, refs: Iterable<Ref>, offset: Place = { x: 32, y: 32 }): readonly Ref[] {
  return put(store, fromFile(fragmentOf(store.getState().doc, refs)), offset, 'duplicate')
}

function frameOf(fragment: FlowDocument, catalogue: Catalogue): Place {
  const boxes = [
    ...[...fragment.nodes.values()].map((step) => boxOf(step, catalogue)),
    ...[...fragment.notes.values()].map(noteBox),
    ...[...fragment.groups.values()].map(groupBox),
  ]
  return around(boxes) ?? { x: 0, y: 0 }
}

function put(store: FlowStore, fragment: FlowDocument, offset: Place, name: 'paste' | 'duplicate', keepIncoming = false): readonly Ref[] {
  const refs: Ref[] = []
  store.change(label(name, { count: fragment.nodes.size }), (draft) => {
    const names = newNames(draft, fragment)
    const frames = newFrameNames(draft, fragment, names)
    const named = (id: string) => names.get(id) ?? frames.get(id) ?? id
    const shifted = (point: readonly number[] | undefined): [number, number] => [(point?.[0] ?? 0) + offset.x, (point?.[1] ?? 0) + offset.y]
    for (const step of fragment.nodes.values()) {
      const config = step.config === undefined ? {} : { config: inFrames(renameReferences(step.config, names) as Config, frames) }
      draft.insert('nodes', { ...step, ...config, id: named(step.id), at: shifted(step.at) })
      refs.push(named(step.id))
    }
    for (const edge of fragment.edges.values())
      draft.connect({ ...edge.from, node: named(edge.from.node) }, { ...edge.to, node: named(edge.to.node) })
    if (keepIncoming)
      for (const edge of [...draft.edges.values()])
        if (fragment.nodes.has(edge.to.node) && !fragment.nodes.has(edge.from.node) && draft.nodes.has(edge.from.node))
          draft.connect(edge.from, { ...edge.to, node: named(edge.to.node) })
    for (const group of fragment.groups.values()) {
      const id = frames.get(group.id) ?? group.id
      draft.insert('groups', { ...group, id, nodes: group.nodes.map(named), at: shifted(group.at) })
      refs.push(groupRef(id))
    }
    for (const note of fragment.notes.values()) {
      const id = freshId(idStem(note.id), (each) => draft.notes.has(each))
      draft.insert('notes', { ...note, id, at: shifted(note.at) })
      refs.push(noteRef(id))
    }
    draft.selection = new Set(refs)
  })
  return refs
}

type Config = Record<string, unknown>

/** Frames that are pasted under other names; wires and for-each steps among what is pasted follow. */
function newFrameNames(draft: Draft, fragment: FlowDocument, steps: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const given = new Set(steps.values())
  const frames = new Map<string, string>()
  for (const { id } of fragment.groups.values()) {
    const free = (each: string) => draft.groups.has(each) || draft.nodes.has(each) || given.has(each)
    const fresh = free(id) ? freshId(idStem(id), free) : id
    given.add(fresh)
    frames.set(id, fresh)
  }
  return frames
}

function inFrames(config: Config, frames: ReadonlyMap<string, string>): Config {
  const fresh = typeof config.group === 'string' ? frames.get(config.group) : undefined
  return fresh === undefined ? config : { ...config, group: fresh }
}

function newNames(draft: Draft, fragment: FlowDocument): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const given = new Set<string>()
  for (const id of fragment.nodes.keys()) {
    const free = (each: string) => draft.nodes.has(each) || given.has(each)
    const fresh = free(id) ? freshId(idStem(id), free) : id
    given.add(fresh)
    names.set(id, fresh)
  }
  return names
}
