import { forgetStarts } from './admission.ts'
import type { Actor } from './context.ts'
import { dedupeTable } from './dedupe.ts'
import { putBack, recheck, resume, takeResult } from './effect-results.ts'
import { takeEvent } from './events.ts'
import { FlowRegistry } from './flow-registry.ts'
import { drain } from './follow-ups.ts'
import { engineLimits } from './limits.ts'
import { saveRuns } from './live-run.ts'
import { lettersTable } from './operate-tables.ts'
import { begin, hasRoom } from './outbox.ts'
import type { EnginePorts, EngineReply, EngineRequest, TimerRow } from './ports.ts'
import { describe, failedReply, isFatal, isProblem } from './problem.ts'
import { fairPlaces, type Rank, rankOfRequest, ranks } from './rank.ts'
import { runCommand } from './run-command.ts'
import { type Counts, newBatch, newCounts, type Shared } from './shared.ts'
import { nextTry, ring } from './timers.ts'
import { Work } from './work.ts'

/** The loop. Synchronous: the host brings the queue, the clock and the waiting. */
export interface Engine {
  /** One group commit: each request whole or not at all, answered in order. Throws only when the commit itself failed. */
  execute(requests: readonly EngineRequest[]): readonly EngineReply[]
  /** Fires due timers in one commit; gives how many it took. As many as `limit`: call again. */
  fireDue(limit?: number): number
  /** After a start: acts that had begun go out again, those that waited begin. Call once, before the first request. */
  recover(): void
  /** When `fireDue` has something to do next; null: nothing armed. */
  nextDueAt(): number | null
  stats(): EngineStats
  /** What goes first in the host's queue: the lower number. */
  rankOf(request: EngineRequest): Rank
}

export interface EngineStats extends Readonly<Counts> {
  readonly inFlight: number
}

const system: Actor = { kind: 'system', id: 'engine' }

export function createEngine(ports: EnginePorts): Engine {
  const shared: Shared = {
    ports,
    flows: new FlowRegistry(ports),
    counts: newCounts(),
    inFlight: 0,
    backlog: false,
    lettersKept: 0,
    inFlightRanks: new Map(),
    rung: 0,
    unqueued: 0,
    careful: 0,
    batch: newBatch(),
  }
  const timerTries = new Map<string, number>()
  return {
    execute: (requests) =>
      together(shared, (shares) => requests.map((request) => answer(shared, request, shares && request.kind === 'event'))),
    fireDue(limit = engineLimits.timersPerTurn) {
      const { rung } = shared
      return together(shared, (shares) => {
        const now = ports.clock.now()
        const due = ports.store.timers.due(now, limit, fairPlaces(rung, limit))
        shared.rung = rung + due.length
        for (const timer of due) ringSafely(shared, timerTries, timer, now, shares)
        return due.length
      })
    },
    recover: () => recover(shared),
    nextDueAt: () =>
      shared.backlog && shared.inFlight < engineLimits.effectsInFlightMax ? ports.clock.now() : ports.store.timers.nextDueAt(),
    rankOf(request) {
      try {
        return rankOfRequest(shared, request)
      } catch {
        // A store that cannot be read says so when the request is carried out.
        return ranks.normal
      }
    },
    stats: () => ({ ...shared.counts, inFlight: shared.inFlight }),
  }
}

/** An event or a timer threw where no savepoint of its own could take back what it wrote. */
class SharedFailed extends Error {}

/**
 * One commit. Events and timers hardly ever fail, and a savepoint for each costs a tenth of a run: every page that it touches is copied
 * first. So they share the undo of the transaction. When one fails, all is rolled back and done again with a savepoint for each.
 */
function together<Result>(shared: Shared, work: (shares: boolean) => Result): Result {
  if (shared.careful > 0) {
    shared.careful--
    return commit(shared, () => work(false))
  }
  const counts = { ...shared.counts }
  try {
    return commit(shared, () => work(true))
  } catch (error) {
    if (!(error instanceof SharedFailed)) throw error
    Object.assign(shared.counts, counts)
    shared.careful = engineLimits.carefulCommits
    return commit(shared, () => work(false))
  }
}

/** One transaction; what it decided to send leaves after it, or never. */
function commit<Result>(shared: Shared, work: () => Result): Result {
  const { store, dispatch } = shared.ports
  const batch = newBatch()
  shared.batch = batch
  let result: Result
  try {
    result = store.transaction(() => {
      const done = work()
      beginBacklog(shared)
      return done
    })
  } catch (error) {
    shared.batch = newBatch()
    for (const id of batch.begun.keys()) shared.inFlightRanks.delete(id)
    shared.flows.invalidate()
    throw error
  }
  shared.batch = newBatch()
  shared.inFlight += batch.inFlightChange
  shared.counts.commits++
  if (batch.begun.size > 0) dispatch.effects([...batch.begun.values()])
  if (batch.feed.length > 0) dispatch.feed(batch.feed)
  return result
}

