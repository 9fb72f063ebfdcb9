import type { Json, JsonObject } from '@sluice/flows'
import type { CompiledFlow, Effect } from '../core/compiled.ts'
import type { JournalEntry } from '../core/entry.ts'
import type { EventExtensions } from '../core/extensions.ts'
import type { EpochMs, NodeId, RunId, TimerId, TokenId, UserId } from '../core/ids.ts'
import type { FlowEvent, RunState, RunStatus } from '../core/run.ts'
import type { Words } from '../core/words.ts'
import type { Actor, NodeOutcome, PureContext, RunSummary, StartedRun, StepContext, Use, WriteContext } from './context.ts'
import type { EffectPermit, PermitEnd, PersonPermit } from './permit.ts'
import type { Rank } from './rank.ts'
import type { Records, RecordsReader } from './records.ts'

/** One journal row: an accepted outside command and all that followed from it in the same commit. */
export interface JournalRow {
  readonly run: RunId
  /** Sequence number of the first entry; entries count on from it, starting at 1. */
  readonly seq: number
  readonly at: EpochMs
  readonly entries: readonly JournalEntry[]
}

/** Columns the host indexes a run by, beside its state. */
export interface RunIndex {
  readonly subject: string | null
  readonly uses: readonly { readonly purpose: string; readonly scene: string }[]
  readonly eventId: string | null
}

export interface TimerRow {
  /** Run id, or empty for a pack timer. */
  readonly run: RunId | ''
  readonly id: TimerId
  readonly dueAt: EpochMs
  /** Pack timers only. */
  readonly command: string | null
  readonly payload: Json
  /** Absent: normal. */
  readonly rank?: Rank
}

export type OutboxState = 'queued' | 'begun' | 'done' | 'cancelled'

/** An outside act, ordered in the transaction of the entry that caused it. */
export interface OutboxRow {
  readonly id: string
  readonly run: RunId | null
  readonly token: TokenId | null
  readonly node: NodeId | null
  readonly attempt: number
  /** Node type, or the pack handler's name. `$evaluate` is an expression for the worker pool. */
  readonly handler: string
  readonly request: JsonObject
  readonly use: Use | null
  readonly refusedPort: string | null
  readonly idempotencyKey: string
  readonly onResult: string | null
  readonly state: OutboxState
  readonly notBefore: EpochMs
  readonly begunAt: EpochMs | null
  /** Absent: normal. */
  readonly rank?: Rank
}

/** A row about to be acted on, with its permit and the fence slot's value at that permit; the door compares before acting. */
export type BegunRow = OutboxRow & { readonly fence: number; readonly permit: EffectPermit }

export interface Forgotten {
  readonly subjects: readonly string[]
  readonly flows: readonly string[]
}

export interface InboxRow {
  readonly source: string
  readonly id: string
  /** Our own id of the stored event (ULID). */
  readonly event: string
  readonly runs: readonly StartedRun[]
  /** The people among us whose words it may carry; absent when there is none. */
  readonly authors?: readonly UserId[]
}

/** An event found again, and whose words it may carry. */
export interface ArrivedEvent {
  readonly event: FlowEvent
  readonly authors?: readonly UserId[]
}

/**
 * What a host keeps. All calls are synchronous and run inside `transaction`.
 * Implementations: SQLite (server/hosts/sqlite) and memory (engine/testing); `storeConformance` proves both alike.
 */
