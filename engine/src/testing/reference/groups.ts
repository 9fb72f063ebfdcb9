import type { Json } from '@sluice/flows'
import { msOf } from './drawing.ts'
import type { Frame, Line } from './line.ts'
import type { ReferenceRun } from './run.ts'
import { beginGroupUndo, hasLeft, hasToUndo, isUndoing, undoes } from './undo.ts'

/** The item a group runs in; items of for-each steps within the group do not count. */
function itemOf(run: ReferenceRun, group: string, frames: readonly Frame[]): Frame | null {
  return frames.findLast((frame) => frame.kind === 'item' && !run.drawing.holds(group, frame.node)) ?? null
}

/** Outside of all forks, items and locks within the group. */
function outside(run: ReferenceRun, group: string, frames: readonly Frame[]): readonly Frame[] {
  let keep = frames.length
  while (keep > 0 && run.drawing.holds(group, frames[keep - 1]?.node ?? '')) keep--
  return frames.slice(0, keep)
}

function linesIn(run: ReferenceRun, group: string, item: Frame | null): readonly Line[] {
  return run.lines.filter((line) => standsIn(run, group, line) && itemOf(run, group, line.frames) === item)
}

function standsIn(run: ReferenceRun, group: string, line: Line): boolean {
  return run.drawing.holds(group, line.at) && !hasLeft(run, group, line)
}

/** The group ends as a whole: one line goes on from it in place of `line`. */
function leaveWhole(run: ReferenceRun, group: string, port: string, line: Line, data: Json): void {
  const item = itemOf(run, group, line.frames)
  const frames = outside(run, group, line.frames)
  const undoesItself = run.drawing.groups().some(({ id, undo }) => id === group && undo === true)
  const isUndone = undoesItself && (isUndoing(run, group, item) || hasToUndo(run, { group, item }))
  run.compensates = isUndone
  run.cancelAll(linesIn(run, group, item).filter((other) => other !== line))
  run.compensates = false
  endLimit(run, group, item)
  if (isUndone) beginGroupUndo(run, group, item, line, () => goOnFrom(run, group, port, line, data, frames))
  else goOnFrom(run, group, port, line, data, frames)
}

function goOnFrom(run: ReferenceRun, group: string, port: string, line: Line, data: Json, frames: readonly Frame[]): void {
  run.stop(line)
  run.note(`left ${group} ${port}`, data)
  const next = run.spawn(group, port, data, frames)
  run.drop(line)
  leaveGroups(run, group, frames, next)
}

/** A line that came to a group's cancel port. */
export function cancelGroup(run: ReferenceRun, line: Line): void {
  leaveWhole(run, line.at, 'cancelled', line, line.input)
}

/** Of a group that may have one line only: when one has left it, the rest ends. */
export function leaveGroups(run: ReferenceRun, from: string, frames: readonly Frame[], next: readonly Line[]): void {
  for (const { id, cancel } of run.drawing.around(from)) {
    if (cancel !== true || next.every(({ at }) => run.drawing.holds(id, at))) continue
    run.cancelAll(linesIn(run, id, itemOf(run, id, frames)))
  }
}

/** A failure goes outward, to a group with an error line or to the for-each around. */
export function leadOut(run: ReferenceRun, line: Line, code: string): boolean {
  const data = { code, message: '', node: line.at, attempt: line.attempt }
  for (const { id } of run.drawing.around(line.at)) {
    const each = run.drawing.eachOf(id)
    if (each === null) {
      if (run.drawing.wires(id, 'error').length === 0) continue
      leaveWhole(run, id, 'error', line, data)
      return true
    }
    const item = line.frames.findLast((frame) => frame.kind === 'item' && frame.node === each)
    // The for-each has gone on without its items: nobody takes what they bring.
    if (item?.kind !== 'item' || !run.lives(item.of)) return false
    if (run.drawing.config(each).collect === true) {
      run.cancelAll(run.within(item).filter((other) => other !== line))
      item.result = { error: { code, message: '', node: line.at } }
      run.output = item.result
      run.note(`item failed ${each} ${item.index} ${code}`)
      run.drop(line)
      return true
    }
    if (run.drawing.wires(each, 'error').length === 0) continue
    run.leave(item.of, 'error', { ...data, index: item.index })
    return true
  }
  return false
}

function endLimit(run: ReferenceRun, group: string, item: Frame | null): void {
  const limits = run.groupLimits.get(group)
  const due = limits?.get(item)
  if (due !== undefined) due.off = true
  limits?.delete(item)
}

/** A time limit runs from the first line in to the last one out; incidents do not keep it running. */
export function watchGroups(run: ReferenceRun): boolean {
  let changed = false
  for (const { id, timeout } of run.drawing.groups()) {
    if (timeout === undefined) continue
    const limits = run.groupLimits.get(id) ?? new Map<Frame | null, ReturnType<ReferenceRun['timer']>>()
    run.groupLimits.set(id, limits)
    const inside = run.lines.filter((line) => line.doing.kind !== 'incident' && !undoes(line) && standsIn(run, id, line))
    const present = new Set(inside.map(({ frames }) => itemOf(run, id, frames)))
    for (const item of present) {
      if (limits.has(item)) continue
      limits.set(
        item,
        run.timer(msOf(timeout), () => expire(run, id, item)),
      )
      changed = true
    }
    for (const item of [...limits.keys()]) {
      if (present.has(item)) continue
      endLimit(run, id, item)
      changed = true
    }
  }
  return changed
}

function expire(run: ReferenceRun, group: string, item: Frame | null): void {
  run.groupLimits.get(group)?.delete(item)
  const inside = linesIn(run, group, item).filter((one) => !undoes(one))
  const standing = inside.filter(({ doing }) => doing.kind !== 'incident')
  // Whose step can be tried again; else who waits for others at a join or for a group within; incidents last.
  const line = standing.find(({ doing }) => doing.kind !== 'undo' && doing.kind !== 'join') ?? standing[0] ?? inside[0]
  if (line === undefined) return
  const code = 'SLU_GROUP_TIMEOUT'
  const port = ['timeout', 'error'].find((one) => run.drawing.wires(group, one).length > 0)
  if (port !== undefined) {
    leaveWhole(run, group, port, line, { code, message: '', node: group, attempt: 1 })
    return
  }
  run.cancelAll(inside.filter((other) => other !== line))
  run.stop(line)
  run.noteFailure(line, code)
  run.failOutward(line, code)
}
