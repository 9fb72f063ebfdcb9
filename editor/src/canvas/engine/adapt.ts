import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react'
import {
  bottomPorts,
  type Catalogue,
  type End,
  type FlowDocument,
  foldedIn,
  type Group,
  groupBox,
  groupOfEnd,
  groupPortPlace,
  groupPorts,
  groupRef,
  middleOf,
  type Note,
  noteBox,
  noteRef,
  orphanPorts,
  outputOffset,
  type Place,
  placeOf,
  portsOfStep,
  type Ref,
  type Selection,
  type Size,
  type Step,
  sizeOf,
  type Wire,
  wiringOf,
} from '../../doc/index.ts'
import { type Near, partNear } from './near.ts'

/** Diameter of a port; its pointer target is larger (EDITOR.md §12). */
const portSize = 12

export type SurfaceNode = Node<{ readonly id: string }>
export type SurfaceEdge = Edge<{ readonly wire: Wire }>

interface Kept<Item> {
  readonly item: Item
  readonly selected: boolean
  readonly place: Place
  readonly ports: number
  readonly node: SurfaceNode
}

/**
 * The document as the drawing engine wants it. A step that did not change keeps its object, so the engine skips it:
 * moving one step of a thousand renders one card.
 */
export class Adapter {
  private readonly nodes = new Map<Ref, Kept<Step | Group | Note>>()
  private readonly edges = new Map<string, { readonly wire: Wire; readonly selected: boolean; readonly edge: SurfaceEdge }>()
  private readonly catalogue: Catalogue
  private drawnNodes: SurfaceNode[] = []
  private drawnEdges: SurfaceEdge[] = []

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue
  }

  /** With `near` only the steps near the view, besides those that are chosen or in the hand: they move together wherever they are. */
  toNodes(doc: FlowDocument, selection: Selection, moved: ReadonlyMap<Ref, Place>, near: Near | null = null): SurfaceNode[] {
    const result: SurfaceNode[] = []
    const folded = foldedIn(doc.groups)
    for (const group of doc.groups.values())
      if (!folded.groups.has(group.id)) result.push(this.frame(groupRef(group.id), group, 'group', groupBox(group), selection, moved))
    for (const note of doc.notes.values()) result.push(this.frame(noteRef(note.id), note, 'note', noteBox(note), selection, moved))
    for (const step of stepsOf(doc, selection, moved, near))
      if (!folded.steps.has(step.id)) result.push(this.step(doc, step, selection, moved))
    if (this.nodes.size > keptMin + result.length * 2) keepOnly(this.nodes, new Set(result.map((node) => node.id)))
    this.drawnNodes = unlessSame(this.drawnNodes, result)
    return this.drawnNodes
  }

  toEdges(doc: FlowDocument, selection: Selection, moved: ReadonlyMap<Ref, Place> = nothingMoved, near: Near | null = null): SurfaceEdge[] {
    const result: SurfaceEdge[] = []
    for (const wire of wiresOf(doc, selection, moved, near)) {
      // A wire to a step that is not there cannot be drawn; it stays in the document and in the list of problems.
      const source = drawnAs(doc, wire.from, 'out')
      const target = drawnAs(doc, wire.to, 'in')
      // Inside a folded frame nothing is drawn.
      if (source === null || target === null || (source.id === target.id && source.port !== wire.from.port)) continue
      const selected = selection.has(wire.id)
      const before = this.edges.get(wire.id)
      if (before?.wire === wire && before.selected === selected && before.edge.source === source.id && before.edge.target === target.id) {
        result.push(before.edge)
        continue
      }
      const edge: SurfaceEdge = {
        id: wire.id,
        type: 'wire',
        source: source.id,
        sourceHandle: source.port,
        target: target.id,
        targetHandle: target.port,
        selected,
        data: { wire },
      }
      this.edges.set(wire.id, { wire, selected, edge })
      result.push(edge)
    }
    if (this.edges.size > keptMin + result.length * 2) keepOnly(this.edges, new Set(result.map((edge) => edge.id)))
    this.drawnEdges = unlessSame(this.drawnEdges, result)
    return this.drawnEdges
  }

  private step(doc: FlowDocument, step: Step, selection: Selection, moved: ReadonlyMap<Ref, Place>): SurfaceNode {
    const selected = selection.has(step.id)
    const place = moved.get(step.id) ?? placeOf(step)
    const lost = orphanPorts(doc, step, this.catalogue)
    const kept = this.nodes.get(step.id)
    if (kept?.item === step && kept.selected === selected && same(kept.place, place) && kept.ports === lost.length) return kept.node
    const size = sizeOf(step, this.catalogue)
    const node: SurfaceNode = {
      id: step.id,
      type: 'step',
      position: place,
      // The card draws itself anew with new data: not for a new place, and not for being chosen, which it reads itself.
      data: kept !== undefined && kept.ports === lost.length ? kept.node.data : { id: step.id },
      selected,
      ...boxed(size),
      handles: handlesOf(step, this.catalogue, size, lost.length === 0 ? [] : lost.map((port) => port.name)),
      zIndex: selected ? 2 : 1,
    }
    this.nodes.set(step.id, { item: step, selected, place, ports: lost.length, node })
    return node
  }

  private frame(
    ref: Ref,
    item: Group | Note,
    type: 'group' | 'note',
    box: Place & Size,
    selection: Selection,
    moved: ReadonlyMap<Ref, Place>,
  ): SurfaceNode {
    const selected = selection.has(ref)
    const place = moved.get(ref) ?? { x: box.x, y: box.y }
    const kept = this.nodes.get(ref)
    if (kept?.item === item && kept.selected === selected && same(kept.place, place)) return kept.node
    const node: SurfaceNode = {
      id: ref,
      type: `sluice-${type}`,
      position: place,
      data: { id: item.id },
      selected,
      ...boxed(box),
      zIndex: type === 'group' ? -2 : -1,
      ...(type === 'group' && { dragHandle: '.frame-handle', handles: groupHandles(item as Group) }),
    }
    this.nodes.set(ref, { item, selected, place, ports: 0, node })
    return node
  }
}

