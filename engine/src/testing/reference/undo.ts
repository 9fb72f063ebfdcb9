import type { Json } from '@sluice/flows'
import type { Line, UndoFrame } from './line.ts'
import type { ReferenceRun, Status } from './run.ts'

/** A step that did something which can be undone. */
export interface Done {
  readonly node: string
  readonly input: Json
  readonly output: Json
}

export interface Ending {
  readonly status: Exclude<Status, 'alive'>
  readonly why: string
}

export interface Undoing {
  readonly ending: Ending
  /** Waits until all is undone, with what it stands in. */
  readonly line: Line | null
  /** The last one first. */
  readonly todo: Done[]
  current: UndoFrame | null
}

export function undoes(line: Line): boolean {
  return line.frames.some(({ kind }) => kind === 'undo')
}

/** All lines end but the one that brought it about; that one waits, and the steps are undone one after the other. */
export function beginUndo(run: ReferenceRun, ending: Ending, by: Line | null): void {
  const line = by ?? [...run.lines].sort((left, right) => left.born - right.born)[0] ?? null
  run.cancelAll(run.lines.filter((other) => other !== line))
  if (line !== null) {
    run.stop(line)
    run.arrivals.splice(0)
    line.doing = { kind: 'undo' }
  }
  run.compensates = false
  run.undoing = { ending, line, todo: run.done.splice(0).reverse(), current: null }
  run.note('undoes')
}

/** One thing more of it: a step is undone, the next one begins, or all are. */
export function turnUndo(run: ReferenceRun): boolean {
  const { undoing } = run
  if (undoing === null) return false
  const { current, todo, line, ending } = undoing
  if (current !== null) {
    if (run.within(current).length > 0) return false
    run.note(`undone ${current.node}`)
    run.undone.add(current.node)
    undoing.current = null
    return true
  }
  const next = todo.shift()
  if (next === undefined) {
    run.undoing = null
    run.end(ending.status, null, ending.why, { compensate: false })
    return true
  }
  const frame: UndoFrame = { kind: 'undo', node: next.node }
  undoing.current = frame
  run.note(`undo ${next.node}`)
  // A version the run was moved to may have no way to undo it any more.
  if (run.drawing.wires(next.node, 'undo').length > 0)
    run.spawn(next.node, 'undo', { input: next.input, output: next.output }, [...(line?.frames ?? []), frame])
  return true
}
