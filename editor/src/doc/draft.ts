import { freshId } from './ids.ts'
import { type Collection, type End, type FlowDocument, type Items, type Selection, type Step, type Wire, wire, wireId } from './model.ts'
import type { Path } from './patch.ts'
import { Workspace } from './workspace.ts'

/** What a named change writes into: small verbs, each of which becomes a patch. */
export class Draft {
  readonly workspace: Workspace
  /** What is selected once the change is done; null leaves the selection as it was. */
  selection: Selection | null = null

  constructor(doc: FlowDocument) {
    this.workspace = new Workspace(doc)
  }

  get nodes(): ReadonlyMap<string, Step> {
    return this.workspace.read('nodes')
  }

  get edges(): ReadonlyMap<string, Wire> {
    return this.workspace.read('edges')
  }

  get groups(): ReadonlyMap<string, Items['groups']> {
    return this.workspace.read('groups')
  }

  get notes(): ReadonlyMap<string, Items['notes']> {
    return this.workspace.read('notes')
  }

  insert<Key extends Collection>(collection: Key, value: Items[Key]): void {
    this.workspace.apply({ op: 'insert', in: collection, value, before: null } as Parameters<Workspace['apply']>[0])
  }

  remove(collection: Collection, id: string): void {
    this.workspace.apply({ op: 'remove', in: collection, id })
  }

  /** `undefined` takes the value away. */
  set(collection: Collection | 'head', id: string, path: Path, value: unknown): void {
    if (value === undefined) this.workspace.apply({ op: 'unset', in: collection, id, path })
    else this.workspace.apply({ op: 'set', in: collection, id, path, value })
  }

  /** Joins two ports; a wire that already exists stays as it is. */
  connect(from: End, to: End): void {
    if (!this.edges.has(wireId(from, to))) this.insert('edges', wire(from, to))
  }

  disconnect(id: string): void {
    this.remove('edges', id)
  }

  wiresOf(node: string): readonly Wire[] {
    return [...this.edges.values()].filter((edge) => edge.from.node === node || edge.to.node === node)
  }

  freshNodeId(wanted: string): string {
    return freshId(wanted, (id) => this.nodes.has(id) || this.groups.has(id))
  }
}
