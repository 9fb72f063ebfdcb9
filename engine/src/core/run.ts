import type { Json } from '@sluice/flows'
import type { EventExtensions } from './extensions.ts'
import type { EpochMs, NodeId, Port, RunId, ScopeId, TaskId, TimerId, TokenId, UserId } from './ids.ts'
import type { Words } from './words.ts'

export type RunStatus = 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'incident'

/** A CloudEvents 1.0 event as flows see it. `time` is ISO 8601. */
export interface FlowEvent {
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string | null
  readonly time: string
  readonly data: Json
  /** What the sender adds beside; absent when there is nothing. Expressions read it as `written` gives it. */
  readonly extensions?: EventExtensions
}

export interface RunError {
  readonly code: string
  readonly message: string
  /** As in `NodeError`. */
  readonly text?: Words
  readonly node: NodeId | null
}

/**
 * What a parked token waits for.
 * - `timer`: until `dueAt`, then leaves by `port`.
 * - `event`: an event of `type` whose correlation `key` matches; `timerId` leads to port `timeout`.
 * - `task`: a person; leaves by the port named like the action, or `expired`.
 * - `call`: another run's end.
 * - `effect`: an outside effect was dispatched; its result comes back as a command.
 */
export type Wait =
  | {
      readonly kind: 'timer'
      readonly timerId: TimerId
      readonly dueAt: EpochMs
      readonly port: Port
      readonly data: Json
      /** Only at a trigger: the lock to queue for when the time has come. */
      readonly lock?: StartLock
    }
  | {
      readonly kind: 'event'
      readonly type: string
      readonly key: string
      readonly timerId: TimerId | null
      readonly dueAt: EpochMs | null
    }
  | {
      readonly kind: 'task'
      readonly taskId: TaskId
      readonly actions: readonly string[]
      readonly timerId: TimerId | null
      readonly dueAt: EpochMs | null
    }
  | { readonly kind: 'call'; readonly run: RunId }
  /** In the queue for a lock; `timerId` leads to port `timeout`. */
  | {
      readonly kind: 'lock'
      readonly key: string
      readonly limit: number
      readonly timerId: TimerId | null
      readonly dueAt: EpochMs | null
    }
  /** Until a line stands at `step`, or none can come there any more. */
  | { readonly kind: 'milestone'; readonly step: NodeId }
  | { readonly kind: 'join'; readonly timerId: TimerId | null; readonly dueAt: EpochMs | null }
  | { readonly kind: 'retry'; readonly timerId: TimerId; readonly dueAt: EpochMs }
  /** A for-each, until its items are done. */
  | { readonly kind: 'each' }
  /** Until what was done before it is undone. */
  | { readonly kind: 'undo' }

/** The lock a start queues for. `whenFull` stands there when it is decided by then, because the start waits for something else before. */
export interface StartLock {
  readonly key: string
  readonly limit: number
  readonly whenFull?: 'drop' | 'replace'
}

export interface Token {
  readonly id: TokenId
  readonly node: NodeId
  /** Port it came in by, and the node it came from; null at a trigger. */
  readonly port: Port
  readonly from: NodeId | null
  readonly scope: ScopeId
  readonly input: Json
  /** 1 for the first try. Not part of the idempotency key. */
  readonly attempt: number
  /** `ready`: the node is to be run or is running. */
  readonly state: 'ready' | 'waiting' | 'incident'
  readonly wait: Wait | null
  readonly error: RunError | null
  readonly since: EpochMs
  /** Time limit of this attempt; absent or null when none runs. */
  readonly limit?: Deadline | null
}

/** A timer that ends something if nothing else does first. */
export interface Deadline {
  readonly timerId: TimerId
  readonly dueAt: EpochMs
}

/** One opened fork. The root scope is `s0` and has no fork node. */
export interface Scope {
  readonly id: ScopeId
  readonly parent: ScopeId | null
  readonly fork: NodeId | null
  /** Joins that already let this scope pass; later arrivals end there. */
  readonly closedBy: readonly NodeId[]
  /** Tokens that stand in it plus scopes opened inside it; at 0 the scope is forgotten. Not kept for the root. */
  readonly live?: number
  /** The item whose lines these are. */
  readonly item?: Item
}

/** One item of a for-each, in a scope of its own. */
export interface Item {
  /** The token that waits at the for-each. */
  readonly of: TokenId
  readonly index: number
  readonly value: Json
  /** What the last line that ended here handed on. */
  readonly result?: Json
  /** Last outputs of the steps in here: other items do not see them. */
  readonly outputs?: Readonly<Record<NodeId, Json>>
  /** How often lines came back to the heads of loops in here. */
  readonly rounds?: Readonly<Record<NodeId, number>>
}

/** A for-each at work, under its token. */
export interface Each {
  readonly items: readonly Json[]
  readonly concurrency: number
  readonly reviewed: boolean
  readonly collect: boolean
  /** The next item to start. */
  readonly next: number
  readonly active: number
  /** By index; gaps are items that are not done. */
  readonly results: Readonly<Record<string, Json>>
  /** Indexes of items that are done, in the order in which they ended. */
  readonly ended: readonly number[]
  /** How many were done when it was asked last whether to go on. */
  readonly asked: number
}

/** A group whose time limit runs. */
export interface TimedRegion extends Deadline {
  readonly node: NodeId
  /** The item it runs in, if any. */
  readonly item: ScopeId | null
}

