import type { Json } from '@sluice/flows'
import type { NodeError, Why } from './command.ts'
import type { EpochMs, NodeId, Port, RunId, ScopeId, TaskId, TimerId, TokenId, UserId } from './ids.ts'
import type { Deadline, FlowEvent, RunError, Starter, Wait } from './run.ts'

/** A token that an entry creates. */
export interface NewToken {
  readonly id: TokenId
  readonly node: NodeId
  readonly port: Port
  readonly edge: number
  /** Time limit of its first attempt. */
  readonly limit?: Deadline | null
}

interface Versioned {
  readonly version: 1
  readonly at: EpochMs
}

/** What was decided and recorded: the only thing that changes a run. Released kinds keep their meaning for ever. */
export type JournalEntry = Versioned &
  (
    | {
        readonly kind: 'run.started'
        readonly run: RunId
        readonly flow: string
        readonly flowVersion: number
        readonly digest: string
        readonly node: NodeId
        readonly event: FlowEvent | null
        readonly data: Json
        readonly next: readonly NewToken[]
        /** Opened when more than one token leaves. */
        readonly scope: ScopeId | null
        readonly parent: { readonly run: RunId; readonly token: TokenId } | null
        readonly by?: Starter
        readonly limit: Deadline | null
      }
    | {
        readonly kind: 'node.completed'
        readonly node: NodeId
        readonly token: TokenId
        readonly port: Port
        readonly data: Json
        readonly why: Why | null
        /** Tokens that leave; empty ends the line. */
        readonly next: readonly NewToken[]
        readonly scope: ScopeId | null
      }
    | {
        readonly kind: 'node.waiting'
        readonly node: NodeId
        readonly token: TokenId
        readonly wait: Wait
        readonly why: Why | null
        readonly limit?: Deadline | null
      }
    | { readonly kind: 'node.failed'; readonly node: NodeId; readonly token: TokenId; readonly attempt: number; readonly error: NodeError }
    | {
        readonly kind: 'node.retry-scheduled'
        readonly node: NodeId
        readonly token: TokenId
        readonly attempt: number
        readonly timerId: TimerId
        readonly dueAt: EpochMs
      }
    /** The token is ready to run again: a retry came due or an operator asked. */
    | {
        readonly kind: 'node.retried'
        readonly node: NodeId
        readonly token: TokenId
        readonly attempt: number
        readonly limit?: Deadline | null
      }
    | {
        readonly kind: 'join.arrived'
        readonly node: NodeId
        readonly token: TokenId
        readonly timerId: TimerId | null
        readonly dueAt: EpochMs | null
      }
    | {
        readonly kind: 'join.passed'
        readonly node: NodeId
        readonly port: Port
        readonly scope: ScopeId
        /** Tokens that met here and end. */
        readonly tokens: readonly TokenId[]
        readonly data: Json
        readonly why: Why | null
        readonly next: readonly NewToken[]
        readonly opened: ScopeId | null
        /** The line stays below the fork: it may meet others of its scope at a later join. */
        readonly stays?: true
      }
    | { readonly kind: 'join.ignored'; readonly node: NodeId; readonly token: TokenId }
    | { readonly kind: 'token.cancelled'; readonly node: NodeId; readonly token: TokenId; readonly reason: string }
    | { readonly kind: 'timer.fired'; readonly timerId: TimerId; readonly token: TokenId | null }
    | { readonly kind: 'signal.received'; readonly node: NodeId; readonly token: TokenId; readonly event: FlowEvent }
    | {
        readonly kind: 'task.answered'
        readonly node: NodeId
        readonly token: TokenId
        readonly taskId: TaskId
        readonly action: string
        readonly by: UserId
      }
    | { readonly kind: 'incident.raised'; readonly node: NodeId; readonly token: TokenId; readonly error: RunError }
    | { readonly kind: 'run.succeeded'; readonly output: Json }
    | { readonly kind: 'run.failed'; readonly error: RunError }
    | { readonly kind: 'run.cancelled'; readonly reason: string; readonly by: UserId | null }
  )

export type EntryKind = JournalEntry['kind']
export type EntryOf<Kind extends EntryKind> = Extract<JournalEntry, { kind: Kind }>
