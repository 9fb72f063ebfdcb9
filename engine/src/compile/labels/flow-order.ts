import type { Graph } from '../graph.ts'
import { ofDrawing } from '../of-drawing.ts'

/** Per step its place in an order in which, loops aside, every step comes after what leads to it; unreached ones last. */
export const flowOrder = ofDrawing(orderOf)

function orderOf({ nodes, next, starts }: Graph): Int32Array {
  const order = new Int32Array(nodes.length).fill(nodes.length)
  const seen = new Uint8Array(nodes.length)
  const position = new Int32Array(nodes.length)
  let at = 0
  // Depth first from the triggers, numbered downwards when left.
  for (const start of starts) {
    if (seen[start] === 1) continue
    seen[start] = 1
    const path = [start]
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const target = next[node]?.[position[node] as number]
      position[node] = (position[node] as number) + 1
      if (target === undefined) {
        order[node] = -++at
        path.pop()
      } else if (seen[target] === 0) {
        seen[target] = 1
        path.push(target)
      }
    }
  }
  return order
}
