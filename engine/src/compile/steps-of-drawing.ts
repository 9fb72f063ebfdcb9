import type { Graph } from './graph.ts'
import { addTo, emptyLists } from './lists.ts'
import { ofDrawing } from './of-drawing.ts'

/** Where each step stands in the file. */
export const stepIndexes = ofDrawing(({ nodes }): ReadonlyMap<string, number> => new Map(nodes.map((node) => [node.id, node.index])))

/** Which steps lead straight to each step. */
export const sourcesOf = ofDrawing(({ nodes, next }: Graph): readonly (readonly number[])[] => {
  const before = emptyLists<number>(nodes.length)
  for (let from = 0; from < next.length; from++) {
    const targets = next[from] as readonly number[]
    for (let at = 0; at < targets.length; at++) addTo(before, targets[at] as number, from)
  }
  return before
})
