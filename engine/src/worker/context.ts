import type { Json, JsonObject } from '@sluice/flows'
import type { EachPlan, NodeError, WaitRequest, Why } from '../core/command.ts'
import type { EpochMs, NodeId, Port, RunId, TaskId, TokenId, UserId } from '../core/ids.ts'
import type { FlowEvent, RunStatus } from '../core/run.ts'
import type { Records } from './records.ts'

/** Who asks. Written into the audit log. */
export interface Actor {
  readonly kind: 'user' | 'token' | 'flow' | 'system' | 'customer'
  readonly id: string
  /** Of a token: the person who made it, who is the author of what it does. */
  readonly behind?: UserId
}

/** What an effect does with a person's data (domain/CONSENT.md §2.13). */
export type EffectKind = 'message' | 'crm_write' | 'export' | 'share' | 'score' | 'decision' | 'ai_prompt' | 'ad_audience' | 'call_task'

/** Personal data, a third party or money that an effect touches: what the consent fence checks. */
export interface Use {
  /** Customer id. */
  readonly subject: string
  readonly purpose: string
  readonly scene: string
  readonly session: string | null
  readonly effectKind: EffectKind
  /** `message` effects name their channel, so that a withdrawn data category can stop one channel only. */
  readonly channel?: string
  /** A third party that gets the data, by the name under which it is reached; absent when it is the person, or nobody outside. */
  readonly recipient?: string
  /** Further scenes of the same purpose whose grants this act rests on, when it is about all that a customer allows. */
  readonly alsoScenes?: readonly string[]
}

/** What running a node gives. */
export type NodeOutcome =
  | { readonly kind: 'output'; readonly port: Port; readonly data: Json; readonly why?: Why }
  | { readonly kind: 'failure'; readonly error: NodeError }
  | { readonly kind: 'wait'; readonly wait: WaitRequest; readonly why?: Why }
  /** Only for-each steps: what their region works through. */
  | { readonly kind: 'each'; readonly plan: EachPlan }
  | { readonly kind: 'stop'; readonly output: Json }
  | { readonly kind: 'fail-run'; readonly error: NodeError }
  /** Only nodes with an outside effect: hand `request` to the pack's outside handler once the gates agree. */
  | {
      readonly kind: 'act'
      readonly request: JsonObject
      readonly use: Use | null
      /** Port to leave by when a gate refuses; absent: the step fails with the gate's code. */
      readonly refusedPort?: Port
      /** Not before this instant: a message for tomorrow. The gates are asked then, not now. */
      readonly notBefore?: EpochMs
      /**
       * Pack command that gets `{ request, outcome }` in the transaction that takes the result, before the step goes on; an outcome
       * it returns replaces the result. A refusal arrives as a failure with the gate's code, and what is returned then counts for nothing.
       */
      readonly onResult?: string
    }

export interface EventInput {
  readonly id?: string
  readonly source: string
  readonly type: string
  readonly subject?: string | null
  readonly time?: string
  readonly data: Json
}

export interface StartedRun {
  readonly flow: string
  readonly run: RunId
}

export interface RunSummary {
  readonly id: RunId
  readonly flow: string
  readonly version: number
  readonly status: RunStatus
  readonly subject: string | null
}

/** An outside effect that belongs to no step: an alert's webhook, a channel call of the withdrawal clock. */
export interface PackEffect {
  /** Key of the pack's `outside` handlers. */
  readonly handler: string
  readonly request: JsonObject
  readonly use: Use | null
  /** Pack command that gets `{ request, outcome }` when it is done or given up. */
  readonly onResult?: string
  readonly idempotencyKey: string
  readonly notBefore?: EpochMs
}

/**
 * What a named command may do. It runs in the engine's write transaction: synchronous, short, all or nothing.
 * Throw `problem(code, …)` to refuse; everything it wrote vanishes.
 */
