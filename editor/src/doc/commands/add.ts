import type { Catalogue } from '../catalogue.ts'
import { bestInput, bestOutput, defaultConfig, refusal } from '../compat.ts'
import type { FlowStore } from '../flow-store.ts'
import { idFromType } from '../ids.ts'
import { label } from '../label.ts'
import type { End, Step } from '../model.ts'
import { boxOf, freePlace, middleOf, noteBox, nudgedPlace, type Place, sizeOf, sizes } from '../shape.ts'
import { splice } from './splice.ts'

export interface NewStep {
  readonly type: string
  /** Where; absent: to the right of `after`, else below everything. */
  readonly at?: Place
  /** Wired from this port. */
  readonly from?: End
  /** Wired to this port: a wire pulled backwards out of an input. */
  readonly to?: End
  /** Put into this wire. */
  readonly into?: string
  /** Config beyond the defaults. */
  readonly config?: Readonly<Record<string, unknown>>
}

/** Adds a step, already wired where that was asked for and is possible. Gives its id. */
export function addStep(store: FlowStore, catalogue: Catalogue, wish: NewStep): string {
  let id = ''
  store.change(label(wish.into === undefined ? 'add' : 'insert', { type: wish.type }), (draft) => {
    const doc = store.getState().doc
    id = draft.freshNodeId(idFromType(wish.type))
    const config = { ...defaultConfig(wish.type, catalogue), ...wish.config }
    const bare: Step = { id, type: wish.type, ...(Object.keys(config).length === 0 ? {} : { config }) }
    const size = sizeOf(bare, catalogue)
    const taken = [...doc.nodes.values()].map((step) => boxOf(step, catalogue))
    // Whoever says where may also mean a note; who does not gets a place where it covers none.
    const place =
      wish.at === undefined
        ? freePlace(nextTo(wish, doc.nodes, catalogue, size.height), size, [...taken, ...[...doc.notes.values()].map(noteBox)])
        : nudgedPlace(wish.at, size, taken)
    draft.insert('nodes', { ...bare, at: [place.x, place.y] })
    if (wish.into !== undefined) splice(draft, catalogue, wish.into, id)
    const after = draft.workspace.finish()
    const step = after.nodes.get(id)
    if (step === undefined) return
    const input = bestInput(step, catalogue)
    const out = bestOutput(after, step, catalogue)
    if (wish.from !== undefined && input !== null && refusal(after, catalogue, wish.from, { node: id, port: input }) === null)
      draft.connect(wish.from, { node: id, port: input })
    if (wish.to !== undefined && out !== null && refusal(after, catalogue, { node: id, port: out }, wish.to) === null)
      draft.connect({ node: id, port: out }, wish.to)
    draft.selection = new Set([id])
  })
  return id
}

function nextTo(wish: NewStep, nodes: ReadonlyMap<string, Step>, catalogue: Catalogue, height: number): Place {
  const source = wish.from === undefined ? undefined : nodes.get(wish.from.node)
  if (source !== undefined) {
    const box = boxOf(source, catalogue)
    return { x: box.x + box.width + sizes.gapX, y: box.y + middleOf(box.height) - middleOf(height) }
  }
  const target = wish.to === undefined ? undefined : nodes.get(wish.to.node)
  if (target !== undefined) {
    const box = boxOf(target, catalogue)
    return { x: box.x - sizes.width - sizes.gapX, y: box.y + middleOf(box.height) - middleOf(height) }
  }
  const boxes = [...nodes.values()].map((step) => boxOf(step, catalogue))
  if (boxes.length === 0) return { x: 0, y: 0 }
  return { x: Math.min(...boxes.map((box) => box.x)), y: Math.max(...boxes.map((box) => box.y + box.height)) + sizes.gapY }
}
