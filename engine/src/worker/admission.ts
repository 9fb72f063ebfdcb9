import type { Json } from '@sluice/flows'
import type { StartGate } from '../core/command.ts'
import type { RunId } from '../core/ids.ts'
import type { FlowEvent } from '../core/run.ts'
import { engineLimits } from './limits.ts'
import { locksTable, makeRoom } from './locks.ts'
import type { Forgotten } from './ports.ts'
import type { PreparedFlow } from './prepared-flow.ts'
import { fairEach, type Rank } from './rank.ts'
import { defineTable, type Records } from './records.ts'
import type { Work } from './work.ts'

/** When runs of a flow with a rate limit began or will begin, the last ones of each key. */
export const ratesTable = defineTable<{ readonly flow: string; readonly key: string; readonly times: readonly number[] }>({
  name: 'engine_rates',
  columns: { flow: { type: 'text' }, key: { type: 'text' }, times: { type: 'json' } },
  primaryKey: ['flow', 'key'],
})

interface RatePlace {
  readonly flow: string
  readonly key: string
  readonly run: RunId
  readonly at: number
  readonly rank: Rank
  /** How often others went before it while it was the one that had waited longest. */
  readonly passed: number
}

/** Starts that wait for their share of a rate: who has which moment. Rows whose moment is over say nothing any more. */
export const ratePlacesTable = defineTable<RatePlace>({
  name: 'engine_rate_places',
  columns: {
    flow: { type: 'text' },
    key: { type: 'text' },
    run: { type: 'text' },
    at: { type: 'integer' },
    rank: { type: 'integer' },
    passed: { type: 'integer' },
  },
  primaryKey: ['flow', 'key', 'run'],
  indexes: [{ columns: ['flow', 'key', 'at'] }],
})

/** The start of each key that waits for quiet. */
export const quietTable = defineTable<{ readonly flow: string; readonly key: string; readonly run: RunId }>({
  name: 'engine_quiet',
  columns: { flow: { type: 'text' }, key: { type: 'text' }, run: { type: 'text' } },
  primaryKey: ['flow', 'key'],
})

interface Candidate {
  readonly prepared: PreparedFlow
  readonly event: FlowEvent | null
  readonly data: Json
  readonly run: RunId
  /** What goes before others where starts wait. */
  readonly rank: Rank
}

export type Admission =
  | { readonly kind: 'start'; readonly gate: StartGate | null }
  /** The flow says that what does not fit in is not to run at all. */
  | { readonly kind: 'drop'; readonly by: 'concurrency' | 'rate' }

const atOnce: Admission = { kind: 'start', gate: null }

/**
 * Whether a run may start, and what it has to wait for first: quiet, its share of a rate, its turn. Each start counts as soon as it
 * is admitted. What waits is a run like any other: it stands in the store, can be seen and be cancelled.
 */
export function admit(work: Work, candidate: Candidate): Admission {
  const { concurrency, rate, debounce } = candidate.prepared.flow.settings
  if (concurrency === undefined && rate === undefined && debounce === undefined) return atOnce
  const keyOf = (source: string | null) => candidate.prepared.startKey(source, candidate.event, candidate.data, work.now)
  const lockKey = concurrency === undefined ? null : `$flow/${candidate.prepared.flow.key}/${keyOf(concurrency.key)}`
  const drops = concurrency?.whenFull === 'drop' && lockKey !== null && debounce === undefined
  if (drops && inside(work, lockKey) >= concurrency.limit) return { kind: 'drop', by: 'concurrency' }
  const quietUntil = debounce === undefined ? work.now : quiet(work, candidate, keyOf(debounce.key), debounce.ms)
  const at = rate === undefined ? quietUntil : share(work, candidate, keyOf(rate.key), quietUntil)
  if (at === null) return { kind: 'drop', by: 'rate' }
  const until = at > work.now ? at : null
  if (concurrency === undefined || lockKey === null) return { kind: 'start', gate: { until, lock: null } }
  const { limit, whenFull = 'queue' } = concurrency
  const lock = { key: lockKey, limit }
  // Whoever waits first is in nobody's way yet: room is asked for when the wait is over.
  if (until !== null && whenFull !== 'queue') return { kind: 'start', gate: { until, lock: { ...lock, whenFull } } }
  if (whenFull === 'replace') makeRoom(work, lock, candidate)
  return { kind: 'start', gate: { until, lock } }
}

/** Runs that hold the lock, wait for it, or are about to ask for it in this very request; one that has begun counts by its row. */
function inside(work: Work, key: string): number {
  const ordered = work.followUps.filter(
    (next) =>
      next.kind === 'ask' &&
      next.command.kind === 'run.start' &&
      next.command.parent === null &&
      next.command.gate?.lock?.key === key &&
      work.runs.get(next.run)?.state === null,
  )
  return work.store.records.count(locksTable, { key }) + ordered.length
}

/** A start that still waits for quiet gives way to the new one. */
function quiet(work: Work, { prepared, run }: Candidate, key: string, ms: number): number {
  const flow = prepared.flow.key
  const { records } = work.store
  const before = records.find(quietTable, { flow, key })
  if (before !== null && waitsAtStart(work, before.run)) {
    giveBack(work, prepared, before.run)
    const reason = `a later event came: run ${run}`
    work.follow({ kind: 'ask', depth: work.depth, run: before.run, command: { kind: 'run.cancel', at: work.now, reason, by: null } })
  }
  records.upsert(quietTable, { flow, key, run })
  return work.now + ms
}