export interface WriteContext {
  readonly records: Records
  readonly now: EpochMs
  readonly actor: Actor
  newId(): string
  /** Uniform in [0, 1), from the host's port, so that simulations repeat. */
  random(): number
  /** Appends an event in this transaction; flows that listen start in it too. The same source and id again gives the first answer. */
  emit(event: EventInput): { readonly event: string; readonly runs: readonly StartedRun[]; readonly repeated: boolean }
  /** Tamper-evident log entry. No clear personal data: pass ids in `refs`, the rest is stored as a commitment. */
  audit(kind: string, refs: { readonly [name: string]: string }, payload?: Json): void
  /** Durable timer that calls a pack command `command` with `payload`; the same key replaces. */
  schedule(timer: { readonly key: string; readonly command: string; readonly dueAt: EpochMs; readonly payload: Json }): void
  unschedule(key: string): void
  /** Another named command, in this same transaction. */
  command<Result = unknown>(name: string, payload: unknown): Result
  effect(effect: PackEffect): void
  /** Withdraws queued effects of a subject that match; gives how many never left and which had already begun. */
  cancelEffects(match: { readonly subject: string; readonly covers: (use: Use) => boolean; readonly reason: string }): {
    readonly cancelled: number
    readonly begun: readonly { readonly id: string; readonly run: RunId | null; readonly use: Use; readonly begunAt: EpochMs }[]
  }
  /** Makes every not yet started outside act for this subject ask again. Call before changing grants. */
  raiseFence(subject: string): void
  runs: {
    /** Live runs whose subject is this customer. */
    ofSubject(subject: string): readonly (RunSummary & {
      readonly uses: readonly { readonly purpose: string; readonly scene: string }[]
      readonly timers: number
      readonly tasks: number
    })[]
    /** `about`: the person the run is about. Absent: the event’s subject. */
    start(flow: string, trigger: NodeId | null, data: Json, event: FlowEvent | null, about?: string | null): RunId
    /** With `compensate` its completed steps are undone first: it ends when they are. */
    cancel(run: RunId, reason: string, options?: { readonly compensate: boolean }): boolean
    retry(run: RunId): void
    /** `authors`: those who filled in what goes on with the line. */
    answerTask(run: RunId, task: TaskId, action: string, data: Json, by: UserId, why?: Why, authors?: readonly UserId[]): void
    /** Writes into the run's journal what happened to an open task. False when the task no longer waits. */
    noteTask(run: RunId, task: TaskId, act: string, by: UserId | null, why: Why | null): boolean
    /** Completes a waiting or acting step from outside, for instance an acknowledgement. */
    completeStep(run: RunId, token: TokenId, port: Port, data: Json, why?: Why): boolean
    /**
     * Ended runs about these people, and of these flows those about nobody, vanish with their journals and events when this request
     * commits; runs it ends itself are among them. The audit log keeps what it says about them.
     */
    forget(which: { readonly subjects: readonly string[]; readonly flows: readonly string[] }): void
    /** Node types a flow's active version contains. */
    nodeTypes(flow: string): readonly string[]
  }
  /** Tells open screens that something of this topic changed, after the commit. */
  notify(topic: string, data: JsonObject): void
}

/** A step that runs inside the write transaction. */
export interface StepContext<Config = Record<string, unknown>> extends WriteContext {
  readonly run: {
    readonly id: RunId
    readonly flow: string
    readonly version: number
    readonly subject: string | null
    /** Who started the run: a person by hand, a token, or null when an event of the system did. */
    readonly startedBy?: Actor | null
    /** People besides whose words may be in its data: by a form, a stated output, an event, in this run or one it was called by, called or takes up again. */
    readonly authors?: readonly UserId[]
  }
  readonly node: NodeId
  readonly token: TokenId
  readonly attempt: number
  /** Config with every expression already evaluated. */
  readonly config: Config
  readonly input: Json
  readonly event: FlowEvent | null
}

/** A pure step sees no records: the same in production, replay, browser and simulation. */
export interface PureContext<Config = Record<string, unknown>> {
  readonly config: Config
  readonly input: Json
  readonly event: FlowEvent | null
  readonly now: EpochMs
}