export interface Store {
  /** One write transaction. A throw rolls everything back. */
  transaction<Result>(work: () => Result): Result
  /** Part of the transaction that can be rolled back alone by a throw. */
  savepoint<Result>(work: () => Result): Result
  /** Part of the transaction without an undo of its own, which is cheaper: after a throw the whole transaction has to be rolled back. */
  part<Result>(work: () => Result): Result
  readonly records: Records
  readonly runs: {
    load(id: RunId): { readonly state: RunState; readonly index: RunIndex } | null
    /** Ended runs keep their summary; the full state is folded from the journal on demand. `isNew`: no row of this run was ever saved. */
    save(state: RunState, index: RunIndex, isNew?: boolean): void
    liveOfSubject(subject: string): readonly (RunSummary & { readonly index: RunIndex })[]
    /**
     * Ended runs about these people, and of these flows those about nobody, vanish whole: summary, journal, closed outside acts,
     * and the events that started nothing else or told of these people. What lives stays. Gives how many runs went.
     */
    forget(which: Forgotten): number
  }
  readonly journal: {
    append(row: JournalRow): void
    read(run: RunId): readonly JournalRow[]
  }
  readonly timers: {
    set(timer: TimerRow): void
    clear(run: RunId | '', id: TimerId): void
    /** Due timers: first those of a rank before normal, but so that `fair` places are left; then the earliest. */
    due(now: EpochMs, limit: number, fair: number): readonly TimerRow[]
    nextDueAt(): EpochMs | null
  }
  readonly waits: {
    open(run: RunId, token: TokenId, type: string, key: string): void
    close(run: RunId, token: TokenId): void
    /** Waits of this type with exactly this key, by run and token. */
    matching(type: string, key: string, limit: number): readonly { readonly run: RunId; readonly token: TokenId }[]
    /** The first key, in the store's order, of those that waits of this type have at or after `from`. */
    keyFrom(type: string, from: string): string | null
  }
  readonly outbox: {
    insert(row: OutboxRow): void
    find(id: string): OutboxRow | null
    findByToken(run: RunId, token: TokenId): OutboxRow | null
    update(id: string, patch: { readonly state: OutboxState; readonly begunAt?: EpochMs; readonly notBefore?: EpochMs }): void
    /** `queued` rows that may start at `now`: by rank and then the oldest first, but the `fair` oldest of all ranks in any case. */
    ready(now: EpochMs, limit: number, fair: number): readonly OutboxRow[]
    /** `begun` rows: after a crash they are dispatched again with the same key. */
    begun(): readonly OutboxRow[]
    openOfSubject(subject: string): readonly OutboxRow[]
  }
  readonly inbox: {
    find(source: string, id: string): InboxRow | null
    insert(row: InboxRow, event: FlowEvent, receivedAt: EpochMs): void
    /** Events of this type that were taken at `since` or later, in the order of their intake. */
    arrived(query: {
      readonly type: string
      readonly since: EpochMs
      readonly limit: number
      readonly offset: number
    }): readonly ArrivedEvent[]
  }
  readonly flows: {
    active(): readonly CompiledFlow[]
    get(key: string, version: number): CompiledFlow | null
    put(flow: CompiledFlow): void
    activate(key: string, version: number | null): void
    /** Every version of a flow that is not active and has no run, living or ended, vanishes. False: something still needs them. */
    forget(key: string): boolean
  }
  readonly audit: {
    append(entry: {
      readonly at: EpochMs
      readonly actor: Actor
      readonly kind: string
      readonly refs: { readonly [name: string]: string }
      readonly payload: Json
    }): void
  }
}

/** How the loop runs one node type. `sdk` makes these from `defineNode` and the pack's server side. */
export interface NodeRuntime {
  readonly type: string
  readonly effect: Effect
  /** Where the effect depends on the config: an HTTP GET may be repeated, a POST may not. Wins over `effect`. */
  readonly effectOf?: (config: JsonObject) => Effect
  /** A pure node whose `step` runs instead with this config, because it has to read something stored. */
  readonly needsStore?: (config: JsonObject) => boolean
  /** Effect `none`. */
  readonly pure?: (context: PureContext) => NodeOutcome
  /** Effect `internal`, or the preparing half of an outside effect (gives `act`). */
  readonly step?: (context: StepContext) => NodeOutcome
  /** JSON Schema of the config; says which strings are expressions, templates or deferred. */
  readonly config: JsonObject
  /** What the step will use people's data for, from its unresolved config; runs are indexed by it. */
  readonly use?: (config: JsonObject) => { readonly purpose: string; readonly scene: string } | null
  /** Triggers: CloudEvents types listened to, and whether this event fits. */
  readonly trigger?: {
    eventTypes(config: JsonObject): readonly string[]
    matches(event: FlowEvent, config: JsonObject): boolean
    /** The person the run is about. Without it: `event.subject`. */
    subject?(event: FlowEvent): string | null
  }
}

