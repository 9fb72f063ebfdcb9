import { boxOf, type Catalogue, type FlowDocument, groupBox, type Place, placeOf, sizeOf } from '../../doc/index.ts'
import type { Anchor } from './api.ts'

/** What an anchor is selected by; null when it is a place, or gone. */
export function refOf(anchor: Anchor, doc: FlowDocument): string | null {
  if (anchor.kind === 'step') return doc.nodes.has(anchor.id) ? anchor.id : null
  if (anchor.kind === 'edge') return doc.edges.has(anchor.id) ? anchor.id : null
  if (anchor.kind === 'group') return doc.groups.has(anchor.id) ? `group:${anchor.id}` : null
  return null
}

/** Whether what it is about is still in the flow. */
export function isThere(anchor: Anchor, doc: FlowDocument): boolean {
  return anchor.kind === 'flow' || anchor.kind === 'point' || refOf(anchor, doc) !== null
}

/** Where its mark stands on the drawing; null when it has none. It follows what it is anchored to. */
export function markPlace(anchor: Anchor, doc: FlowDocument, catalogue: Catalogue): Place | null {
  if (anchor.kind === 'flow') return null
  if (anchor.kind === 'point') return { x: anchor.x, y: anchor.y }
  if (anchor.kind === 'group') {
    const group = doc.groups.get(anchor.id)
    const box = group === undefined ? null : groupBox(group)
    return box === null ? null : { x: box.x + box.width, y: box.y }
  }
  if (anchor.kind === 'step') {
    const step = doc.nodes.get(anchor.id)
    const box = step === undefined ? null : boxOf(step, catalogue)
    return box === null ? null : { x: box.x + box.width, y: box.y }
  }
  const wire = doc.edges.get(anchor.id)
  const [from, to] = [doc.nodes.get(wire?.from.node ?? ''), doc.nodes.get(wire?.to.node ?? '')]
  if (from === undefined || to === undefined) return null
  const [a, b] = [placeOf(from), placeOf(to)]
  const [left, right] = [sizeOf(from, catalogue), sizeOf(to, catalogue)]
  return { x: (a.x + left.width + b.x) / 2, y: (a.y + left.height / 2 + b.y + right.height / 2) / 2 }
}

/** The thing under a single selection as an anchor; a bare place, or the whole flow. */
export function anchorOf(selection: ReadonlySet<string>, pointer: Place | null): Anchor {
  const [ref, ...more] = selection
  if (ref !== undefined && more.length === 0 && !ref.startsWith('note:')) {
    if (ref.startsWith('group:')) return { kind: 'group', id: ref.slice(6) }
    return { kind: ref.includes('>') ? 'edge' : 'step', id: ref }
  }
  return pointer === null || ref !== undefined ? { kind: 'flow' } : { kind: 'point', x: Math.round(pointer.x), y: Math.round(pointer.y) }
}
