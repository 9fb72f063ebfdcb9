import type { Graph } from '../graph.ts'
import { itemKeys } from '../regions.ts'
import { FlowShapes } from './flow-shapes.ts'
import { eitherShape, type Kind, type Shape } from './shape.ts'

/** What is known of a value before anything runs, as plain JSON. Null: nothing. */
export type ShownShape = {
  readonly kinds: readonly Kind[]
  /** By name; any of them may be missing. */
  readonly members?: readonly (readonly [name: string, shape: ShownShape | null])[]
  readonly items?: ShownShape
} | null

/** Enough for any form; what is larger is cut, not refused. */
const membersMax = 100
const shapesMax = 3_000
const depthMax = 6

/** What the expressions of a step see, for a completion that knows more than one sample. Null: there is no such step. */
export function shownScope(graph: Graph, step: string): ShownShape {
  const node = graph.nodes.find(({ id }) => id === step)
  if (node === undefined) return null
  const scope = new FlowShapes(graph).scope(node.index)
  const writer = new Writer()
  const before = stepsBefore(graph, node.index)
  // What the triggers give by their first port is what the event carries.
  const starts = graph.starts.filter((start) => before.has(start) || start === node.index)
  const data = starts.map((start) => scope('nodes', graph.nodes[start]?.id)).reduce<Shape | undefined>(orBoth, undefined) ?? null
  const event = writer.shape(scope('event', undefined))
  const members = event?.members?.map(([name, shape]) => [name, name === 'data' ? writer.shape(data) : shape] as const) ?? []
  const ids = [...before].slice(0, membersMax).flatMap((index) => graph.nodes[index]?.id ?? [])
  const nodes = ids.map((id) => [id, writer.shape(scope('nodes', id))] as const)
  const isItem = itemKeys(graph)[node.index] !== ''
  return {
    kinds: ['object'],
    members: [
      ['event', { kinds: ['object'], members }],
      ['input', writer.shape(scope('input', undefined))],
      ['nodes', { kinds: ['object'], members: nodes }],
      ['run', writer.shape(scope('run', undefined))],
      ['now', { kinds: ['text'] }],
      ...(isItem ? [['item', null] as const, ['index', { kinds: ['number'] as const }] as const] : []),
    ],
  }
}

function orBoth(known: Shape | undefined, shape: Shape): Shape {
  return known === undefined ? shape : eitherShape(known, shape)
}

/** Every step that may have run when this one does, the nearest first. */
function stepsBefore({ next }: Graph, step: number): ReadonlySet<number> {
  const sources: number[][] = next.map(() => [])
  next.forEach((targets, from) => {
    for (const to of targets) sources[to]?.push(from)
  })
  const found = new Set<number>()
  const open = [step]
  for (let next = 0; next < open.length; next++) {
    for (const from of sources[open[next] as number] ?? []) {
      if (found.has(from)) continue
      found.add(from)
      open.push(from)
    }
  }
  return found
}

class Writer {
  #left = shapesMax

  shape(shape: Shape, depth = 0): ShownShape {
    if (shape === null || depth > depthMax || this.#left <= 0) return null
    this.#left -= 1
    const members = shape.members === null ? null : [...shape.members].slice(0, membersMax)
    const items = shape.items === undefined ? null : this.shape(shape.items, depth + 1)
    return {
      kinds: [...shape.kinds],
      ...(members === null ? {} : { members: members.map(([name, member]) => [name, this.shape(member, depth + 1)] as const) }),
      ...(items === null ? {} : { items }),
    }
  }
}