/** A completed step that has an undo line. */
export interface Undoable {
  readonly node: NodeId
  /** The token that stood there; names this completion. */
  readonly token: TokenId
  readonly input: Json
  readonly output: Json
  /** Position in the journal: what was done last is undone first. */
  readonly seq: number
  /** Items of for-each steps it ran in, the innermost first, and what that item was. */
  readonly items: readonly ScopeId[]
  readonly item?: { readonly index: number; readonly value: Json }
}

/** How a run ends once everything is undone. */
export type Unwound =
  | { readonly kind: 'run.failed'; readonly error: RunError }
  | { readonly kind: 'run.cancelled'; readonly reason: string; readonly by: UserId | null }

/** How a line goes on from a group once everything in it is undone. */
export interface GroupExit {
  readonly port: Port
  readonly data: Json
  readonly why: { readonly [key: string]: Json } | null
  readonly scope: ScopeId
}

/** Steps are being undone, one after the other: those of the whole run, or of one group. */
export interface Undoing {
  /** Null: the whole run. */
  readonly region: NodeId | null
  readonly item: ScopeId | null
  readonly items: readonly ScopeId[]
  /** Waits meanwhile and goes on afterwards; null when no line was left to wait. */
  readonly token: TokenId | null
  readonly ending: Unwound | null
  readonly exit: GroupExit | null
  /** Lines with which the group ended again meanwhile: they wait as well, and go on after that one. */
  readonly behind?: readonly { readonly token: TokenId; readonly exit: GroupExit }[]
  /** The next one first. */
  readonly todo: readonly Undoable[]
  /** What is being undone, and the scope of the lines that do it. */
  readonly current: { readonly node: NodeId; readonly token: TokenId; readonly scope: ScopeId | null } | null
}

/** Where a run takes another one up again, and what was known there. */
export interface ForkPoint {
  readonly node: NodeId
  /** Port it is entered by, and the node the line came from; at a trigger null, then `input` leaves it. */
  readonly port: Port
  readonly from: NodeId | null
  readonly input: Json
  readonly trigger: NodeId
  readonly event: FlowEvent | null
  readonly outputs: Readonly<Record<NodeId, Json>>
}

/** What a step gave in the run that is taken up again; it is handed on instead of acting a second time. */
export interface KeptOutcome {
  readonly port: Port
  readonly data: Json
}

/** A lock that lines of this run hold: those in its scope and below. */
export interface Hold {
  readonly node: NodeId
  /** The token that asked for it; names the hold. */
  readonly token: TokenId
  readonly key: string
}

/** A person or a token behind a run's start. */
export interface Starter {
  readonly kind: 'user' | 'token'
  readonly id: string
}

/** Everything a run is. Plain JSON; equal histories give equal states on every host. */
export interface RunState {
  readonly id: RunId
  readonly flow: string
  readonly version: number
  readonly digest: string
  readonly status: RunStatus
  readonly startedAt: EpochMs
  readonly endedAt: EpochMs | null
  readonly event: FlowEvent | null
  readonly trigger: NodeId
  readonly tokens: Readonly<Record<TokenId, Token>>
  readonly scopes: Readonly<Record<ScopeId, Scope>>
  /** Last output of each node; what expressions see as `nodes.<id>`. */
  readonly outputs: Readonly<Record<NodeId, Json>>
  readonly output: Json
  readonly error: RunError | null
  /** Run that called this one, and the token that waits there. */
  readonly parent: { readonly run: RunId; readonly token: TokenId } | null
  /** Counters that name the next token, scope and timer. */
  readonly next: { readonly token: number; readonly scope: number; readonly timer: number }
  /** Journal entries folded so far. */
  readonly seq: number
  /** Timer of the whole run's time limit. */
  readonly limit: Deadline | null
  /** Who started it by hand or sent its event; absent when the system, a customer or a schedule did. */
  readonly startedBy?: Starter
  /** People besides whose words may be in its data; absent until there are some. Whoever is among them approves no money of this run. */
  readonly authors?: readonly UserId[]
  /** How often lines came back to the heads of loops; absent until one did. */
  readonly rounds?: Readonly<Record<NodeId, number>>
  /** For-each steps at work. */
  readonly each?: Readonly<Record<TokenId, Each>>
  /** Groups whose time limits run, by group and item. */
  readonly regions?: Readonly<Record<string, TimedRegion>>
  /** The run this one takes up again; absent for a run that began by itself. */
  readonly forkedFrom?: { readonly run: RunId; readonly node: NodeId }
  /** Steps of it whose outcome is handed on as it was. */
  readonly kept?: { readonly [node: NodeId]: KeptOutcome }
  /** Locks held, by the scope of the lines that hold them. */
  readonly locks?: Readonly<Record<ScopeId, Hold>>
  /** How many runs called one another to start this one. */
  readonly depth?: number
  /** It goes with the run that called it where work queues up; absent when its own flow says enough. */
  readonly rank?: -1 | 0
  /** Completed steps that have an undo line, in the order of their completion. */
  readonly done?: readonly Undoable[]
  /** What is being undone: by group and item, the whole run under ''. */
  readonly undoing?: Readonly<Record<string, Undoing>>
  /** What was undone, in that order; stays when the run has ended. */
  readonly undone?: readonly { readonly node: NodeId; readonly token: TokenId }[]
}