/** Checked at the last moment before an outside effect may begin, in the transaction that marks it begun. */
export interface Gate {
  readonly name: string
  /** Names the rules it decides by, as they stand now: the same rules, the same text. */
  policy?(records: RecordsReader): string
  check(
    context: WriteContext,
    effect: {
      readonly id: string
      readonly run: RunId | null
      readonly node: NodeId | null
      readonly idempotencyKey: string
      readonly use: Use | null
      readonly handler: string
      /** What the act gets when all gates agree; a gate that keeps a ledger writes it down here. */
      readonly permit: EffectPermit
      /** What became of the permit this order had before: it had none, nothing left under it, or nobody can say. */
      readonly earlier: 'none' | 'unsent' | 'unknown'
      /** One digest over the rules of all gates. Empty for an act that uses nobody's data. */
      readonly policyHash: string
      /** What would leave. */
      readonly request: JsonObject
    },
  ): GateAnswer
  /** The permits of this effect are worth nothing any more, and how the act under them ended. */
  closed?(context: WriteContext, effect: { readonly id: string; readonly use: Use | null }, end: PermitEnd): void
  /** Read by the door right before something leaves: does the ledger still hold exactly this permit open? */
  holds?(records: RecordsReader, permit: PersonPermit): boolean
}
export type GateAnswer =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: string; readonly reason: string; readonly why: JsonObject }

export type CommandHandler = (context: WriteContext, payload: never) => unknown

export interface EngineClock {
  now(): EpochMs
}

/** What the loop hands to the world after a commit. */
export interface Dispatch {
  /** Start outside acts. */
  effects(rows: readonly BegunRow[]): void
  /** Journal feed for streams. */
  feed(items: readonly FeedItem[]): void
}

export type FeedItem =
  | {
      readonly kind: 'run'
      readonly run: RunId
      readonly flow: string
      readonly version: number
      readonly status: RunStatus
      readonly seq: number
      readonly entries: readonly JournalEntry[]
    }
  | { readonly kind: 'topic'; readonly topic: string; readonly data: JsonObject }

export interface EnginePorts {
  readonly store: Store
  readonly clock: EngineClock
  readonly newId: () => string
  readonly random: () => number
  readonly nodes: ReadonlyMap<string, NodeRuntime>
  readonly commands: ReadonlyMap<string, CommandHandler>
  /** Event type → pack commands that get the `ReceivedEvent` in the transaction of its intake, before flows start. */
  readonly consumers?: ReadonlyMap<string, readonly string[]>
  /** In order. */
  readonly gates: readonly Gate[]
  readonly dispatch: Dispatch
  /** Shared counters per subject hash; the door reads them without asking. */
  readonly fence: { bump(subject: string): void; read(subject: string): number }
}

/** What the door asks of the engine. Each is answered after the commit that holds it. */
export type EngineRequest =
  | { readonly kind: 'event'; readonly event: EventEnvelope; readonly actor: Actor }
  | { readonly kind: 'command'; readonly name: string; readonly payload: unknown; readonly actor: Actor }
  | { readonly kind: 'effect.result'; readonly id: string; readonly outcome: NodeOutcome }
  /** The door saw the fence move before it acted: check again, dispatch again if still allowed. */
  | { readonly kind: 'effect.recheck'; readonly id: string }
  /** Too many acts for one host wait at the door already: this one, which has not left, gives its place to others and comes again later. */
  | { readonly kind: 'effect.put-back'; readonly id: string; readonly delayMs: number }

/** An event as a pack's consumer gets it. */
export interface ReceivedEvent extends FlowEvent {
  /** When it reached us, before it waited for its turn: where clocks of promises start. */
  readonly receivedAt: EpochMs
}

export interface EventEnvelope {
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string | null
  readonly time: string
  readonly data: Json
  readonly extensions?: EventExtensions
  /** When the door took it in; absent: now. */
  readonly receivedAt?: EpochMs
}

export type EngineReply =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false
      readonly code: string
      readonly message: string
      readonly status: number
      readonly details: readonly { readonly path: string; readonly message: string }[]
      /** The message in both languages, where it was given in both. */
      readonly text?: Words
    }
