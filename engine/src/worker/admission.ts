import type { Json } from '@sluice/flows'
import type { StartGate } from '../core/command.ts'
import type { RunId } from '../core/ids.ts'
import type { FlowEvent } from '../core/run.ts'
import { locksTable } from './locks.ts'
import type { Forgotten } from './ports.ts'
import type { PreparedFlow } from './prepared-flow.ts'
import { defineTable, type Records } from './records.ts'
import type { Work } from './work.ts'

/** When runs of a flow with a rate limit began or will begin, the last ones of each key. */
export const ratesTable = defineTable<{ readonly flow: string; readonly key: string; readonly times: readonly number[] }>({
  name: 'engine_rates',
  columns: { flow: { type: 'text' }, key: { type: 'text' }, times: { type: 'json' } },
  primaryKey: ['flow', 'key'],
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
  if (concurrency?.whenFull === 'drop' && lockKey !== null && inside(work, lockKey) >= concurrency.limit)
    return { kind: 'drop', by: 'concurrency' }
  const quietUntil = debounce === undefined ? work.now : quiet(work, candidate, keyOf(debounce.key), debounce.ms)
  const at = rate === undefined ? quietUntil : share(work, candidate, keyOf(rate.key), quietUntil)
  if (at === null) return { kind: 'drop', by: 'rate' }
  if (concurrency?.whenFull === 'replace' && lockKey !== null) makeRoom(work, lockKey, concurrency.limit, candidate.run)
  const lock = concurrency === undefined || lockKey === null ? null : { key: lockKey, limit: concurrency.limit }
  return { kind: 'start', gate: { until: at > work.now ? at : null, lock } }
}

/** Runs that hold the lock, wait for it, or are about to ask for it in this very request. */
function inside(work: Work, key: string): number {
  const ordered = work.followUps.filter(
    (next) => next.kind === 'ask' && next.command.kind === 'run.start' && next.command.gate?.lock?.key === key,
  )
  return work.store.records.count(locksTable, { key }) + ordered.length
}

/** The oldest ones end, so that the new one is within the limit. */
function makeRoom(work: Work, key: string, limit: number, by: RunId): void {
  const rows = work.store.records.list(locksTable, { where: { key }, orderBy: [['place', 'asc']], limit: 10_000 })
  const runs = [...new Set(rows.map(({ run }) => run))]
  for (const run of runs.slice(0, Math.max(0, runs.length - limit + 1)))
    work.follow({
      kind: 'ask',
      depth: work.depth,
      run,
      command: { kind: 'run.cancel', at: work.now, reason: `run ${by} took its place`, by: null },
    })
}

/** A start that still waits for quiet gives way to the new one. */
function quiet(work: Work, { prepared, run }: Candidate, key: string, ms: number): number {
  const flow = prepared.flow.key
  const { records } = work.store
  const before = records.find(quietTable, { flow, key })
  if (before !== null && stillQuiet(work, before.run)) {
    const reason = `a later event came: run ${run}`
    work.follow({ kind: 'ask', depth: work.depth, run: before.run, command: { kind: 'run.cancel', at: work.now, reason, by: null } })
  }
  records.upsert(quietTable, { flow, key, run })
  return work.now + ms
}

/** It has not left its trigger, or was ordered in this very request. */
function stillQuiet(work: Work, run: RunId): boolean {
  const state = work.runs.get(run)?.state ?? work.store.runs.load(run)?.state
  if (state === undefined || state === null) return work.runs.has(run)
  return Object.values(state.tokens).some(({ node, wait }) => node === state.trigger && wait?.kind === 'timer')
}

/** The first moment at which the window holds fewer than the limit; null when it is full and nothing is to wait. */
function share(work: Work, { prepared }: Candidate, key: string, from: number): number | null {
  const { rate, debounce } = prepared.flow.settings
  if (rate === undefined) return from
  const flow = prepared.flow.key
  const { records } = work.store
  const times = records.find(ratesTable, { flow, key })?.times ?? []
  const earliest = times.length < rate.limit ? from : Math.max(from, (times[times.length - rate.limit] ?? 0) + rate.perMs)
  if (earliest > from && rate.whenFull === 'drop' && debounce === undefined) return null
  records.upsert(ratesTable, { flow, key, times: [...times, earliest].sort((left, right) => left - right).slice(-rate.limit) })
  return earliest
}

/** Keys may name people: they go with them, and with their flow. */
export function forgetStarts(records: Records, { subjects, flows }: Forgotten): void {
  for (const flow of flows) {
    records.delete(ratesTable, { flow })
    records.delete(quietTable, { flow })
  }
  for (const key of subjects) {
    records.delete(ratesTable, { key })
    records.delete(quietTable, { key })
  }
}
