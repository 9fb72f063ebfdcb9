import { type Catalogue, portsOfStep } from '../catalogue.ts'
import { refusal } from '../compat.ts'
import type { Draft } from '../draft.ts'
import type { FlowStore } from '../flow-store.ts'
import { type LabelName, label } from '../label.ts'
import { type Ref, refTarget } from '../model.ts'

export interface RemoveOptions {
  /** Neighbours of a removed step are joined. */
  readonly keepChain: boolean
  readonly label?: LabelName
}

/** Takes steps, wires, groups and notes away. Steps of a removed group stay. */
export function removeItems(store: FlowStore, catalogue: Catalogue, refs: Iterable<Ref>, options: RemoveOptions): boolean {
  const targets = [...refs].map(refTarget)
  return store.change(label(options.label ?? 'remove', { count: targets.length }), (draft) => {
    for (const { in: collection, id } of targets) {
      if (collection === 'nodes') removeStep(draft, catalogue, id, options.keepChain)
      else {
        if (collection === 'groups') unwireGroup(draft, id)
        draft.remove(collection, id)
      }
    }
    draft.selection = new Set()
  })
}

/** Wires of a frame go with it, and for-each steps that ran it have none. */
export function unwireGroup(draft: Draft, id: string): void {
  if (draft.nodes.has(id)) return
  for (const edge of draft.wiresOf(id)) draft.disconnect(edge.id)
}

function removeStep(draft: Draft, catalogue: Catalogue, id: string, keepChain: boolean): void {
  unwire(draft, catalogue, id, keepChain)
  draft.remove('nodes', id)
  for (const group of draft.groups.values()) {
    if (group.nodes.includes(id))
      draft.set(
        'groups',
        group.id,
        ['nodes'],
        group.nodes.filter((each) => each !== id),
      )
  }
}

/** Takes a step out of its chain. With `keepChain`, what came in goes on where its main line went. */
export function unwire(draft: Draft, catalogue: Catalogue, id: string, keepChain: boolean): void {
  const step = draft.nodes.get(id)
  const wires = draft.wiresOf(id)
  const into = wires.filter((edge) => edge.to.node === id && edge.from.node !== id)
  const out = wires.filter((edge) => edge.from.node === id && edge.to.node !== id)
  for (const edge of wires) draft.disconnect(edge.id)
  if (!keepChain || step === undefined) return
  const order = portsOfStep(step, catalogue).outputs.map((port) => port.name)
  const main = [...order, ...out.map((edge) => edge.from.port)].find(
    (port) => port !== 'error' && port !== 'undo' && out.some((edge) => edge.from.port === port),
  )
  const doc = draft.workspace.finish()
  for (const before of into) {
    for (const after of out.filter((edge) => edge.from.port === main)) {
      if (refusal(doc, catalogue, before.from, after.to) === null) draft.connect(before.from, after.to)
    }
  }
}

/** Pulls steps out of their chain but leaves them on the canvas. */
export function detach(store: FlowStore, catalogue: Catalogue, ids: readonly string[]): boolean {
  return store.change(label('detach', { count: ids.length }), (draft) => {
    for (const id of ids) unwire(draft, catalogue, id, true)
  })
}
