import type { Collection } from '@sluice/flows/document'

export {
  type Collection,
  type End,
  type FlowDocument,
  type Group,
  type Head,
  type Items,
  type Note,
  type Step,
  type Wire,
  wire,
  wireId,
} from '@sluice/flows/document'

/**
 * What can be selected, in one namespace: a step by its id, a wire by its id (it holds a `>`), the rest with a prefix.
 * Step ids hold neither `:` nor `>`, so nothing collides.
 */
export type Ref = string
export type Selection = ReadonlySet<Ref>
export const nothingSelected: Selection = new Set()

export const groupRef = (id: string): Ref => `group:${id}`
export const noteRef = (id: string): Ref => `note:${id}`

export function refTarget(ref: Ref): { readonly in: Collection; readonly id: string } {
  if (ref.startsWith('group:')) return { in: 'groups', id: ref.slice(6) }
  if (ref.startsWith('note:')) return { in: 'notes', id: ref.slice(5) }
  return { in: ref.includes('>') ? 'edges' : 'nodes', id: ref }
}
