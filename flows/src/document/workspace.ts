import { type Collection, collections, type FlowDocument, type Items } from './model.ts'
import { Order } from './order.ts'
import { absent, getIn, type Patch, setIn, undoPath } from './patch.ts'

interface Sheet<Item> {
  items: Map<string, Item>
  order: Order
  /** The order of the map no longer is the order of the file. */
  shuffled: boolean
}

/**
 * One batch of patches on its way into a document. Untouched collections are shared with the document before;
 * touched ones are copied once. Collects for every patch the patch that undoes it.
 */
export class Workspace {
  readonly forward: Patch[] = []
  readonly inverse: Patch[] = []
  private head: FlowDocument['head']
  private readonly sheets: { [Key in Collection]?: Sheet<Items[Key]> } = {}
  private readonly base: FlowDocument

  constructor(base: FlowDocument) {
    this.base = base
    this.head = base.head
  }

  find<Key extends Collection>(collection: Key, id: string): Items[Key] | undefined {
    return this.read(collection).get(id)
  }

  read<Key extends Collection>(collection: Key): ReadonlyMap<string, Items[Key]> {
    const sheet = this.sheets[collection] as Sheet<Items[Key]> | undefined
    return sheet?.items ?? (this.base[collection] as ReadonlyMap<string, Items[Key]>)
  }

  get flow(): FlowDocument['head'] {
    return this.head
  }

  /** Applies a patch; one whose target is gone does nothing and leaves no trace. */
  apply(patch: Patch): boolean {
    const undo = this.perform(patch)
    if (undo === null) return false
    this.forward.push(patch)
    this.inverse.push(undo)
    return true
  }

  finish(): FlowDocument {
    if (this.forward.length === 0) return this.base
    const result = { ...this.base, head: this.head }
    for (const collection of collections) {
      const sheet = this.sheets[collection]
      if (sheet !== undefined) Object.assign(result, { [collection]: sheet.shuffled ? sorted(sheet as Sheet<unknown>) : sheet.items })
    }
    return result
  }

  private perform(patch: Patch): Patch | null {
    switch (patch.op) {
      case 'insert': {
        const sheet = this.sheet(patch.in) as Sheet<unknown>
        if (sheet.items.has(patch.value.id)) return null
        sheet.items.set(patch.value.id, patch.value)
        sheet.order.insert(patch.value.id, patch.before)
        if (patch.before !== null) sheet.shuffled = true
        return { op: 'remove', in: patch.in, id: patch.value.id }
      }
      case 'remove': {
        const sheet = this.sheet(patch.in) as Sheet<Items[Collection]>
        const value = sheet.items.get(patch.id)
        if (value === undefined) return null
        const before = sheet.order.after(patch.id)
        sheet.items.delete(patch.id)
        sheet.order.remove(patch.id)
        return { op: 'insert', in: patch.in, value, before } as Patch
      }
      case 'set':
      case 'unset':
        return this.edit(patch)
    }
  }

  private edit(patch: Extract<Patch, { op: 'set' | 'unset' }>): Patch | null {
    const target = patch.in === 'head' ? this.head : this.find(patch.in, patch.id)
    if (target === undefined) return null
    const removes = patch.op === 'unset'
    const before = getIn(target, patch.path)
    if (removes ? before === absent : before === patch.value) return null
    const back = undoPath(target, patch.path, removes)
    const changed = setIn(target, patch.path, patch.op === 'unset' ? absent : patch.value, patch.op === 'set' ? patch.before : undefined)
    if (patch.in === 'head') this.head = changed as FlowDocument['head']
    else (this.sheet(patch.in) as Sheet<unknown>).items.set(patch.id, changed)
    return { op: 'set', in: patch.in, id: patch.id, path: back, value: getIn(target, back) }
  }

  private sheet<Key extends Collection>(collection: Key): Sheet<Items[Key]> {
    let sheet = this.sheets[collection] as Sheet<Items[Key]> | undefined
    if (sheet === undefined) {
      const items: Map<string, Items[Key]> = new Map(this.base[collection] as ReadonlyMap<string, Items[Key]>)
      sheet = { items, order: new Order(items.keys()), shuffled: false }
      ;(this.sheets as Record<string, unknown>)[collection] = sheet
    }
    return sheet
  }
}

function sorted<Item>(sheet: Sheet<Item>): Map<string, Item> {
  const result = new Map<string, Item>()
  for (const key of sheet.order.keys()) {
    const item = sheet.items.get(key)
    if (item !== undefined) result.set(key, item)
  }
  return result
}

/** Applies patches in order. @example `applyPatches(doc, entry.forward)` */
export function applyPatches(doc: FlowDocument, patches: readonly Patch[]): FlowDocument {
  const workspace = new Workspace(doc)
  for (const patch of patches) workspace.apply(patch)
  return workspace.finish()
}
