import type { Json } from '@sluice/flows'
import type { Frame, Line, UndoFrame } from './line.ts'
import type { ReferenceRun, Status } from './run.ts'

/** A step that did something which can be undone. */
export interface Done {
  readonly node: string
  readonly input: Json
  readonly output: Json
  /** What it stood in. */
  readonly frames: readonly Frame[]
  /** Counts the steps of the run. */
  readonly order: number
}

export interface Ending {
  readonly status: Exclude<Status, 'alive'>
  readonly why: string
}

/** What is undone as a whole: the run, or a group within one item. */
interface Place {
  readonly group: string | null
  readonly item: Frame | null
}

export interface Undoing extends Place {
  /** Waits until all is undone, with what it stood in at first. */
  line: Line | null
  readonly frames: readonly Frame[]
  /** The last one first. */
  todo: Done[]
  current: UndoFrame | null
  readonly finish: () => void
  /** Lines with which the group ended again meanwhile, and how they go on. */
  readonly behind: { readonly line: Line; readonly goOn: () => void }[]
}

export function undoes(line: Line): boolean {
  return line.frames.some(({ kind }) => kind === 'undo')
}

export function isUndoing(run: ReferenceRun, group: string | null, item: Frame | null): boolean {
  return run.undoings.some((one) => one.group === group && one.item === item)
}

function belongs(run: ReferenceRun, { group, item }: Place, place: string | null, frames: readonly Frame[]): boolean {
  if (group === null) return true
  return place !== null && run.drawing.holds(group, place) && (item === null || frames.includes(item))
}

function undoingsWithin(run: ReferenceRun, place: Place): readonly Undoing[] {
  return run.undoings.filter((one) => one.group !== null && !isSame(one, place) && belongs(run, place, one.group, one.frames))
}

function isSame(one: Place, other: Place): boolean {
  return one.group === other.group && one.item === other.item
}

export function hasToUndo(run: ReferenceRun, place: Place): boolean {
  return undoingsWithin(run, place).length > 0 || run.done.some(({ node, frames }) => belongs(run, place, node, frames))
}

/** Whether a line that waits for an undoing has left a group by it: that one, or one within. */
export function hasLeft(run: ReferenceRun, group: string, line: Line): boolean {
  if (line.doing.kind !== 'undo') return false
  const undoing = run.undoings.find((one) => one.line === line || one.behind.some((other) => other.line === line))
  return undoing?.group === undefined || undoing.group === null || !run.drawing.holds(group, undoing.group)
}

/** The line waits, and the completed steps of the place are undone one after the other; what a group within had left is among them. */
function begin(run: ReferenceRun, place: Place, line: Line | null, finish: () => void): void {
  const done = run.done.filter(({ node, frames }) => belongs(run, place, node, frames))
  const rest = run.done.filter((one) => !done.includes(one))
  run.done.splice(0, run.done.length, ...rest)
  const todo = [...done, ...undoingsWithin(run, place).flatMap((one) => one.todo.splice(0))].sort((left, right) => right.order - left.order)
  // Who waits for a group within waits for the larger one now.
  for (const one of run.undoings) if (one.line === line) one.line = null
  if (line !== null) {
    run.stop(line)
    line.doing = { kind: 'undo' }
  }
  run.undoings.push({ ...place, line, frames: line?.frames ?? [], todo, current: null, finish, behind: [] })
  run.note(`undoes ${place.group ?? 'all'}`)
}

/** All lines end but the one that brought it about, and those that undo a step: half undone is worse than either. */
export function beginUndo(run: ReferenceRun, ending: Ending, by: Line | null): void {
  const line = by ?? [...run.lines].filter((one) => !undoes(one)).sort((left, right) => left.born - right.born)[0] ?? null
  run.cancelAll(run.lines.filter((other) => other !== line))
  run.arrivals.splice(0)
  begin(run, { group: null, item: null }, line, () => run.end(ending.status, null, ending.why, { compensate: false }))
  run.compensates = false
}

/** The same for a group that ends as a whole: then its line goes on. */
export function beginGroupUndo(run: ReferenceRun, group: string, item: Frame | null, line: Line, goOn: () => void): void {
  const first = run.undoings.find((one) => isSame(one, { group, item }))
  if (first === undefined) {
    begin(run, { group, item }, line, () => waits(run, line) && goOn())
    return
  }
  // It is being undone already: what was done since is undone first, and this line goes on after the others.
  begin(run, { group, item }, line, () => {})
  const more = run.undoings.pop()
  first.todo = [...(more?.todo ?? []), ...first.todo].sort((left, right) => right.order - left.order)
  first.behind.push({ line, goOn })
}

/** It was not ended meanwhile, and nothing larger has it wait. */
function waits(run: ReferenceRun, line: Line): boolean {
  return run.lives(line) && line.doing.kind === 'undo' && !run.undoings.some((one) => one.line === line)
}

/** One thing more of it: a step is undone, the next one begins, or all are. */
export function turnUndo(run: ReferenceRun): boolean {
  return [...run.undoings].some((one) => turn(run, one))
}

function turn(run: ReferenceRun, undoing: Undoing): boolean {
  const { current, todo, line } = undoing
  if (current !== null) {
    if (run.within(current).length > 0) return false
    run.note(`undone ${current.node}`)
    run.undone.add(current.node)
    undoing.current = null
    return true
  }
  // What a group within began to undo is finished first.
  if (undoingsWithin(run, undoing).length > 0) return false
  const next = todo.shift()
  if (next === undefined) {
    run.undoings.splice(run.undoings.indexOf(undoing), 1)
    undoing.finish()
    for (const { line: other, goOn } of undoing.behind) if (waits(run, other)) goOn()
    return true
  }
  const frame: UndoFrame = { kind: 'undo', node: next.node }
  undoing.current = frame
  run.note(`undo ${next.node}`)
  const frames = line !== null && run.lives(line) ? line.frames : []
  // A version the run was moved to may have no way to undo it any more.
  if (run.drawing.wires(next.node, 'undo').length > 0)
    run.spawn(next.node, 'undo', { input: next.input, output: next.output }, [...frames, frame])
  return true
}
