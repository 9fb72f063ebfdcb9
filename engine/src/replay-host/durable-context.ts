import type { Json } from '@sluice/flows'
import type { EpochMs, RunId, UserId } from '../core/ids.ts'
import type { FlowEvent } from '../core/run.ts'

/**
 * What an existing distributed durable engine offers one run (Restate's context, Temporal's workflow, …). Everything asked of it is
 * recorded under its name; after a crash the run's function is called again from its beginning and gets what is recorded.
 */
export interface DurableContext {
  /** Does `work` at least once and records what it gave exactly once. */
  step<Result extends Json>(name: string, work: () => Promise<Result>): Durable<Result>
  /** Comes true at an instant, also when the process was away then. */
  timer(name: string, dueAt: EpochMs): Durable<null>
  /** The run's n-th `Message`, counted from 0. */
  message(number: number): Durable<Json>
  /**
   * Which of these came first, with the time it came at. The choice is recorded, so a replay takes the same turn. While nothing
   * has come the process may forget the run: its state is the record.
   */
  first(open: ReadonlyMap<string, Durable<Json>>): Promise<Arrival>
}

/** Something that will be known. */
export interface Durable<Result extends Json> {
  result(): Promise<Result>
}

export interface Arrival {
  readonly name: string
  /** Time enters a run only with what came. */
  readonly at: EpochMs
  readonly value: Json
}

/** What others tell a run. JSON, because it travels. */
export type Message =
  /** `authors`: the people among us whose words come in with it. */
  | { readonly kind: 'event'; readonly token: string; readonly event: FlowEvent; readonly authors?: readonly UserId[] }
  | {
      readonly kind: 'answer'
      readonly task: string
      readonly action: string
      readonly data: Json
      readonly by: string
      readonly authors?: readonly UserId[]
    }
  | {
      readonly kind: 'returned'
      readonly token: string
      readonly run: RunId
      readonly status: 'succeeded' | 'failed' | 'cancelled'
      readonly output: Json
      readonly authors?: readonly UserId[]
    }
  | { readonly kind: 'cancel'; readonly reason: string; readonly by: string | null }
  | { readonly kind: 'retry'; readonly by: string | null }
