import type { Json } from '@sluice/flows'
import { isObject, withoutMessages } from './answers.ts'
import { type Due, rank } from './clock.ts'
import { type Drawing, msOf } from './drawing.ts'
import { turnEach } from './each.ts'
import { leadOut, leaveGroups, watchGroups } from './groups.ts'
import { arrive, passJoin, passRing } from './joins.ts'
import { type EachWork, type Failure, type Frame, type Line, ready } from './line.ts'
import { passMilestone } from './milestones.ts'
import { type Gate, waitForStart } from './starts.ts'
import { takeStep } from './steps.ts'
import { assertComparable } from './too-long.ts'
import { beginUndo, type Done, hasToUndo, isUndoing, turnUndo, type Undoing, undoes } from './undo.ts'
import type { Arrived, ReferenceWorld } from './world.ts'

export type Status = 'alive' | 'succeeded' | 'failed' | 'cancelled'

export interface Came {
  /** Null at a trigger. */
  readonly from: string | null
  readonly input: Json
}

export interface Begun extends Came {
  readonly node: string
}

export const normalRank = 1

interface Outcome {
  readonly port: string
  readonly data: Json
}

export type Kept = ReadonlyMap<string, Outcome>

/** One run as a set of lines on the drawing. */
export class ReferenceRun {
  readonly world: ReferenceWorld
  /** Another one when the run is moved to another version. */
  drawing: Drawing
  readonly number: number
  /** Who waits for its end. */
  readonly returns: ((status: Status, output: Json, code: string) => void) | null
  lines: Line[] = []
  readonly arrivals: Line[] = []
  /** Time limits of joins, by join and frame; of groups, by group and item. */
  readonly joinLimits = new Map<string, Map<Frame, Due>>()
  readonly groupLimits = new Map<string, Map<Frame | null, Due>>()
  /** What happened, with its time, in words. */
  readonly history: { readonly at: number; readonly what: string }[] = []
  status: Status = 'alive'
  output: Json = null
  limit: Due | null = null
  /** Where it began, and with what. */
  readonly begun: Begun
  /** What goes first where work queues up: the lower number. */
  readonly rank: number
  /** What its start waits for. */
  gate: Gate | null = null
  /** Events its steps took. */
  readonly taken = new Set<Arrived>()
  /** How often lines came back to the head of a loop, by head and item; those that did once too often. */
  readonly #rounds = new Map<Frame | null, Map<string, number>>()
  readonly #overruns: Line[] = []
  /** What came to each step last. */
  readonly came = new Map<string, Came>()
  /** Steps that hand on what they gave in the run this one takes up again. */
  readonly kept: Kept
  /** Completed steps that can be undone, in their order; nodes whose step was undone. */
  readonly done: Done[] = []
  readonly undone = new Set<string>()
  /** The run itself, and groups in it. */
  readonly undoings: Undoing[] = []
  /** Called runs that are cancelled now undo what they did. */
  compensates = false
  readonly #gave = new Map<string, Outcome[]>()
  readonly #failures = new Map<string, number>()
  #startedAt = 0
  #born = 0
  #steps = 0

  constructor(
    world: ReferenceWorld,
    drawing: Drawing,
    number: number,
    begun: Begun,
    how: Partial<Pick<ReferenceRun, 'returns' | 'kept' | 'rank'>>,
  ) {
    this.world = world
    this.drawing = drawing
    this.number = number
    this.begun = begun
    this.returns = how.returns ?? null
    this.kept = how.kept ?? new Map()
    this.rank = how.rank ?? normalRank
  }

