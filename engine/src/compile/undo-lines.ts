import type { Graph, Wire } from './graph.ts'

export interface UndoLines {
  /** Steps that undo lines lead to. */
  readonly undoing: ReadonlySet<number>
  /** Steps a run comes to without undoing anything. */
  readonly main: ReadonlySet<number>
}

const known = new WeakMap<Graph, UndoLines>()
const none: UndoLines = { undoing: new Set(), main: new Set() }

/** Which steps do and which undo. Empty where no undo line is drawn. */
export function undoLines(graph: Graph): UndoLines {
  const found = known.get(graph)
  if (found !== undefined) return found
  const starts = graph.out.flatMap((ports) => (ports.get('undo') ?? []).flatMap(stepOf))
  const lines = starts.length === 0 ? none : { undoing: walk(graph, starts, false), main: walk(graph, graph.starts, true) }
  known.set(graph, lines)
  return lines
}

function stepOf({ to, group }: Wire): readonly number[] {
  return group === undefined ? [to] : []
}

/**
 * Everything reached from these steps, undo lines not counted. The error line of a group around a step is no way of an undo line: an
 * undo that fails is left to a person.
 */
function walk(graph: Graph, from: readonly number[], groups: boolean): ReadonlySet<number> {
  const found = new Set(from)
  for (const node of found) {
    for (const [port, wires] of graph.out[node] ?? []) {
      if (port !== 'undo') for (const wire of wires) for (const to of stepOf(wire)) found.add(to)
    }
    if (groups || graph.nodes[node]?.behaviour === 'each') for (const to of graph.hidden[node] ?? []) found.add(to)
  }
  return found
}
