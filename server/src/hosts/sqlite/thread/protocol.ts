/** What travels between the door's thread and the engine's. One message carries a whole batch in either direction. */
import type { BegunRow, EngineReply, EngineRequest, EngineStats, FeedItem } from '@sluice/engine/worker'
import { diskProblem } from '../disk-problem.ts'
import type { FenceMemory } from '../fence.ts'

export const queueLimits = {
  /** Requests in one message, and so in one commit. More made commits slower than they saved (measured: 60–100 ms at 1,000). */
  batchMax: 1_000,
  /** What one commit should take at most, so that withdrawals and timers never wait long behind it. */
  turnMsMax: 200,
  batchesInFlightMax: 4,
  /** Waiting at the door; beyond it the answer is SLU_BUSY. */
  waitingMax: 10_000,
  timersPerTurn: 500,
  /** What ringing should take before urgent requests are looked at again. */
  ringMsMax: 50,
  /** How long the answer of an urgent request waits at most for what follows from it. */
  holdMsMax: 4_000,
} as const

export interface EngineThreadOptions {
  readonly root: string
  /** Name of the connected model, for packs that do without one. */
  readonly model: string | null
  readonly fence: FenceMemory
  /** URL of a module that exports `createEngineParts()`; absent: the packs of this build. */
  readonly parts: string | null
  /** Bound on the size of the file, in pages; for tests of a full disk. */
  readonly pagesMax: number | null
}

/** What somebody listens to: all that happened, or only what was said of a topic. */
export type Watched = 'all' | 'topics'

export type Numbered<Item> = readonly [number, Item]

export type ToEngine =
  /** The first message: which data, and with what. */
  | { readonly kind: 'open'; readonly options: EngineThreadOptions }
  /** The reader is open: put to work what was under way before the last stop. */
  | { readonly kind: 'go' }
  | { readonly kind: 'requests'; readonly items: readonly Numbered<EngineRequest>[] }
  | { readonly kind: 'watch'; readonly what: Watched | null }
  | { readonly kind: 'backup'; readonly id: number; readonly to: string }
  | { readonly kind: 'stop' }

export interface Failure {
  readonly code: string
  readonly status: number
  readonly message: string
}

export interface ThreadStats {
  readonly engine: EngineStats
  readonly queued: number
  readonly walBytes: number
  readonly diskOpen: boolean
  /** Longest time a timer rang after it was due, since the last look. */
  readonly timerLateMs: number
  /** Runs in the file, and what retention took away since the start. */
  readonly storedRuns: number
  readonly prunedRuns: number
  readonly prunedEvents: number
}

export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | {
      readonly kind: 'turn'
      readonly replies: readonly Numbered<EngineReply>[]
      readonly effects: readonly BegunRow[]
      readonly feed: readonly FeedItem[]
    }
  | { readonly kind: 'stats'; readonly stats: ThreadStats }
  | { readonly kind: 'backed-up'; readonly id: number; readonly failure: Failure | null }
  | { readonly kind: 'stopped' }

/** Whatever was thrown, as a message without customer data. */
export function failureOf(error: unknown): Failure {
  const { code, status, message } = error as { code?: unknown; status?: unknown; message?: unknown }
  if (typeof code === 'string' && code.startsWith('SLU_')) {
    return { code, status: typeof status === 'number' ? status : 500, message: String(message) }
  }
  const text = typeof message === 'string' ? message : 'unknown'
  const disk = diskProblem(error)
  if (disk !== null) return { code: disk.code, status: disk.status, message: disk.message }
  if (text.startsWith('SLU_')) return { code: text.split(':', 1)[0] ?? 'SLU_INTERNAL', status: 500, message: text }
  if (typeof code === 'string' && code.startsWith('SQLITE')) return { code: 'SLU_DATA_DAMAGED', status: 500, message: `${code}: ${text}` }
  return { code: 'SLU_INTERNAL', status: 500, message: error instanceof Error ? `${error.name}: ${text}` : 'unknown' }
}