/** As many more than are drawn are kept, for a view that comes back. */
const keptMin = 1_000
const nothingMoved: ReadonlyMap<Ref, Place> = new Map()

function keepOnly<Item>(kept: Map<string, Item>, ids: ReadonlySet<string>): void {
  for (const id of kept.keys()) if (!ids.has(id)) kept.delete(id)
}

function stepsOf(doc: FlowDocument, selection: Selection, moved: ReadonlyMap<Ref, Place>, near: Near | null): Iterable<Step> {
  if (near === null) return doc.nodes.values()
  const { steps, wires } = partNear(doc, near)
  const ids = new Set(steps)
  for (const ref of [...selection, ...moved.keys()]) if (doc.nodes.has(ref)) ids.add(ref)
  // A wire that is drawn has both its ends.
  for (const wire of wiresBeside(doc, selection, moved, wires))
    for (const end of [wire.from, wire.to]) if (doc.nodes.has(end.node)) ids.add(end.node)
  return [...ids].flatMap((id) => doc.nodes.get(id) ?? [])
}

function wiresOf(doc: FlowDocument, selection: Selection, moved: ReadonlyMap<Ref, Place>, near: Near | null): Iterable<Wire> {
  if (near === null) return doc.edges.values()
  const { wires } = partNear(doc, near)
  return [...wires, ...wiresBeside(doc, selection, moved, wires)]
}

