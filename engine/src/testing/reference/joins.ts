import type { Json } from '@sluice/flows'
import { msOf } from './drawing.ts'
import { cancelGroup, leaveGroups } from './groups.ts'
import type { ForkFrame, Frame, Line } from './line.ts'
import type { ReferenceRun } from './run.ts'

interface Meeting {
  readonly join: string
  readonly frame: ForkFrame
  /** In the order in which they began. */
  readonly lines: readonly Line[]
}

/** The frame this join closes for a line: the innermost one of the fork whose lines it takes together. */
function closedBy(run: ReferenceRun, join: string, frames: readonly Frame[]): ForkFrame | null {
  const fork = run.drawing.forkOf(join)
  const found = frames.findLast((frame) => frame.kind === 'fork' && frame.node === fork)
  return found?.kind === 'fork' ? found : null
}

export function arrive(run: ReferenceRun, line: Line): void {
  if (!run.lives(line)) return
  const frame = closedBy(run, line.at, line.frames)
  if (run.drawing.isGroup(line.at)) cancelGroup(run, line)
  else if (frame === null) goThrough(run, line)
  else if (frame.passed.has(line.at)) {
    run.note(`ignored ${line.at}`)
    run.drop(line)
  } else waitAt(run, line, frame)
}

/** The first that comes starts the join's time limit. */
function waitAt(run: ReferenceRun, line: Line, frame: ForkFrame): void {
  line.doing = { kind: 'join' }
  const { timeout } = run.drawing.config(line.at)
  const limits = run.joinLimits.get(line.at) ?? new Map<Frame, ReturnType<ReferenceRun['timer']>>()
  run.joinLimits.set(line.at, limits)
  if (timeout === undefined || limits.has(frame)) return
  const due = run.timer(msOf(String(timeout)), () => pass(run, meetingAt(run, line.at, frame), 'timeout'))
  limits.set(frame, due)
}

/** Where no fork is closed, each line goes through alone. */
function goThrough(run: ReferenceRun, line: Line): void {
  const data = collected([line])
  run.note(`left ${line.at} out`, data)
  const next = run.spawn(line.at, 'out', data, line.frames)
  run.drop(line)
  leaveGroups(run, line.at, line.frames, next)
}

function meetingAt(run: ReferenceRun, join: string, frame: ForkFrame): Meeting {
  const lines = run.lines.filter(({ at, doing, frames }) => at === join && doing.kind === 'join' && closedBy(run, join, frames) === frame)
  return { join, frame, lines: [...lines].sort((left, right) => left.born - right.born) }
}

function meetings(run: ReferenceRun): readonly Meeting[] {
  const found: Meeting[] = []
  for (const { at, doing, frames } of [...run.lines].sort((left, right) => left.born - right.born)) {
    const frame = doing.kind === 'join' ? closedBy(run, at, frames) : null
    if (frame !== null && !found.some((one) => one.join === at && one.frame === frame)) found.push(meetingAt(run, at, frame))
  }
  return found
}

/** Lets one join pass that has what it waits for. */
export function passJoin(run: ReferenceRun): boolean {
  forgetLimits(run)
  const next = meetings(run).find((meeting) => isComplete(run, meeting))
  if (next !== undefined) pass(run, next, 'out')
  return next !== undefined
}

/** When nothing else lives and nothing else can follow, joins wait for each other: the oldest goes first. */
export function passRing(run: ReferenceRun): boolean {
  const [oldest] = meetings(run)
  const stuck = run.lines.every(({ doing }) => doing.kind === 'join' || doing.kind === 'each')
  if (oldest === undefined || !stuck) return false
  pass(run, oldest, 'out')
  return true
}

function isComplete(run: ReferenceRun, { join, frame, lines }: Meeting): boolean {
  const { mode = 'all', n = 1 } = run.drawing.config(join)
  if (mode === 'first' || (mode === 'n' && lines.length >= Number(n))) return true
  return !run.within(frame).some((line) => !lines.includes(line) && mayCome(run, line, join, frame, frame.passed))
}

/** Whether a line that lives below the fork may still come to the join. Joins that let its lines pass already end who comes there. */
function mayCome(run: ReferenceRun, line: Line, join: string, frame: ForkFrame, passed: ReadonlySet<string>): boolean {
  const shut = [...passed].filter((one) => closedBy(run, one, line.frames) === frame)
  return run.drawing.leads(line.at, join, new Set(shut))
}

function pass(run: ReferenceRun, { join, frame, lines }: Meeting, port: string): void {
  const { cancelRest = false } = run.drawing.config(join)
  const [first] = lines
  if (first === undefined) return
  const at = first.frames.indexOf(frame)
  const stays = cancelRest !== true && meetsAgain(run, join, frame, lines)
  frame.passed.add(join)
  const data = collected(lines)
  run.note(`left ${join} ${port}`, data)
  for (const line of lines) run.stop(line)
  const frames = first.frames.slice(0, stays ? at + 1 : at)
  const next = run.spawn(join, port, data, frames)
  for (const line of lines) run.drop(line)
  forgetLimits(run)
  leaveGroups(run, join, frames, next)
  if (cancelRest === true) run.cancelAll(run.within(frame).filter((line) => !next.includes(line)))
}

/** The merged line stays below the fork when others of it may meet it at a later join. */
function meetsAgain(run: ReferenceRun, join: string, frame: ForkFrame, merged: readonly Line[]): boolean {
  const later = run.drawing.flow.nodes
    .filter(({ id, type }) => type === 'test.join' && id !== join && run.drawing.forkOf(id) === frame.node && run.drawing.leads(join, id))
    .map(({ id }) => id)
  const passed = new Set([...frame.passed, join])
  const others = run.within(frame).filter((line) => !merged.includes(line))
  return others.some((line) => later.some((one) => line.at === one || mayCome(run, line, one, frame, passed)))
}

/** What each line brought, by the step it came from. */
function collected(lines: readonly Line[]): Json {
  const result: Record<string, Json> = {}
  for (const { from, input } of lines) {
    const name = from ?? 'start'
    let key = name
    for (let count = 2; Object.hasOwn(result, key); count++) key = `${name}#${count}`
    result[key] = input
  }
  return result
}

/** A join nobody waits at has no time limit running. */
function forgetLimits(run: ReferenceRun): void {
  for (const [join, limits] of run.joinLimits) {
    for (const [frame, due] of [...limits]) {
      if (meetingAt(run, join, frame as ForkFrame).lines.length > 0) continue
      due.off = true
      limits.delete(frame)
    }
  }
}
