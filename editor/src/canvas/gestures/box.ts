import {
  type Box,
  boxOf,
  type Catalogue,
  encloses,
  type FlowDocument,
  foldedIn,
  groupBox,
  groupRef,
  noteBox,
  noteRef,
  overlaps,
  type Place,
  type Ref,
  type Selection,
} from '../../doc/index.ts'

/** What a selection box does with what was selected before. */
export type BoxMode = 'replace' | 'add' | 'remove'

export function boxBetween(a: Place, b: Place): Box {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) }
}

/** Drawn to the right it takes what lies wholly inside, to the left also what it touches. A frame must always lie inside. */
export function foundInBox(doc: FlowDocument, catalogue: Catalogue, box: Box, touching: boolean): readonly Ref[] {
  const folded = foldedIn(doc.groups)
  const takes = (item: Box) => (touching ? overlaps(box, item) : encloses(box, item))
  const found: Ref[] = []
  for (const step of doc.nodes.values()) if (!folded.steps.has(step.id) && takes(boxOf(step, catalogue))) found.push(step.id)
  for (const note of doc.notes.values()) if (takes(noteBox(note))) found.push(noteRef(note.id))
  for (const group of doc.groups.values()) {
    const item = groupBox(group)
    if (!folded.groups.has(group.id) && (group.collapsed === true ? takes(item) : encloses(box, item))) found.push(groupRef(group.id))
  }
  return found
}

export function combined(before: Selection, found: readonly Ref[], mode: BoxMode): ReadonlySet<Ref> {
  if (mode === 'replace') return new Set(found)
  const taken = new Set(found)
  return mode === 'add' ? new Set([...before, ...found]) : new Set([...before].filter((ref) => !taken.has(ref)))
}
