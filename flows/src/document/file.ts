import type { FlowDefinition, FlowEdge, FlowNode } from '../definition.ts'
import { type End, type FlowDocument, type Wire, wireId } from './model.ts'

/** A step name of 64 letters, a port of 64, and the dot between them. */
function end(text: string): End {
  const dot = text.indexOf('.')
  return { node: text.slice(0, dot), port: text.slice(dot + 1) }
}

/** Opens a flow file as a document. Doubled wires of a foreign file are kept apart by a number. */
export function fromFile(file: FlowDefinition): FlowDocument {
  const { nodes, edges, groups, notes, ...head } = file
  const wires = new Map<string, Wire>()
  for (const edge of edges) {
    const from = end(edge.from)
    const to = end(edge.to)
    const base = wireId(from, to)
    let id = base
    for (let copy = 2; wires.has(id); copy++) id = `${base}#${copy}`
    wires.set(id, { id, from, to })
  }
  return {
    head,
    nodes: new Map(nodes.map((node) => [node.id, node])),
    edges: wires,
    groups: new Map((groups ?? []).map((group) => [group.id, group])),
    notes: new Map((notes ?? []).map((note) => [note.id, note])),
    written: { groups: groups !== undefined, notes: notes !== undefined },
  }
}

/** The document as a flow file, keys in the order of the format. */
export function toFile(doc: FlowDocument): FlowDefinition {
  const { format, key, name, description, settings, parameters } = doc.head
  const groups = doc.written.groups || doc.groups.size > 0
  const notes = doc.written.notes || doc.notes.size > 0
  return {
    format,
    key,
    name,
    ...(description === undefined ? {} : { description }),
    nodes: [...doc.nodes.values()].map(inOrder),
    edges: [...doc.edges.values()].map(edgeOf),
    ...(groups ? { groups: [...doc.groups.values()] } : {}),
    ...(notes ? { notes: [...doc.notes.values()] } : {}),
    ...(settings === undefined ? {} : { settings }),
    ...(parameters === undefined ? {} : { parameters }),
  }
}

export function edgeOf(wire: Wire): FlowEdge {
  return { from: `${wire.from.node}.${wire.from.port}`, to: `${wire.to.node}.${wire.to.port}` }
}

/** Fields of a step in the order the format lists them, so that setting one and taking it away again leaves no trace. */
export function inOrder(node: FlowNode): FlowNode {
  const { id, type, name, config, at, retry, timeoutMs, loopLimit, disabled } = node
  return {
    id,
    type,
    ...(name === undefined ? {} : { name }),
    ...(config === undefined ? {} : { config }),
    ...(at === undefined ? {} : { at }),
    ...(retry === undefined ? {} : { retry }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(loopLimit === undefined ? {} : { loopLimit }),
    ...(disabled === undefined ? {} : { disabled }),
  }
}

/** A flow with nothing in it yet. */
export function emptyFlow(key: string, name: FlowDefinition['name']): FlowDefinition {
  return { format: 'sluice/flow@1', key, name, nodes: [], edges: [] }
}
