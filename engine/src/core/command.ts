import type { Json } from '@sluice/flows'
import type { EpochMs, NodeId, Port, RunId, TaskId, TimerId, TokenId, UserId } from './ids.ts'
import type { FlowEvent, ForkPoint, KeptOutcome, Starter, StartLock } from './run.ts'
import type { Words } from './words.ts'

export interface NodeError {
  readonly code: string
  /** English, or as it was said outside: by a server, a program, the author of a flow. */
  readonly message: string
  /** The same in both languages, where it was worded here. */
  readonly text?: Words
  /** A retry cannot help. */
  readonly terminal: boolean
  /** Only a person can tell what happened: no retry, no error port, always an incident. */
  readonly person?: boolean
  /** The called run whose failure this is. */
  readonly run?: RunId
}

/** What a node asks to wait for; the core turns it into a `Wait` with its timer. */
export type WaitRequest =
  | { readonly kind: 'timer'; readonly dueAt: EpochMs; readonly port: Port; readonly data: Json }
  | { readonly kind: 'event'; readonly type: string; readonly key: string; readonly timeoutAt: EpochMs | null; readonly buffered?: boolean }
  | { readonly kind: 'task'; readonly taskId: TaskId; readonly actions: readonly string[]; readonly dueAt: EpochMs | null }
  | { readonly kind: 'call'; readonly run: RunId }
  | { readonly kind: 'lock'; readonly key: string; readonly limit: number; readonly timeoutAt: EpochMs | null }
  | { readonly kind: 'milestone'; readonly step: NodeId }

/** What a for-each asks for, worked out from its config. */
export interface EachPlan {
  readonly items: readonly Json[]
  readonly concurrency: number
  /** Ask again after each item: the list may have grown, or enough may be done. */
  readonly reviewed: boolean
  /** An item's failure becomes its result; otherwise it is the failure of the step. */
  readonly collect: boolean
  /** Enough is done: leave by `stopped` with what there is. */
  readonly stop: boolean
  /** Items at work when it stops go on to their ends, which count for nothing; otherwise they are cancelled. */
  readonly finish: boolean
}

/** Not before an instant, then only while fewer than `limit` others hold the lock. */
export interface StartGate {
  readonly until: EpochMs | null
  readonly lock: StartLock | null
}

interface Timed {
  readonly at: EpochMs
}

/** Why a step did what it did: rule row, grant, prompt version, person. Free-form, readable, no secret. */
export type Why = { readonly [key: string]: Json }

/** What is asked of a run. Every command carries its time; repeating one is rejected with a reason. */
export type Command = Timed &
  (
    | {
        readonly kind: 'run.start'
        readonly run: RunId
        readonly trigger: NodeId
        readonly event: FlowEvent | null
        /** What leaves the trigger's port `out`. */
        readonly data: Json
        readonly parent: { readonly run: RunId; readonly token: TokenId } | null
        readonly by?: Starter
        /** Of the run that calls it. */
        readonly authors?: readonly UserId[]
        /** What the run waits for before its first step. A run that somebody waits for does not: it would hold its caller up. */
        readonly gate?: StartGate
        /** How many runs called one another to start this one. */
        readonly depth?: number
        /** Goes with the run that called it, before its own flow's turn. */
        readonly rank?: -1 | 0
      }
    /** A start that waits for its share of a rate waits longer: `by`, of a higher rank, has taken its moment. */
    | { readonly kind: 'start.put-off'; readonly until: EpochMs; readonly by: RunId }
    | {
        readonly kind: 'node.complete'
        readonly token: TokenId
        readonly attempt: number
        readonly port: Port
        readonly data: Json
        readonly why: Why | null
        /** It did nothing (a gate refused its act): there is nothing to undo. */
        readonly acted?: false
      }
    | { readonly kind: 'node.fail'; readonly token: TokenId; readonly attempt: number; readonly error: NodeError }
    | {
        readonly kind: 'node.wait'
        readonly token: TokenId
        readonly attempt: number
        readonly wait: WaitRequest
        readonly why: Why | null
      }
    /** What a for-each works through: asked when it starts, and again after an item when it is `reviewed`. */
    | { readonly kind: 'each.plan'; readonly token: TokenId; readonly attempt: number; readonly plan: EachPlan }
    | { readonly kind: 'run.stop'; readonly token: TokenId; readonly attempt: number; readonly output: Json }
    | { readonly kind: 'run.fail'; readonly token: TokenId; readonly attempt: number; readonly error: NodeError }
    | { readonly kind: 'timer.fire'; readonly timerId: TimerId }
    | {
        readonly kind: 'signal.deliver'
        readonly token: TokenId
        readonly event: FlowEvent
        /** The person who sent it. */
        readonly authors?: readonly UserId[]
      }
    | {
        readonly kind: 'task.answer'
        readonly taskId: TaskId
        readonly action: string
        readonly data: Json
        readonly by: UserId
        /** More of the reason: who else signed, for whom a deputy answered. */
        readonly why?: Why
        /** Those who filled in what goes on with the line. */
        readonly authors?: readonly UserId[]
      }
    /** Something a person or the clock did with a task that leaves it open: passed on, returned, reminded. Only recorded. */
    | { readonly kind: 'task.note'; readonly taskId: TaskId; readonly act: string; readonly by: UserId | null; readonly why: Why | null }
    | {
        readonly kind: 'call.return'
        readonly token: TokenId
        readonly run: RunId
        readonly status: 'succeeded' | 'failed' | 'cancelled'
        readonly output: Json
        /** What it failed with, or why it was cancelled. */
        readonly error?: { readonly code: string; readonly message: string; readonly text?: Words }
        readonly reason?: string
        /** Of the called run: their words may be in its output. */
        readonly authors?: readonly UserId[]
        /** It was ended because a person withdrew consent; whether the caller is about that same person. */
        readonly withdrawn?: { readonly samePerson: boolean }
      }
    /** The lock this token queued for is its own now. */
    | { readonly kind: 'lock.grant'; readonly token: TokenId }
    /** It can never have the lock: those in front of it wait for what it holds. */
    | { readonly kind: 'lock.refuse'; readonly token: TokenId; readonly error: NodeError }
    /** With `compensate`, what its steps did is undone first. */
    | { readonly kind: 'run.cancel'; readonly reason: string; readonly by: UserId | null; readonly compensate?: boolean }
    /** Puts incident tokens back to work. */
    | { readonly kind: 'run.retry'; readonly by: UserId | null }
    /** An operator states what a stuck step gave, instead of running it. */
    | {
        readonly kind: 'node.skip'
        readonly token: TokenId
        readonly attempt: number
        readonly port: Port
        readonly data: Json
        readonly reason: string
        readonly by: UserId | null
      }
    /** A new run that takes another one up again from a node; `begin` says where and with what. */
    | {
        readonly kind: 'run.fork'
        readonly run: RunId
        readonly of: RunId
        readonly begin: ForkPoint
        readonly kept: { readonly [node: NodeId]: KeptOutcome }
        readonly by?: Starter
        /** Of that run, with whoever started it. */
        readonly authors?: readonly UserId[]
      }
    /** Put with the compiled flow of the version the run is to go on with. */
    | { readonly kind: 'run.move'; readonly reason: string; readonly by: UserId | null }
  )

export type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>
