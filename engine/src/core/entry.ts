import type { Json } from '@sluice/flows'
import type { NodeError, Why } from './command.ts'
import type { EpochMs, NodeId, Port, RunId, ScopeId, TaskId, TimerId, TokenId, UserId } from './ids.ts'
import type { Deadline, FlowEvent, ForkPoint, GroupExit, KeptOutcome, RunError, Starter, TimedRegion, Unwound, Wait } from './run.ts'

/** A token that an entry creates. */
export interface NewToken {
  readonly id: TokenId
  readonly node: NodeId
  readonly port: Port
  readonly edge: number
  /** Time limit of its first attempt. */
  readonly limit?: Deadline | null
  /** It came back to the head of a loop, for the so-manieth time. */
  readonly round?: number
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
        /** Of the run that called it. */
        readonly authors?: readonly UserId[]
        readonly limit: Deadline | null
        /** How many runs called one another to start this one; absent for one that nobody called. */
        readonly depth?: number
        /** Goes with the run that called it, before its own flow's turn. */
        readonly rank?: -1 | 0
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
        /** The step has an undo line and did something: it is undone if the run or its group comes to nothing. */
        readonly undoable?: true
        /** Of the called run whose output this is. */
        readonly authors?: readonly UserId[]
      }
    | {
        readonly kind: 'node.waiting'
        readonly node: NodeId
        readonly token: TokenId
        readonly wait: Wait
        readonly why: Why | null
        readonly limit?: Deadline | null
      }
    | {
        readonly kind: 'node.failed'
        readonly node: NodeId
        readonly token: TokenId
        readonly attempt: number
        readonly error: NodeError
        /** Of a called run: their words may be in what it failed with. */
        readonly authors?: readonly UserId[]
      }
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
    /** The first line of a race left its first step; the others end. */
    | { readonly kind: 'race.won'; readonly node: NodeId; readonly scope: ScopeId; readonly token: TokenId; readonly by: NodeId }
    | {
        readonly kind: 'each.started'
        readonly node: NodeId
        readonly token: TokenId
        readonly items: readonly Json[]
        readonly concurrency: number
        readonly reviewed: boolean
        readonly collect: boolean
        readonly limit?: Deadline | null
      }
    | {
        readonly kind: 'each.item-started'
        readonly node: NodeId
        readonly token: TokenId
        readonly index: number
        readonly next: readonly NewToken[]
        /** Opened for this item. */
        readonly scope: ScopeId
      }
    /** The failure became the item's result; its line ends. */
    | {
        readonly kind: 'each.item-failed'
        readonly node: NodeId
        readonly token: TokenId
        readonly index: number
        readonly line: TokenId
        readonly error: RunError
      }
    /** An item is done: the step is asked whether to go on. */
    | { readonly kind: 'each.reviewing'; readonly node: NodeId; readonly token: TokenId; readonly attempt: number }
    | {
        readonly kind: 'each.reviewed'
        readonly node: NodeId
        readonly token: TokenId
        readonly added: readonly Json[]
        readonly stop: boolean
      }
    | ({ readonly kind: 'region.entered' } & TimedRegion)
    /** Nothing is inside any more; its time limit ends. */
    | { readonly kind: 'region.left'; readonly node: NodeId; readonly item: ScopeId | null }
    /** What was inside was cancelled, and a line goes on from the group. */
    | {
        readonly kind: 'region.ended'
        readonly node: NodeId
        readonly item: ScopeId | null
        readonly port: Port
        /** The line that brought it about and ends here. */
        readonly token: TokenId
        readonly data: Json
        readonly why: Why | null
        readonly next: readonly NewToken[]
        /** Where the line goes on. */
        readonly scope: ScopeId
        readonly opened: ScopeId | null
        /** Lines came in while the group was undone: their time limit runs on. */
        readonly limitRuns?: true
      }
    /** The run has begun and its first line does not leave the trigger yet: what it waits for stands in the next entry. */
    | { readonly kind: 'run.queued'; readonly node: NodeId; readonly token: TokenId; readonly data: Json }
    /** The lines that leave hold the lock together, until the last of them has left it or ended. */
    | {
        readonly kind: 'lock.taken'
        readonly node: NodeId
        readonly token: TokenId
        readonly key: string
        readonly data: Json
        readonly next: readonly NewToken[]
        /** Opened for those who hold it. */
        readonly scope: ScopeId
        /** Opened in it when several lines leave. */
        readonly opened: ScopeId | null
      }
    /** A line gave its part of the lock back and goes on outside. */
    | {
        readonly kind: 'lock.left'
        readonly node: NodeId
        readonly token: TokenId
        readonly port: Port
        readonly data: Json
        readonly next: readonly NewToken[]
        /** Where the line goes on. */
        readonly scope: ScopeId
        readonly opened: ScopeId | null
      }
    /** Nobody holds it any more. */
    | { readonly kind: 'lock.freed'; readonly node: NodeId; readonly token: TokenId; readonly key: string; readonly scope: ScopeId }
    | { readonly kind: 'token.cancelled'; readonly node: NodeId; readonly token: TokenId; readonly reason: string }
    | { readonly kind: 'timer.fired'; readonly timerId: TimerId; readonly token: TokenId | null }
    | {
        readonly kind: 'signal.received'
        readonly node: NodeId
        readonly token: TokenId
        readonly event: FlowEvent
        /** The person who sent it. */
        readonly authors?: readonly UserId[]
      }
    | {
        readonly kind: 'task.answered'
        readonly node: NodeId
        readonly token: TokenId
        readonly taskId: TaskId
        readonly action: string
        readonly by: UserId
        /** They filled in something that goes on with the line. */
        readonly authors?: readonly UserId[]
      }
    /** The task was passed on, returned, escalated …; it stays open. */
    | {
        readonly kind: 'task.noted'
        readonly node: NodeId
        readonly token: TokenId
        readonly taskId: TaskId
        readonly act: string
        readonly by: UserId | null
        readonly why: Why | null
      }
    | { readonly kind: 'incident.raised'; readonly node: NodeId; readonly token: TokenId; readonly error: RunError }
    /** An operator stated what the step gave; the next entry hands it on. */
    | {
        readonly kind: 'node.skipped'
        readonly node: NodeId
        readonly token: TokenId
        readonly reason: string
        readonly by: UserId | null
        /** Whoever stated it. */
        readonly authors?: readonly UserId[]
      }
    /** First entry of a run that takes up another one again; what ran before its node is as it was there. */
    | {
        readonly kind: 'run.forked'
        readonly run: RunId
        readonly flow: string
        readonly flowVersion: number
        readonly digest: string
        readonly of: RunId
        readonly begin: ForkPoint
        readonly kept: { readonly [node: NodeId]: KeptOutcome }
        readonly next: readonly NewToken[]
        readonly scope: ScopeId | null
        readonly by?: Starter
        /** Of the run it takes up again, with whoever started that one. */
        readonly authors?: readonly UserId[]
        readonly limit: Deadline | null
      }
    | {
        readonly kind: 'run.moved'
        readonly from: { readonly version: number; readonly digest: string }
        readonly to: { readonly version: number; readonly digest: string }
        readonly reason: string
        readonly by: UserId | null
      }
    /** Nothing goes on but undoing these steps, in this order; afterwards the run ends, or a line goes on from the group. */
    | {
        readonly kind: 'undo.started'
        readonly region: NodeId | null
        readonly item: ScopeId | null
        readonly token: TokenId | null
        readonly ending: Unwound | null
        readonly exit: GroupExit | null
        /** Tokens that stood at the steps. */
        readonly steps: readonly TokenId[]
        /** The group is being undone already: these are its steps now, and the line goes on after those that wait for it. */
        readonly joins?: true
      }
    /** The undo line of a step begins with `{ input, output }` of that step. */
    | {
        readonly kind: 'undo.step-started'
        readonly region: NodeId | null
        readonly item: ScopeId | null
        readonly node: NodeId
        readonly token: TokenId
        readonly next: readonly NewToken[]
        /** Opened for the lines that undo it; null when the step has no undo line in this version. */
        readonly scope: ScopeId | null
        /** Opened in it when several lines begin. */
        readonly opened: ScopeId | null
      }
    /** Its last line ended: the step counts as undone. */
    | {
        readonly kind: 'undo.step-done'
        readonly region: NodeId | null
        readonly item: ScopeId | null
        readonly node: NodeId
        readonly token: TokenId
      }
    | { readonly kind: 'undo.ended'; readonly region: NodeId | null; readonly item: ScopeId | null; readonly undone: number }
    | { readonly kind: 'run.succeeded'; readonly output: Json }
    | { readonly kind: 'run.failed'; readonly error: RunError }
    | { readonly kind: 'run.cancelled'; readonly reason: string; readonly by: UserId | null }
  )

export type EntryKind = JournalEntry['kind']
export type EntryOf<Kind extends EntryKind> = Extract<JournalEntry, { kind: Kind }>
