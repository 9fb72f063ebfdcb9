import type { Json } from '@sluice/flows'
import type { JournalEntry } from './entry.ts'
import type { EpochMs, NodeId, RunId, TaskId, TimerId, TokenId, UserId } from './ids.ts'
import type { RunError } from './run.ts'

/** What the host has to do after it stored the entries. Data only; the core never acts. */
export type CoreEffect =
  | { readonly kind: 'node.run'; readonly token: TokenId; readonly node: NodeId; readonly attempt: number }
  | { readonly kind: 'timer.set'; readonly timerId: TimerId; readonly token: TokenId | null; readonly dueAt: EpochMs }
  | { readonly kind: 'timer.clear'; readonly timerId: TimerId }
  | { readonly kind: 'event.await'; readonly token: TokenId; readonly type: string; readonly key: string }
  | { readonly kind: 'event.ignore'; readonly token: TokenId }
  | { readonly kind: 'task.close'; readonly taskId: TaskId; readonly reason: 'answered' | 'expired' | 'cancelled' }
  /** Withdraw an ordered step: its outbox row must not be dispatched. */
  | { readonly kind: 'node.abandon'; readonly token: TokenId; readonly node: NodeId; readonly attempt: number }
  /** Queue for a lock; `under` names the holds of the same run that this line stands in. */
  | {
      readonly kind: 'lock.request'
      readonly token: TokenId
      readonly key: string
      readonly limit: number
      readonly under: readonly TokenId[]
      /** A start that does not queue when there is no room: it ends, or the oldest ones do. */
      readonly whenFull?: 'drop' | 'replace'
    }
  /** The hold, or the place in the queue, that this token asked for is given back. */
  | { readonly kind: 'lock.free'; readonly token: TokenId }
  | { readonly kind: 'call.cancel'; readonly run: RunId; readonly reason: string; readonly compensate?: true }
  | {
      readonly kind: 'run.ended'
      readonly status: 'succeeded' | 'failed' | 'cancelled'
      readonly output: Json
      readonly error?: RunError
      /** Why it was cancelled. */
      readonly reason?: string
      /** Their words may be in its output. */
      readonly authors?: readonly UserId[]
      readonly parent: { readonly run: RunId; readonly token: TokenId } | null
    }

export type Decision =
  | { readonly accepted: true; readonly entries: readonly JournalEntry[]; readonly effects: readonly CoreEffect[] }
  | { readonly accepted: false; readonly code: string; readonly reason: string }
