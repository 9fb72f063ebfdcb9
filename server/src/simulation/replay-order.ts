import type { RunStatus } from '@sluice/engine/core'
import type { Mock, SimulatedAnswer, SimulatedEvent } from '@sluice/engine/simulate'
import type { Json } from '@sluice/flows'

/** One grant as the ledger keeps it: from when, until when, and since when it stands no longer. */
export interface LedgerEntry {
  readonly purpose: string
  readonly scene: string
  readonly session: string | null
  readonly from: number
  readonly until: number | null
}

/** How a run went: what is compared. Acts are named by their step. */
export interface RunPicture {
  readonly state: RunStatus
  readonly output: Json
  readonly path: readonly string[]
  readonly acts: readonly string[]
}

/** A real event with what is known of it. */
export interface ReplayedEvent {
  /** Our id of the stored event. */
  readonly event: string
  readonly at: number
  readonly content: SimulatedEvent
  /** The run it really started in this flow; null when it started none. */
  readonly run: string | null
  readonly before: RunPicture | null
  /** Later events that the real run took, counted from its start. */
  readonly signals: readonly SimulatedEvent[]
  readonly answers: readonly SimulatedAnswer[]
  /** Recorded results of steps that are the same in the draft, in the order in which they came. */
  readonly recorded: { readonly [node: string]: readonly Mock[] }
  readonly consents: readonly LedgerEntry[]
}

export type WhyNot = 'by-hand' | 'still-running' | 'called' | 'consent-unknown' | 'person' | 'no-record' | 'expired' | 'limit'

export interface ReplayOutcome {
  readonly event: string
  readonly run: string | null
  readonly replayed: boolean
  /** Why it could not be replayed, and at which step. */
  readonly why: WhyNot | null
  readonly at: string | null
  readonly before: RunPicture | null
  /** Null when the draft would not have started. */
  readonly after: RunPicture | null
  readonly changes: readonly ('starts' | 'no-longer-starts' | 'state' | 'path' | 'output' | 'acts')[]
}
