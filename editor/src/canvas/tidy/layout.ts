import dagre from '@dagrejs/dagre'
import { layers } from './layers.ts'

/** What a layout needs to know: boxes and wires, nothing else. It travels to a worker. */
export interface LayoutRequest {
  readonly id: number
  readonly boxes: readonly { readonly id: string; readonly width: number; readonly height: number }[]
  /** In port order, so that upper ports lead to upper steps. */
  readonly wires: readonly { readonly from: string; readonly to: string }[]
}

export interface LayoutAnswer {
  readonly id: number
  readonly places: readonly (readonly [string, number, number])[]
}

const gap = { nodesep: 40, ranksep: 96, edgesep: 24 } as const

/** Left to right, with the `tight-tree` ranker: the default one is far slower on large flows (EDITOR.md §2). */
export function layout(request: LayoutRequest): LayoutAnswer {
  const graph = new dagre.graphlib.Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', ranker: 'tight-tree', ...gap })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const box of request.boxes) graph.setNode(box.id, { width: box.width, height: box.height })
  request.wires.forEach((wire, index) => {
    graph.setEdge(wire.from, wire.to, {}, String(index))
  })
  try {
    dagre.layout(graph)
  } catch (problem) {
    // It walks wires by recursion: a line of about a thousand steps is deeper than a worker's stack.
    if (!(problem instanceof RangeError)) throw problem
    return { id: request.id, places: layers(request, gap).map(([id, x, y]) => [id, snap(x), snap(y)] as const) }
  }
  const places = request.boxes.map((box) => {
    const { x, y } = graph.node(box.id) as { x: number; y: number }
    return [box.id, snap(x - box.width / 2), snap(y - box.height / 2)] as const
  })
  return { id: request.id, places }
}

function snap(value: number): number {
  return Math.round(value / 8) * 8
}