/** It has not left its trigger, or was ordered in this very request. */
function waitsAtStart(work: Work, run: RunId): boolean {
  return waitingStart(work, run) !== null
}

/** What waits at its trigger, and until when. */
function waitingStart(work: Work, run: RunId): (Pick<Candidate, 'event' | 'data'> & { readonly at: number | null }) | null {
  const state = work.runs.get(run)?.state ?? work.store.runs.load(run)?.state
  if (state === undefined || state === null) {
    const ordered = work.followUps.find((next) => next.kind === 'ask' && next.run === run && next.command.kind === 'run.start')
    if (ordered?.kind !== 'ask' || ordered.command.kind !== 'run.start') return null
    const { event, data, gate } = ordered.command
    return { event, data, at: gate?.until ?? null }
  }
  for (const { node, wait } of Object.values(state.tokens))
    if (node === state.trigger && wait?.kind === 'timer') return { event: state.event, data: wait.data, at: wait.dueAt }
  return null
}

/** A start that ends before it began has not taken its share: the next one may have it. */
function giveBack(work: Work, prepared: PreparedFlow, run: RunId): void {
  const { rate } = prepared.flow.settings
  const start = waitingStart(work, run)
  if (rate === undefined || start === null) return
  const { records } = work.store
  const row = { flow: prepared.flow.key, key: prepared.startKey(rate.key, start.event, start.data, work.now) }
  const times = records.find(ratesTable, row)?.times ?? []
  const own = start.at === null ? -1 : times.indexOf(start.at)
  if (own >= 0) records.upsert(ratesTable, { ...row, times: times.toSpliced(own, 1) })
  records.delete(ratePlacesTable, { ...row, run })
}

/** The first moment at which the window holds fewer than the limit; null when it is full and nothing is to wait. */
function share(work: Work, candidate: Candidate, key: string, from: number): number | null {
  const { rate, debounce } = candidate.prepared.flow.settings
  if (rate === undefined) return from
  const flow = candidate.prepared.flow.key
  const { records } = work.store
  const times = began(work, records.find(ratesTable, { flow, key })?.times ?? [], { flow, key }, from)
  const earliest = times.length < rate.limit ? from : Math.max(from, (times[times.length - rate.limit] ?? 0) + rate.perMs)
  if (earliest > from && rate.whenFull === 'drop' && debounce === undefined) return null
  // One more than the limit where a start may give its moment back: then the last ones are still known.
  const kept = debounce === undefined ? rate.limit : rate.limit + 1
  records.upsert(ratesTable, { flow, key, times: [...times, earliest].sort((left, right) => left - right).slice(-kept) })
  return earliest > from ? placeAmong(work, candidate, key, from, earliest) : earliest
}

/** A moment ahead that nobody waits for is one of a clock that was set back since: that start has begun, by now at the latest. */
function began(
  work: Work,
  times: readonly number[],
  which: { readonly flow: string; readonly key: string },
  from: number,
): readonly number[] {
  if ((times.at(-1) ?? 0) <= from) return times
  const waiting = work.store.records.list(ratePlacesTable, { where: { ...which, at: { gt: from } } })
  const given = new Set(waiting.map(({ at }) => at))
  return times.map((at) => (at > from && !given.has(at) ? work.now : at)).sort((left, right) => left - right)
}

/**
 * The moments that are given away stay the same ones; who has them may change. A start of a higher rank takes the first moment of a
 * lower one, and each of those takes the next one's. The one that waited longest gives way so often and no more.
 */
function placeAmong(work: Work, { prepared, run, rank }: Candidate, key: string, from: number, last: number): number {
  const flow = prepared.flow.key
  const { records } = work.store
  records.delete(ratePlacesTable, { flow, key, at: { lt: work.now } })
  const later = records.list(ratePlacesTable, {
    where: { flow, key, at: { gte: from }, rank: { gt: rank } },
    orderBy: [['at', 'asc']],
    limit: engineLimits.rateShiftMax,
  })
  const first = later.findIndex(({ passed }) => passed < fairEach - 1)
  const shifted = first === -1 ? [] : later.slice(first).filter((one) => waitsAtStart(work, one.run))
  const moments = [...shifted.map(({ at }) => at), last]
  const own = moments[0] ?? last
  for (const [index, row] of shifted.entries()) {
    const at = moments[index + 1] ?? last
    records.update(ratePlacesTable, { flow, key, run: row.run }, { at, passed: index === 0 ? row.passed + 1 : row.passed })
    const command = { kind: 'start.put-off', at: work.now, until: at, by: run } as const
    work.follow({ kind: 'ask', depth: work.depth, run: row.run, command })
  }
  records.insert(ratePlacesTable, { flow, key, run, at: own, rank, passed: 0 })
  return own
}

/** Keys may name people: they go with them, and with their flow. */
export function forgetStarts(records: Records, { subjects, flows }: Forgotten): void {
  for (const flow of flows) {
    records.delete(ratesTable, { flow })
    records.delete(ratePlacesTable, { flow })
    records.delete(quietTable, { flow })
  }
  for (const key of subjects) {
    records.delete(ratesTable, { key })
    records.delete(ratePlacesTable, { key })
    records.delete(quietTable, { key })
  }
}
