import { type Catalogue, portsOfStep } from '../catalogue.ts'
import { refusal } from '../compat.ts'
import type { Draft } from '../draft.ts'
import type { FlowStore } from '../flow-store.ts'
import { label } from '../label.ts'
import type { Step } from '../model.ts'
import { boxOf, middleOf, overlaps, sizes, snap } from '../shape.ts'

/** Puts a step that is in the draft into a wire and makes room behind it. False when its ports do not fit there. */
export function splice(draft: Draft, catalogue: Catalogue, edgeId: string, id: string): boolean {
  const edge = draft.edges.get(edgeId)
  const step = draft.nodes.get(id)
  if (edge === undefined || step === undefined || edge.from.node === id || edge.to.node === id) return false
  const ports = portsOfStep(step, catalogue)
  const [input] = ports.inputs
  const [output] = ports.outputs
  const doc = draft.workspace.finish()
  if (input === undefined || refusal(doc, catalogue, edge.from, { node: id, port: input.name }) !== null) return false
  draft.disconnect(edgeId)
  draft.connect(edge.from, { node: id, port: input.name })
  if (output !== undefined && refusal(doc, catalogue, { node: id, port: output.name }, edge.to) === null)
    draft.connect({ node: id, port: output.name }, edge.to)
  makeRoom(draft, catalogue, step, edge.from.node, edge.to.node)
  return true
}

/** Moves the new step behind its source and everything downstream to the right, by whole grid steps, only as far as needed. */
function makeRoom(draft: Draft, catalogue: Catalogue, step: Step, before: string, after: string): void {
  const source = draft.nodes.get(before)
  const target = draft.nodes.get(after)
  if (source === undefined || target === undefined) return
  const from = boxOf(source, catalogue)
  const to = boxOf(target, catalogue)
  if (to.x <= from.x + from.width) return
  const room = 3 * sizes.width + 2 * sizes.gapX
  const shift = Math.max(0, snap(room - (to.x + to.width - from.x)))
  const box = boxOf(step, catalogue)
  const width = to.x + shift - (from.x + from.width)
  const x = snap(from.x + from.width + (width - box.width) / 2)
  const sameRow = Math.abs(to.y + middleOf(to.height) - (from.y + middleOf(from.height))) < 24
  const crowded = [from, { ...to, x: to.x + shift }].some((other) => overlaps(box, other, 24))
  const y = sameRow || crowded ? snap((from.y + middleOf(from.height) + to.y + middleOf(to.height)) / 2) - middleOf(box.height) : box.y
  draft.set('nodes', step.id, ['at'], [x, y])
  if (shift === 0) return
  for (const id of downstream(draft, after, new Set([before, step.id]))) {
    const [left, top] = draft.nodes.get(id)?.at ?? [0, 0]
    if (left >= to.x - 1) draft.set('nodes', id, ['at'], [left + shift, top])
  }
}

/** Steps reachable from one, itself included; loops back into `stop` end there. */
export function downstream(draft: Pick<Draft, 'edges'>, from: string, stop: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const next = new Map<string, string[]>()
  for (const edge of draft.edges.values()) next.set(edge.from.node, [...(next.get(edge.from.node) ?? []), edge.to.node])
  const found = new Set<string>()
  const queue = [from]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (found.has(id) || stop.has(id)) continue
    found.add(id)
    queue.push(...(next.get(id) ?? []))
  }
  return found
}

/** A step that is already on the canvas, dropped onto a wire. */
export function insertOnEdge(store: FlowStore, catalogue: Catalogue, edgeId: string, id: string): boolean {
  return store.change(label('insert'), (draft) => {
    splice(draft, catalogue, edgeId, id)
  })
}
