import type { Json, JsonObject } from '@sluice/flows'
import type { NodeError } from '../core/command.ts'
import type { EpochMs } from '../core/ids.ts'
import type { FlowEvent } from '../core/run.ts'
import { type Answers, type CompiledConfig, compileConfig, compileExpression, type Scope, scopeOfEvent } from '../expression/index.ts'

export type ResolvedConfig =
  | { readonly kind: 'ready'; readonly config: JsonObject }
  | { readonly kind: 'failed'; readonly error: NodeError }
  /** Some expressions may take long: the worker pool answers them first. */
  | { readonly kind: 'later'; readonly request: JsonObject }

/** What the worker pool is asked: every expression of one config over one scope. */
export interface EvaluateRequest {
  readonly scope: Scope
  readonly expressions: CompiledConfig['pending']
}

/** A node's config, compiled once. */
export class PreparedConfig {
  readonly #compiled: CompiledConfig
  readonly #match: ReturnType<typeof compileExpression> | null

  constructor(schema: JsonObject, raw: JsonObject) {
    this.#compiled = compileConfig(schema, raw)
    this.#match = typeof raw.match === 'string' ? compileExpression(raw.match) : null
  }

  resolve(scope: Scope): ResolvedConfig {
    if (this.#compiled.total) return this.#resolved(scope, {})
    const request: EvaluateRequest = { scope, expressions: this.#compiled.pending }
    return { kind: 'later', request: request as unknown as JsonObject }
  }

  /** The worker pool answered: the rest is evaluated over the scope it was asked about, so that all of it saw the same moment. */
  resolveWith(request: JsonObject, answers: Json): ResolvedConfig {
    return this.#resolved((request as unknown as EvaluateRequest).scope, answers as unknown as Answers)
  }

  /** What the node's `match` gives for an event, as the key its waits are compared with; without `match`, the event's subject. */
  matchKey(event: FlowEvent, now: EpochMs): string | null {
    if (this.#match === null) return event.subject
    if (!this.#match.ok) return null
    const result = this.#match.expression.evaluate(scopeOfEvent(event, now))
    return result.ok ? keyText(result.value) : null
  }

  #resolved(scope: Scope, answers: Answers): ResolvedConfig {
    const resolved = this.#compiled.resolve(scope, answers)
    if (resolved.ok) return { kind: 'ready', config: resolved.config }
    const { code, message, text, terminal } = resolved.error
    return { kind: 'failed', error: { code, message, text, terminal } }
  }
}

/** A key as text, whatever an expression gave; nothing matches nothing. */
export function keyText(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
