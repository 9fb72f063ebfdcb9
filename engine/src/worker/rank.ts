import type { LiveRun } from './live-run.ts'
import type { EngineRequest } from './ports.ts'
import type { PreparedFlow } from './prepared-flow.ts'
import type { Shared } from './shared.ts'

/** What goes first where work queues up: the lower number. Withdrawals outrank all else (ARCHITECTURE §4). */
export const ranks = { withdrawal: -1, high: 0, normal: 1, low: 2 } as const
export type Rank = (typeof ranks)[keyof typeof ranks]

/** One of so many places goes to whoever waits longest, whatever the rank: what is urgent never ends the turn of the rest. */
export const fairEach = 8

export function rankOfFlow({ flow }: PreparedFlow): Rank {
  return ranks[flow.settings.priority ?? 'normal']
}

/** A run that another one calls goes with that one, when its own flow would come later. */
export function rankOfRun({ prepared, state }: LiveRun): Rank {
  const own = rankOfFlow(prepared)
  const given = state?.rank
  return given !== undefined && given < own ? given : own
}

/** What a pack orders or arms itself: the consent pack's is part of a withdrawal. */
export function rankOfPack(name: string): Rank {
  return name.startsWith('consent.') ? ranks.withdrawal : ranks.normal
}

/** Stored only where it says something. */
export function rankPart(rank: Rank): { readonly rank?: Rank } {
  return rank === ranks.normal ? {} : { rank }
}

/** How many of the next `places` go by waiting time alone, when `taken` were given before. */
export function fairPlaces(taken: number, places: number): number {
  return Math.floor((taken + places) / fairEach) - Math.floor(taken / fairEach)
}

/**
 * What a request in the host's queue is part of, as far as it can be told without the store: the flow it starts, the flows that
 * listen to its event, the run whose act came back.
 */
export function rankOfRequest(shared: Shared, request: EngineRequest): Rank {
  if (request.kind === 'effect.result') return shared.inFlightRanks.get(request.id) ?? ranks.normal
  if (!shared.flows.anyRanked()) return ranks.normal
  if (request.kind === 'event') return shared.flows.rankOfType(request.event.type)
  return request.kind === 'command' ? rankOfStart(shared, request.payload) : ranks.normal
}

/** Commands that start a run name its flow; so do some that only speak of it, and no harm is done. */
function rankOfStart({ flows }: Shared, payload: unknown): Rank {
  const { flow, payload: inner } = (payload ?? {}) as { readonly flow?: unknown; readonly payload?: unknown }
  if (typeof flow === 'string') return flows.rankOfKey(flow)
  const { flow: wrapped } = (inner ?? {}) as { readonly flow?: unknown }
  return typeof wrapped === 'string' ? flows.rankOfKey(wrapped) : ranks.normal
}