/** A request and all that follows from it, or nothing of it; with `shares` its throw has to undo the whole transaction. */
function attempt<Result>(shared: Shared, actor: Actor, now: number, run: (work: Work) => Result, shares = false): Result {
  const work = new Work(shared, actor, now)
  const { store } = shared.ports
  const counts = shares ? null : { ...shared.counts }
  const carryOut = (): Result => {
    const given = run(work)
    drain(work)
    saveRuns(work)
    writeTimers(work)
    forgetRuns(work)
    return given
  }
  try {
    const result = shares ? store.part(carryOut) : store.savepoint(carryOut)
    keep(shared, work)
    return result
  } catch (error) {
    if (work.flowsChanged) shared.flows.invalidate()
    // What was undone is not counted either.
    if (counts !== null) Object.assign(shared.counts, counts)
    throw error
  }
}

function writeTimers(work: Work): void {
  const { timers } = work.store
  for (const { run, id, row } of work.timers.values()) {
    if (row === null) timers.clear(run, id)
    else timers.set(row)
  }
}

/** Last of all, so that runs which this very request ended go too. */
function forgetRuns({ forgotten, store }: Work): void {
  for (const which of forgotten) {
    store.runs.forget(which)
    if (which.subjects.length > 0) store.records.delete(lettersTable, { subject: { in: which.subjects } })
    for (const flow of which.flows) store.records.delete(dedupeTable, { flow })
    forgetStarts(store.records, which)
  }
}

function keep(shared: Shared, work: Work): void {
  const { batch } = shared
  for (const id of work.unsent) batch.begun.delete(id)
  for (const [id, row] of work.begun) {
    batch.begun.set(id, row)
    if (row.rank !== undefined) shared.inFlightRanks.set(id, row.rank)
  }
  for (const item of work.topics) batch.feed.push(item)
  batch.inFlightChange += work.inFlightChange
}

function answer(shared: Shared, request: EngineRequest, shares: boolean): EngineReply {
  shared.counts.requests++
  try {
    const now = shared.ports.clock.now()
    const actor = 'actor' in request ? request.actor : system
    return { ok: true, result: attempt(shared, actor, now, (work) => handle(work, request), shares) }
  } catch (error) {
    if (isFatal(error)) throw error
    if (shares) throw new SharedFailed()
    shared.counts.refused++
    return failedReply(error)
  }
}

function handle(work: Work, request: EngineRequest): unknown {
  switch (request.kind) {
    case 'event':
      return takeEvent(work, request.event)
    case 'command':
      return runCommand(work, request.name, request.payload, request.actor)
    case 'effect.result':
      return takeResult(work, request.id, request.outcome)
    case 'effect.recheck':
      return recheck(work, request.id)
    case 'effect.put-back':
      return putBack(work, request.id, request.delayMs)
  }
}

/** A timer whose work throws must not ring for ever in a ring; it is set again, later, and in the end given up with a trace. */
function ringSafely(shared: Shared, tries: Map<string, number>, timer: TimerRow, now: number, shares: boolean): void {
  const key = `${timer.run} ${timer.id}`
  try {
    attempt(shared, system, now, (work) => ring(work, timer), shares)
    shared.counts.timersFired++
    tries.delete(key)
  } catch (error) {
    if (isFatal(error)) throw error
    if (shares) throw new SharedFailed()
    shared.counts.timersFailed++
    const count = (tries.get(key) ?? 0) + 1
    const dueAt = nextTry(now, count)
    const { store } = shared.ports
    if (dueAt === null) {
      tries.delete(key)
      store.timers.clear(timer.run, timer.id)
    } else {
      tries.set(key, count)
      store.timers.set({ ...timer, dueAt })
    }
    const refs = { run: timer.run, timer: timer.id, command: timer.command ?? '', code: isProblem(error) ? error.code : describe(error) }
    store.audit.append({
      at: now,
      actor: system,
      kind: dueAt === null ? 'engine.timer-abandoned' : 'engine.timer-failed',
      refs,
      payload: null,
    })
  }
}

/** Rows that waited for room begin as soon as results made some. */
function beginBacklog(shared: Shared): void {
  const room = engineLimits.effectsInFlightMax - shared.inFlight - shared.batch.inFlightChange
  if (!shared.backlog || room <= 0) return
  const now = shared.ports.clock.now()
  const ready = shared.ports.store.outbox.ready(now, room, fairPlaces(shared.unqueued, room))
  shared.unqueued += ready.length
  for (const row of ready) {
    attempt(shared, system, now, (work) => {
      if (hasRoom(work)) begin(work, row)
    })
  }
  shared.backlog = ready.length >= room
}

function recover(shared: Shared): void {
  const { store, clock } = shared.ports
  const begun = store.outbox.begun()
  shared.inFlight = begun.length
  for (const { id, rank } of begun) if (rank !== undefined) shared.inFlightRanks.set(id, rank)
  shared.backlog = true
  commit(shared, () => {
    for (const row of begun) attempt(shared, system, clock.now(), (work) => resume(work, row))
  })
}
