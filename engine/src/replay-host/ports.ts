import type { Json, JsonObject } from '@sluice/flows'
import type { JournalEntry } from '../core/entry.ts'
import type { EpochMs, NodeId, RunId, TaskId, TokenId, UserId } from '../core/ids.ts'
import type { FlowEvent } from '../core/run.ts'
import type { NodeOutcome, StartedRun, Use } from '../worker/context.ts'
import type { PreparedFlow } from '../worker/prepared-flow.ts'
import type { Message } from './durable-context.ts'

/** One attempt of one step that is not pure. */
export interface StepOrder {
  readonly run: RunId
  readonly flow: string
  readonly version: number
  readonly node: NodeId
  readonly token: TokenId
  readonly attempt: number
  readonly type: string
  readonly config: JsonObject
  readonly input: Json
  readonly event: FlowEvent | null
  readonly now: EpochMs
  /** run + token + node: the same for every attempt and every repetition after a crash. */
  readonly key: string
}

/** What a step inside our own database gave, and the runs it started in the same transaction. */
export interface StepResult {
  readonly outcome: NodeOutcome
  readonly started: readonly (StartedRun & { readonly data: Json })[]
}

/** The services around a run. Each call may come again with the same names and must then do nothing twice. */
export interface ReplayPorts {
  flow(key: string, version: number): PreparedFlow
  /** Steps with an internal effect, and the preparing half of outside ones: in the transaction of the service that owns the data. */
  inside(order: StepOrder): Promise<StepResult>
  /** An outside act, behind the gates of the service that owns consent: it takes the permit and acts. */
  outside(
    order: StepOrder & { readonly request: JsonObject; readonly use: Use | null; readonly refusedPort: string | null },
  ): Promise<NodeOutcome>
  /** Expressions that may take long, by slot. */
  evaluate(request: JsonObject): Promise<Json>
  /** From now on events of this type and key come as messages. Gives one that came before, when the step takes such. */
  subscribe(wait: {
    readonly run: RunId
    readonly token: TokenId
    readonly node: NodeId
    readonly type: string
    readonly key: string
    readonly buffered: boolean
  }): Promise<FlowEvent | null>
  unsubscribe(run: RunId, token: TokenId): Promise<void>
  closeTask(task: TaskId, reason: 'answered' | 'expired' | 'cancelled'): Promise<void>
  startRun(
    run: StartedRun & {
      readonly data: Json
      readonly parent: { readonly run: RunId; readonly token: TokenId } | null
      /** How many calls stand above it; goes into its `run.start`. */
      readonly depth: number
      /** Of the run that calls; goes into its `run.start`. */
      readonly authors?: readonly UserId[]
    },
  ): Promise<void>
  send(run: RunId, message: Message): Promise<void>
  /** What happened, for those who read journals. */
  record(row: { readonly run: RunId; readonly seq: number; readonly at: EpochMs; readonly entries: readonly JournalEntry[] }): Promise<void>
}
