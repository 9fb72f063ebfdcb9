import type { Json, JsonObject } from '@sluice/flows'
import type { EpochMs } from '../core/ids.ts'
import type { FlowEvent } from '../core/run.ts'
import { type CompiledExpression, compileExpression, type ExpressionError, scopeOfEvent } from '../expression/index.ts'

/** A trigger's own condition over the event. It runs for every event that arrives, so only total expressions are allowed. */
export type Filter =
  | { readonly kind: 'none' }
  | { readonly kind: 'expression'; readonly expression: CompiledExpression }
  /** Broken or not total: the compiler refuses such flows; should one be stored anyway, it starts nothing. */
  | { readonly kind: 'refused' }

export function filterOf(config: JsonObject): Filter {
  const source = config.filter
  if (typeof source !== 'string' || source.trim() === '') return { kind: 'none' }
  const compiled = compileExpression(source)
  return compiled.ok && compiled.expression.kind === 'total' ? { kind: 'expression', expression: compiled.expression } : { kind: 'refused' }
}

export type Answer = { readonly fits: boolean; readonly error: ExpressionError | null }

const yes: Answer = { fits: true, error: null }
const no: Answer = { fits: false, error: null }

/** A filter that fails on this event's data lets nothing through, and says why. */
export function passes(filter: Filter, event: FlowEvent, now: EpochMs): Answer {
  if (filter.kind === 'none') return yes
  if (filter.kind === 'refused') return no
  const result = filter.expression.evaluate(scopeOfEvent(event, now))
  if (!result.ok) return { fits: false, error: result.error }
  return isTrue(result.value) ? yes : no
}

/** What counts as true in a condition: the same as JSONata's `$boolean`. */
function isTrue(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(isTrue)
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== ''
}