/** Wires of what is in the hand, which may be brought into view from anywhere. */
function wiresBeside(doc: FlowDocument, selection: Selection, moved: ReadonlyMap<Ref, Place>, near: readonly Wire[]): Iterable<Wire> {
  if (moved.size === 0) return []
  const { out, into } = wiringOf(doc.edges)
  const known = new Set(near)
  const beside = new Set<Wire>()
  for (const ref of [...selection, ...moved.keys()])
    for (const wire of [...(out.get(ref) ?? []), ...(into.get(ref) ?? [])]) if (!known.has(wire)) beside.add(wire)
  return beside
}

/** Ports of a folded frame, where the wires of its hidden steps are drawn to. */
const foldedPorts = { in: 'folded-in', out: 'folded-out' } as const

/** The name the drawing engine knows an end by: frames have names of their own there, a folded one stands for its steps. */
function drawnAs(doc: FlowDocument, end: End, side: 'in' | 'out'): { readonly id: string; readonly port: string } | null {
  const folded = foldedIn(doc.groups)
  const inside = folded.steps.get(end.node)
  if (inside !== undefined && doc.nodes.has(end.node)) return { id: groupRef(inside), port: foldedPorts[side] }
  if (doc.nodes.has(end.node)) return { id: end.node, port: end.port }
  if (groupOfEnd(doc, end.node) === undefined) return null
  return { id: groupRef(end.node), port: end.port }
}

function groupHandles(group: Group): NodeHandle[] {
  const half = portSize / 2
  const origin = { x: 0, y: 0 }
  const handle = (port: string, type: 'source' | 'target'): NodeHandle => {
    const { x, y } = groupPortPlace(group, port, origin)
    const position = type === 'source' ? Position.Right : Position.Left
    return { id: port, type, position, x: x - half, y: y - half, width: portSize, height: portSize }
  }
  const { width, height } = groupBox(group)
  const middle = (id: string, type: 'source' | 'target'): NodeHandle => ({
    id,
    type,
    position: type === 'source' ? Position.Right : Position.Left,
    x: (type === 'source' ? width : 0) - half,
    y: height / 2 - half,
    width: portSize,
    height: portSize,
  })
  const folded = group.collapsed === true ? [middle(foldedPorts.in, 'target'), middle(foldedPorts.out, 'source')] : []
  return [...folded, ...groupPorts.in.map((port) => handle(port, 'target')), ...groupPorts.out.map((port) => handle(port, 'source'))]
}

/** The list as it was, if nothing in it is another: the engine goes through all of a new one. Choosing a step changes no wire. */
function unlessSame<Item>(before: Item[], now: Item[]): Item[] {
  return before.length === now.length && now.every((item, index) => item === before[index]) ? before : now
}

function boxed({ width, height }: Size): Pick<SurfaceNode, 'width' | 'height' | 'measured'> {
  return { width, height, measured: { width, height } }
}

function same(a: Place, b: Place): boolean {
  return a.x === b.x && a.y === b.y
}

/** Where wires dock, known without measuring anything. */
function handlesOf(step: Step, catalogue: Catalogue, { width, height }: Size, lost: readonly string[]): NodeHandle[] {
  const { inputs, outputs, canFail, canUndo } = portsOfStep(step, catalogue)
  const bottom = [...(canFail ? (['error'] as const) : []), ...(canUndo ? (['undo'] as const) : [])]
  const half = portSize / 2
  const shown = [...outputs, ...lost.map((name) => ({ name, label: name }))]
  return [
    ...inputs.map((port) => ({
      id: port.name,
      type: 'target' as const,
      position: Position.Left,
      x: -half,
      y: middleOf(height) - half,
      width: portSize,
      height: portSize,
    })),
    ...shown.map((port, index) => ({
      id: port.name,
      type: 'source' as const,
      position: Position.Right,
      x: width - half,
      y: outputOffset(shown, index, height) - half,
      width: portSize,
      height: portSize,
    })),
    ...bottom.map((id) => ({
      id,
      type: 'source' as const,
      position: Position.Bottom,
      x: bottomPorts[id] - half,
      y: height - half,
      width: portSize,
      height: portSize,
    })),
  ]
}
