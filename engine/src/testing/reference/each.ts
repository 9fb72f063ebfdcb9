import type { EachWork, ItemFrame, Line } from './line.ts'
import type { ReferenceRun } from './run.ts'
import { inOrder } from './steps.ts'

/** Items none of whose lines is left are done. */
export function endItems(run: ReferenceRun, work: EachWork): void {
  for (const item of [...work.open]) {
    if (run.within(item).length > 0) continue
    work.open.splice(work.open.indexOf(item), 1)
    work.results.set(item.index, item.result)
  }
}

/** One thing that a for-each does next: ask whether it goes on, start an item, or go on itself. */
export function turnEach(run: ReferenceRun): boolean {
  return run.lines.some((line) => line.each !== null && line.doing.kind === 'each' && turn(run, line, line.each))
}

function turn(run: ReferenceRun, line: Line, work: EachWork): boolean {
  endItems(run, work)
  const { concurrency, reviewed } = run.drawing.config(line.at)
  if (reviewed === true && work.results.size > work.asked) {
    work.asked = work.results.size
    line.attempt++
    line.doing = { kind: 'ready' }
    run.order(line)
    return true
  }
  if (work.next < work.items.length) {
    if (work.open.length >= Number(concurrency)) return false
    startItem(run, line, work)
    return true
  }
  if (work.open.length > 0) return false
  run.leave(line, 'out', inOrder(work.results))
  return true
}

function startItem(run: ReferenceRun, line: Line, work: EachWork): void {
  const item: ItemFrame = { kind: 'item', node: line.at, of: line, index: work.next++, result: null }
  work.open.push(item)
  run.note(`item ${line.at} ${item.index}`)
  run.add(run.drawing.entryOf(line.at), line.at, [...line.frames, item], work.items[item.index] ?? null)
}