  /** The first event since the run began that none of its steps took before. True: there was one. */
  takeEarlier(type: string): boolean {
    const event = this.world.arrived.find((one) => one.type === type && one.at >= this.#startedAt && !this.taken.has(one))
    if (event !== undefined) this.taken.add(event)
    return event !== undefined
  }

  start(): void {
    this.#startedAt = this.world.clock.now
    const { node, from, input } = this.begun
    const { timeout } = this.drawing.flow.settings ?? {}
    if (timeout !== undefined) this.limit = this.timer(msOf(timeout), () => this.end('failed', null, 'SLU_RUN_TIMEOUT'))
    const isQueued = from === null && this.gate !== null && waitForStart(this, this.gate)
    if (isQueued) this.note('queued')
    else if (from === null) this.spawn(node, 'out', input, [])
    else this.add(node, from, [], input)
    this.settle()
  }

  note(what: string, data?: Json): void {
    if (data !== undefined) assertComparable(data)
    const told = data === undefined ? what : `${what} ${JSON.stringify(sorted(withoutMessages(data)))}`
    this.history.push({ at: this.world.clock.now, what: told })
  }

  timer(ms: number, ring: () => void): Due {
    return this.world.clock.at(this.world.clock.now + ms, rank.timer, this.number, () => this.act(ring))
  }

  /** Something happens to the run: then all that can follow does. */
  act(what: () => void): void {
    if (this.status !== 'alive') return
    what()
    this.settle()
    this.world.drain()
  }

  lives(line: Line): boolean {
    return this.lines.includes(line)
  }

  within(frame: Frame): readonly Line[] {
    return this.lines.filter(({ frames }) => frames.includes(frame))
  }

  /** New lines behind a port; several stand in a frame of their own. With none the line has ended: its data is the output so far. */
  spawn(node: string, port: string, data: Json, frames: readonly Frame[]): readonly Line[] {
    const wires = this.drawing.wires(node, port)
    if (wires.length === 0) {
      this.output = data
      const item = frames.findLast((frame) => frame.kind === 'item' || frame.kind === 'undo')
      // What undoes a step of an item gives nothing for it.
      if (item?.kind === 'item') item.result = data
    }
    const inner: readonly Frame[] =
      wires.length > 1 ? [...this.#roundAgain(frames, node), { kind: 'fork', node, passed: new Set(), won: false }] : frames
    return wires.map(({ to }) => this.add(to, node, inner, data, this.#isOneRoundTooMany(node, to, frames)))
  }

  /** Rounds of a loop with a limit are counted in the run, or in the item the line is in. */
  #isOneRoundTooMany(from: string, to: string, frames: readonly Frame[]): boolean {
    const { loopLimit } = this.drawing.step(to)
    if (loopLimit === undefined || !this.drawing.leads(to, from)) return false
    const item = frames.findLast(({ kind }) => kind === 'item') ?? null
    const rounds = this.#rounds.get(item) ?? new Map<string, number>()
    this.#rounds.set(item, rounds.set(to, (rounds.get(to) ?? 0) + 1))
    return (rounds.get(to) ?? 0) > loopLimit
  }

  /** A line that comes round to the same fork alone begins the fork anew. */
  #roundAgain(frames: readonly Frame[], node: string): readonly Frame[] {
    const last = frames.at(-1)
    const alone = last?.kind === 'fork' && last.node === node && this.within(last).length <= 1
    return alone ? frames.slice(0, -1) : frames
  }

  /** Stands at the trigger until the run may begin. */
  addStart(): Line {
    const { node: at, input } = this.begun
    const line: Line = {
      born: this.#born++,
      at,
      from: null,
      frames: [],
      input,
      attempt: 1,
      doing: ready,
      due: null,
      limit: null,
      each: null,
    }
    this.lines.push(line)
    return line
  }

  add(at: string, from: string, frames: readonly Frame[], input: Json, isOverrun = false): Line {
    const line: Line = { born: this.#born++, at, from, frames, input, attempt: 1, doing: ready, due: null, limit: null, each: null }
    this.lines.push(line)
    this.came.set(at, { from, input })
    if (isOverrun) this.#overruns.push(line)
    else if (this.drawing.step(at).type === 'test.join' || this.drawing.isGroup(at)) this.arrivals.push(line)
    else {
      this.limitAct(line)
      this.order(line)
    }
    return line
  }

  /** An outside act is limited from its start. */
  limitAct(line: Line): void {
    const { type, timeoutMs } = this.drawing.step(line.at)
    if (type === 'test.act' && timeoutMs !== undefined) line.limit = this.timer(timeoutMs, () => this.tooLate(line))
  }

  limitWait(line: Line): void {
    const { timeoutMs } = this.drawing.step(line.at)
    if (timeoutMs !== undefined && line.limit === null) line.limit = this.timer(timeoutMs, () => this.tooLate(line))
  }

  order(line: Line): void {
    const { attempt } = line
    this.world.follow(() => {
      if (this.lives(line) && line.doing.kind === 'ready' && line.attempt === attempt) this.act(() => takeStep(this, line))
    })
  }

  tooLate(line: Line): void {
    this.fail(line, { code: 'SLU_NODE_TIMEOUT', terminal: false })
  }

  /** All that a line armed, ordered and waits for is taken back. */
  stop(line: Line): void {
    for (const due of [line.due, line.limit]) if (due !== null) due.off = true
    line.due = line.limit = null
    if (line.doing.kind === 'call') line.doing.cancel()
    if (line.doing.kind === 'lock') this.world.locks.forget(line)
    line.doing = ready
  }

  drop(line: Line): void {
    this.lines = this.lines.filter((one) => one !== line)
    const arriving = this.arrivals.indexOf(line)
    if (arriving >= 0) this.arrivals.splice(arriving, 1)
  }

  /** Lines that undo a step end with the run only. */
  cancel(line: Line, undoingToo = false): void {
    if (!this.lives(line) || (undoes(line) && !undoingToo)) return
    this.stop(line)
    this.drop(line)
    this.note(`cancelled ${line.at}`)
  }

  cancelAll(lines: readonly Line[], undoingToo = false): void {
    for (const line of lines) this.cancel(line, undoingToo)
  }

  /** The line leaves its step by a port; `acted` unless the step did nothing. */
  leave(line: Line, port: string, data: Json, acted = true): void {
    this.stop(line)
    this.winRace(line)
    if (port !== 'stopped') this.cancelItems(line)
    const frames = this.drawing.step(line.at).type === 'test.unlock' ? outsideOfLock(line.frames, this.drawing.trigger) : line.frames
    this.note(`left ${line.at} ${port}`, data)
    this.#remember(line, port, data, acted)
    this.goOn(line, port, data, frames)
  }

  #remember({ at, input, frames }: Line, port: string, data: Json, acted: boolean): void {
    if (port === 'error') return
    this.#gave.set(at, [...(this.#gave.get(at) ?? []), { port, data }])
    const canUndo = acted && this.drawing.wires(at, 'undo').length > 0 && !frames.some(({ kind }) => kind === 'undo')
    if (canUndo) this.done.push({ node: at, input, output: data, frames, order: this.#steps++ })
  }

  /** As a whole. */
  get isUndoing(): boolean {
    return isUndoing(this, null, null)
  }

  /** What a step gave, each time. */
  gave(node: string): readonly Outcome[] {
    return this.#gave.get(node) ?? []
  }

  failures(node: string): number {
    return this.#failures.get(node) ?? 0
  }

  noteFailure({ at, attempt }: Line, code: string): void {
    this.#failures.set(at, this.failures(at) + 1)
    this.note(`failed ${at} ${attempt} ${code}`)
  }

  goOn(line: Line, port: string, data: Json, frames: readonly Frame[]): void {
    const next = this.spawn(line.at, port, data, frames)
    this.drop(line)
    line.each = null
    if (!undoes(line)) leaveGroups(this, line.at, line.frames, next)
  }

  /** Who leaves its first step behind a race has won it. */
  winRace(line: Line): void {
    const race = line.frames.at(-1)
    if (race?.kind !== 'fork' || race.won || this.drawing.step(race.node).type !== 'test.race') return
    race.won = true
    this.note(`won ${race.node} ${line.at}`)
    this.cancelAll(this.within(race).filter((other) => other !== line))
  }

  cancelItems(of: Line): void {
    if (of.each === null) return
    this.cancelAll(this.lines.filter(({ frames }) => frames.some((frame) => frame.kind === 'item' && frame.of === of)))
  }

  fail(line: Line, error: Failure): void {
    this.stop(line)
    const { retry } = this.drawing.step(line.at)
    this.noteFailure(line, error.code)
    if (!error.terminal && retry !== undefined && line.attempt < retry.attempts) {
      line.doing = { kind: 'retry' }
      const { delayMs = 1_000, maxDelayMs = 60_000, backoff = 'fixed' } = retry
      const delay = backoff === 'exponential' ? delayMs * 2 ** (line.attempt - 1) : delayMs
      line.due = this.timer(Math.min(delay, maxDelayMs), () => this.again(line))
    } else if (this.drawing.wires(line.at, 'error').length > 0)
      this.leave(line, 'error', { code: error.code, message: '', node: line.at, attempt: line.attempt })
    else this.failOutward(line, error.code)
  }

  /** The next attempt. */
  again(line: Line): void {
    line.doing = ready
    line.attempt++
    if (this.drawing.step(line.at).type === 'test.join') {
      this.arrivals.push(line)
      return
    }
    this.limitAct(line)
    this.order(line)
  }

  /** Nobody at the step takes the failure. What fails while it undoes is left to a person. */
  failOutward(line: Line, code: string): void {
    if (!undoes(line) && leadOut(this, line, code)) return
    if (!undoes(line) && this.drawing.flow.settings?.onError === 'fail') this.end('failed', null, code, { by: line })
    else {
      line.doing = { kind: 'incident' }
      this.note(`incident ${line.at} ${code}`)
    }
  }

  /** What its steps did is undone first when it fails, or when whoever cancels it says so. */
  end(status: Exclude<Status, 'alive'>, output: Json, why: string, how: { readonly compensate?: boolean; readonly by?: Line } = {}): void {
    if (this.status !== 'alive' || this.isUndoing) return
    const { compensate = status === 'failed', by = null } = how
    this.compensates = compensate
    for (const limits of [this.joinLimits, this.groupLimits])
      for (const dues of limits.values()) for (const due of dues.values()) due.off = true
    if (this.limit !== null) this.limit.off = true
    if (compensate && status !== 'succeeded' && hasToUndo(this, { group: null, item: null })) {
      beginUndo(this, { status, why }, by)
      return
    }
    this.cancelAll(this.lines, true)
    this.compensates = false
    this.world.locks.freeDead(this)
    this.status = status
    if (status !== 'succeeded') this.output = null
    else this.output = output
    this.note(`run ${status} ${why}`)
    const { returns } = this
    if (returns !== null) this.world.follow(() => returns(status, output, status === 'cancelled' ? 'SLU_CALL_CANCELLED' : why))
  }

  /** Who came round too often stands still at the head of the loop. */
  #stopOverruns(): void {
    for (let line = this.#overruns.shift(); line !== undefined; line = this.#overruns.shift())
      if (this.lives(line)) this.failOutward(line, 'SLU_LOOP_LIMIT')
  }

  settle(): void {
    if (this.status !== 'alive') return
    this.#stopOverruns()
    do {
      for (let line = this.arrivals.shift(); line !== undefined; line = this.arrivals.shift()) arrive(this, line)
      this.#stopOverruns()
    } while (passJoin(this) || turnEach(this) || watchGroups(this) || passMilestone(this) || turnUndo(this) || passRing(this))
    this.world.locks.freeDead(this)
    if (this.lines.length === 0) this.end('succeeded', this.output, '')
  }
}

/** Out of the nearest lock, unless an item stands between, or it is the turn that the whole run has. */
function outsideOfLock(frames: readonly Frame[], trigger: string): readonly Frame[] {
  const at = frames.findLastIndex(({ kind }) => kind === 'lock' || kind === 'item')
  return frames[at]?.kind === 'lock' && frames[at].node !== trigger ? frames.slice(0, at) : frames
}

export function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name] ?? null)]),
  )
}

export function newWork(items: readonly Json[]): EachWork {
  return { items, next: 0, asked: 0, open: [], results: new Map() }
}
