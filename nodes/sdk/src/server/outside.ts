/** The half of a pack that acts on the world. Every way out asks for the permit of the order: without one nothing leaves. */
import type { EffectKind, EffectPermit, NobodyPermit, NodeOutcome, PersonPermit, RecordsReader } from '@sluice/engine/worker'
import type { JsonObject } from '@sluice/flows'
import type { RunCode } from './code.ts'

/** One order to act, and the leave to do it. */
export interface OutsideAct<Permit extends EffectPermit = EffectPermit> {
  readonly id: string
  readonly run: string | null
  readonly node: string | null
  readonly attempt: number
  readonly request: JsonObject
  /** Same for every attempt: run + token + node. Send it as `Idempotency-Key`. */
  readonly idempotencyKey: string
  /** New at every attempt; ends with the result of this order. */
  readonly permit: Permit
}

/** A model sees a person's data by a permit for prompts only; what touches nobody may ask it too. */
export type ModelPermit = PersonPermit<'ai_prompt'> | NobodyPermit

/**
 * What an outside act may use, on the door's thread. Each way out compares the permit with the order, the ledger and the fence at
 * that very moment, and refuses with a code when they do not agree.
 */
export interface OutsideHost {
  readonly records: RecordsReader
  /** Guarded: default-deny hosts, private ranges blocked, capped body and time. */
  fetch(
    permit: EffectPermit,
    url: string,
    init: {
      readonly method: string
      readonly headers?: { readonly [name: string]: string }
      readonly body?: string
      readonly timeoutMs?: number
    },
  ): Promise<{ readonly status: number; readonly headers: { readonly [name: string]: string }; readonly text: string }>
  /** Value of a named secret; never logged, never shown again. */
  secret(permit: EffectPermit, name: string): string | null
  /** Where the connected model answers; null: none is connected. */
  model(permit: ModelPermit): { readonly url: string; readonly key: string; readonly name: string } | null
  /** Runs code that a user wrote, in a place of its own from which nothing can be reached: no way out, so no permit. */
  readonly runCode: RunCode
  readonly signal: { readonly aborted: boolean }
  now(): number
}

type Act<Permit extends EffectPermit> = (order: OutsideAct<Permit>, host: OutsideHost) => Promise<NodeOutcome>

type PersonHandler = {
  readonly [Kind in EffectKind]: { readonly touches: 'person'; readonly effectKind: Kind; readonly act: Act<PersonPermit<Kind>> }
}[EffectKind]

type EitherHandler = {
  readonly [Kind in EffectKind]: {
    readonly touches: 'either'
    readonly effectKind: Kind
    readonly act: Act<PersonPermit<Kind> | NobodyPermit>
  }
}[EffectKind]

/**
 * An outside act and whom it touches. An order that says otherwise is refused before the handler runs: one that declared to touch
 * nobody reaches no handler of people's data, and a permit for a message asks no model.
 * @example `outside: { 'notify.customer': { touches: 'person', effectKind: 'message', act: sendMessage } }`
 */
export type OutsideHandler = PersonHandler | EitherHandler | { readonly touches: 'nobody'; readonly act: Act<NobodyPermit> }

/** The act behind a handler when this permit is of the kind it works on; null: the order must not reach it. */
export function actUnder(handler: OutsideHandler, permit: EffectPermit): Act<EffectPermit> | null {
  const fits =
    permit.touches === 'nobody'
      ? handler.touches !== 'person'
      : handler.touches !== 'nobody' && handler.effectKind === permit.use.effectKind
  // The comparison above is what the type of each handler asks for; the compiler cannot follow it through the union.
  return fits ? (handler.act as Act<EffectPermit>) : null
}
