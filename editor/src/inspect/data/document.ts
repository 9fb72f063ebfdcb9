import type { Scope } from '@sluice/engine/expression'
import type { Json, JsonObject } from '@sluice/flows'

/** The sample as one document, as an expression sees it. Written here so that fields do not load the evaluator, which lives in a worker. */
export function documentOf({ event, input, nodes, vars, run, now }: Scope): JsonObject {
  return { event: event as unknown as Json, input, nodes, vars, run, now: new Date(now).toISOString() }
}
