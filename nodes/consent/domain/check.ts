import { bitOf, type Cell, type Mask } from './grid.ts'
import type { ConsentState } from './lifecycle.ts'

/** What is known of a customer's will when something wants to use their data. */
export interface Standing {
  readonly epoch: number
  readonly withdrawnMask: Mask
  readonly cutCategories: readonly string[]
}

export interface SessionGrid {
  readonly id: string
  readonly cutMask: Mask
  readonly closedAt: number | null
}

/** The part of a consent record that decides. */
export interface Record {
  readonly id: string
  readonly scope: 'standing' | 'session'
  readonly session: string | null
  readonly state: ConsentState
  readonly validFrom: number
  readonly validUntil: number | null
  /** Epoch of the last change: orders changes of the same millisecond. */
  readonly stateEpoch: number
}

export type Reason =
  | 'granted'
  | 'no_grant'
  | 'withdrawn'
  | 'refused'
  | 'expired'
  | 'stale'
  | 'unconfirmed'
  | 'terminated'
  | 'invalidated'
  | 'session_cut'
  | 'session_closed'
  | 'category_withdrawn'

export interface Verdict {
  readonly allowed: boolean
  readonly reason: Reason
  /** The record that allows, or the newest one that explains the refusal. */
  readonly consent: string | null
}

const reasonOfState: { readonly [State in ConsentState]: Reason } = {
  requested: 'no_grant',
  lapsed: 'no_grant',
  given: 'no_grant',
  given_unconfirmed: 'unconfirmed',
  refused: 'refused',
  expired: 'expired',
  stale: 'stale',
  withdrawn: 'withdrawn',
  terminated: 'terminated',
  invalidated: 'invalidated',
}

/**
 * May data be used for this cell now? Absence is never permission, and the reason is what a person reads.
 * `records` are the customer's records of this one cell; `category` is the data the act cannot do without.
 */
export function decideUse(ask: {
  readonly cell: Cell
  readonly standing: Standing | null
  readonly session: SessionGrid | null
  readonly records: readonly Record[]
  readonly categories: readonly string[]
  readonly now: number
}): Verdict {
  const { standing, session, now } = ask
  if (standing === null) return { allowed: false, reason: 'no_grant', consent: null }
  if (session !== null && (session.cutMask & bitOf(ask.cell)) !== 0) return { allowed: false, reason: 'session_cut', consent: null }
  const newestFirst = [...ask.records].sort((a, b) => b.stateEpoch - a.stateEpoch)
  const usable = newestFirst.find((record) => isUsable(record, session, now))
  if (usable === undefined) return refusal(newestFirst, standing, session, ask.cell, now)
  if (ask.categories.some((category) => standing.cutCategories.includes(category)))
    return { allowed: false, reason: 'category_withdrawn', consent: usable.id }
  return { allowed: true, reason: 'granted', consent: usable.id }
}

function isUsable(record: Record, session: SessionGrid | null, now: number): boolean {
  if (record.state !== 'given' || now < record.validFrom || isPast(record.validUntil, now)) return false
  if (record.scope === 'standing') return true
  return session !== null && record.session === session.id && session.closedAt === null
}

function refusal(newestFirst: readonly Record[], standing: Standing, session: SessionGrid | null, cell: Cell, now: number): Verdict {
  const relevant = newestFirst.find((record) => record.scope === 'standing' || (session !== null && record.session === session.id))
  if (relevant === undefined) {
    const reason = (standing.withdrawnMask & bitOf(cell)) !== 0 ? 'withdrawn' : 'no_grant'
    return { allowed: false, reason, consent: null }
  }
  return { allowed: false, reason: reasonOf(relevant, session, now), consent: relevant.id }
}

function reasonOf(record: Record, session: SessionGrid | null, now: number): Reason {
  if (record.state !== 'given') return reasonOfState[record.state]
  if (isPast(record.validUntil, now)) return 'expired'
  return record.scope === 'session' && session?.closedAt !== null ? 'session_closed' : 'no_grant'
}

/** A grant ends at its last instant: valid until T0 means refused at T0. */
function isPast(until: number | null, now: number): boolean {
  return until !== null && now >= until
}
