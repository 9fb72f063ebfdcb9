import type { FlowRegistry } from './flow-registry.ts'
import type { BegunRow, EnginePorts, FeedItem } from './ports.ts'
import type { Rank } from './rank.ts'

/** What one engine keeps between requests. All of it can be lost at any time: the store has the truth. */
export interface Shared {
  readonly ports: EnginePorts
  readonly flows: FlowRegistry
  readonly counts: Counts
  /** Outside acts that began and have not answered. */
  inFlight: number
  /** Rows wait in the outbox because too many acts were at work. */
  backlog: boolean
  /** Dead letters since the start; now and then the old ones are taken away. */
  lettersKept: number
  /** Acts at work that go before or after others, so that their results do so too. */
  readonly inFlightRanks: Map<string, Rank>
  /** Timers that rang and rows that left the queue since the start: every so many go by waiting time alone. */
  rung: number
  unqueued: number
  /** Commits in which each event still gets a savepoint of its own, because one failed a short while ago. */
  careful: number
  /** Of the transaction that is open. */
  batch: Batch
}

/** What leaves after the commit. */
export interface Batch {
  readonly begun: Map<string, BegunRow>
  readonly feed: FeedItem[]
  inFlightChange: number
}

export function newBatch(): Batch {
  return { begun: new Map(), feed: [], inFlightChange: 0 }
}

/** Counters since the start, for metrics. */
export interface Counts {
  requests: number
  refused: number
  commits: number
  events: number
  runsStarted: number
  runsEnded: number
  steps: number
  entries: number
  rejections: number
  effectsBegun: number
  effectsDone: number
  timersFired: number
  timersFailed: number
}

export function newCounts(): Counts {
  return {
    requests: 0,
    refused: 0,
    commits: 0,
    events: 0,
    runsStarted: 0,
    runsEnded: 0,
    steps: 0,
    entries: 0,
    rejections: 0,
    effectsBegun: 0,
    effectsDone: 0,
    timersFired: 0,
    timersFailed: 0,
  }
}
