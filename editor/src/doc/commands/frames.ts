import type { Catalogue } from '../catalogue.ts'
import type { Draft } from '../draft.ts'
import type { FlowStore } from '../flow-store.ts'
import { freshId } from '../ids.ts'
import { label } from '../label.ts'
import { type Group, groupRef, noteRef, type Step } from '../model.ts'
import { around, type Box, boxOf, type Place, snap } from '../shape.ts'
import { unwireGroup } from './remove.ts'

const margin = 24

/** The frame that just holds these steps, with room for its name. */
function frameAround(steps: readonly Step[], catalogue: Catalogue): Pick<Group, 'at' | 'size'> | null {
  const box = around(
    steps.map((step) => boxOf(step, catalogue)),
    margin,
  )
  if (box === null) return null
  return { at: [snap(box.x), snap(box.y) - margin], size: [snap(box.width), snap(box.height) + margin] }
}

/** Frames follow steps that were laid out anew. */
export function fitFrames(draft: Draft, catalogue: Catalogue): void {
  for (const group of draft.groups.values()) {
    const frame = frameAround(
      group.nodes.flatMap((id) => draft.nodes.get(id) ?? []),
      catalogue,
    )
    if (frame === null) continue
    draft.set('groups', group.id, ['at'], frame.at)
    draft.set('groups', group.id, ['size'], frame.size)
  }
}

/** Draws a frame around steps. */
export function groupSteps(store: FlowStore, catalogue: Catalogue, ids: readonly string[]): string | null {
  const { doc } = store.getState()
  const steps = ids.flatMap((id) => doc.nodes.get(id) ?? [])
  const frame = frameAround(steps, catalogue)
  if (frame === null) return null
  const id = freshId('group', (each) => doc.groups.has(each) || doc.nodes.has(each))
  store.change(label('group', { count: steps.length }), (draft) => {
    draft.insert('groups', {
      id,
      nodes: steps.map((step) => step.id),
      ...frame,
    })
    draft.selection = new Set([groupRef(id)])
  })
  return id
}

export function ungroup(store: FlowStore, ids: readonly string[]): boolean {
  return store.change(label('ungroup'), (draft) => {
    const inside = ids.flatMap((id) => draft.groups.get(id)?.nodes ?? [])
    for (const id of ids) {
      unwireGroup(draft, id)
      draft.remove('groups', id)
    }
    draft.selection = new Set(inside)
  })
}

export function renameGroup(store: FlowStore, id: string, name: string): void {
  store.change({ label: label('rename'), merge: `group ${id}` }, (draft) =>
    draft.set('groups', id, ['name'], name.trim() === '' ? undefined : name),
  )
}

export interface GroupChange {
  readonly cancel?: boolean | undefined
  readonly timeout?: string | undefined
  readonly undo?: boolean | undefined
}

/** What a frame does with the lines inside it. Undefined takes a setting away. */
export function setGroup(store: FlowStore, id: string, change: GroupChange): void {
  store.change({ label: label('configure'), merge: `group ${id} ${Object.keys(change).join()}` }, (draft) => {
    for (const [name, value] of Object.entries(change)) draft.set('groups', id, [name], value)
  })
}

export function addNote(store: FlowStore, at: Place, text = ''): string {
  const id = freshId('note', (each) => store.getState().doc.notes.has(each))
  store.change(label('note'), (draft) => {
    draft.insert('notes', { id, text, at: [snap(at.x), snap(at.y)], size: [208, 120] })
    draft.selection = new Set([noteRef(id)])
  })
  return id
}

/** Of a note that carries both languages, the one that is written in. */
export function writeNote(store: FlowStore, id: string, text: string, language: 'en' | 'zh-CN'): void {
  const carriesBoth = typeof store.getState().doc.notes.get(id)?.text === 'object'
  const path = carriesBoth ? ['text', language] : ['text']
  store.change({ label: label('note'), merge: `note ${id}` }, (draft) => draft.set('notes', id, path, text))
}

export function resizeFrame(store: FlowStore, collection: 'groups' | 'notes', id: string, box: Box): void {
  store.change({ label: label('resize'), merge: `resize ${collection} ${id}` }, (draft) => {
    draft.set(collection, id, ['at'], [snap(box.x), snap(box.y)])
    draft.set(collection, id, ['size'], [snap(box.width), snap(box.height)])
  })
}
