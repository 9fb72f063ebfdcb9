import type { Graph } from './graph.ts'
import { ofDrawing } from './of-drawing.ts'

/** Groups of nodes that can reach each other: a loop is one group. Targets come before the groups that lead to them. */
export interface Components {
  readonly of: Int32Array
  readonly members: readonly (readonly number[])[]
}

/** Tarjan's algorithm without recursion, because a flow may be a chain of 10,000 nodes. */
export const findComponents = ofDrawing(stronglyConnected)

function stronglyConnected({ nodes, next }: Graph): Components {
  const count = nodes.length
  const order = new Int32Array(count).fill(-1)
  const low = new Int32Array(count)
  const of = new Int32Array(count).fill(-1)
  const members: number[][] = []
  const stack: number[] = []
  const position = new Int32Array(count)
  let time = 0
  const open = (node: number) => {
    order[node] = low[node] = time++
    stack.push(node)
  }
  const close = (node: number) => {
    if (low[node] !== order[node]) return
    // The one on top, in nearly all cases nothing else.
    let member = stack.pop() as number
    const group = [member]
    of[member] = members.length
    while (member !== node) {
      member = stack.pop() as number
      of[member] = members.length
      group.push(member)
    }
    members.push(group)
  }
  const lower = (node: number, value: number) => {
    low[node] = Math.min(low[node] as number, value)
  }
  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue
    const path = [root]
    open(root)
    while (path.length > 0) {
      const node = path[path.length - 1] as number
      const targets = next[node] ?? []
      const at = position[node] as number
      if (at < targets.length) {
        position[node] = at + 1
        const target = targets[at] as number
        if (order[target] === -1) {
          open(target)
          path.push(target)
        } else if (of[target] === -1) lower(node, order[target] as number)
      } else {
        path.pop()
        close(node)
        const parent = path[path.length - 1]
        if (parent !== undefined) lower(parent, low[node] as number)
      }
    }
  }
  return { of, members }
}

export function isLoop({ next }: Graph, group: readonly number[]): boolean {
  const [only] = group
  return group.length > 1 || (only !== undefined && (next[only] ?? []).includes(only))
}
