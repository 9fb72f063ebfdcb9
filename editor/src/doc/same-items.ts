import type { FlowDocument } from './model.ts'

/** The same document made of the other one's items where they say the same to the letter: comparing the two then only looks at what differs. */
export function withItemsOf(doc: FlowDocument, other: FlowDocument): FlowDocument {
  return {
    ...doc,
    head: same(doc.head, other.head),
    nodes: itemsOf(doc.nodes, other.nodes),
    edges: itemsOf(doc.edges, other.edges),
    groups: itemsOf(doc.groups, other.groups),
    notes: itemsOf(doc.notes, other.notes),
  }
}

function itemsOf<Item>(items: ReadonlyMap<string, Item>, others: ReadonlyMap<string, Item>): ReadonlyMap<string, Item> {
  return new Map([...items].map(([id, item]) => [id, same(item, others.get(id))]))
}

function same<Item>(item: Item, other: Item | undefined): Item {
  return other !== undefined && JSON.stringify(item) === JSON.stringify(other) ? other : item
}
