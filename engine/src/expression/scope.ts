import type { Json, JsonObject } from '@sluice/flows'
import { written } from '../core/extensions.ts'
import type { EpochMs, NodeId } from '../core/ids.ts'
import type { FlowEvent } from '../core/run.ts'

/** What an expression can see. The host cleans every value where it enters (`cleanJson`). */
export interface Scope {
  readonly event: FlowEvent | null
  /** Data on the wire. */
  readonly input: Json
  /** Last output of each node. */
  readonly nodes: Readonly<Record<NodeId, Json>>
  readonly vars: JsonObject
  readonly run: JsonObject
  /** Only in a region that runs per item: the item, and its place in the list. */
  readonly item?: Json
  readonly index?: number
  /** Recorded with the step, so that a replay sees the same. Expressions read it as ISO 8601 text. */
  readonly now: EpochMs
}

export const scopeNames = ['event', 'input', 'nodes', 'vars', 'run', 'now', 'item', 'index'] as const

/** The scope as one JSON document: the `$` at the start of an expression. Writing the time costs more than most expressions. */
export function documentOf(scope: Scope, withTime = true): JsonObject {
  const { event, input, nodes, vars, run, now } = scope
  const { item, index } = scope
  const seen = event?.extensions === undefined ? event : written(event)
  const common = { event: seen as unknown as Json, input, nodes, vars, run }
  const document = index === undefined ? common : { ...common, item: item ?? null, index }
  return withTime ? { ...document, now: new Date(now).toISOString() } : document
}

/** A scope that holds only an event, as trigger filters and waits see it. */
export function scopeOfEvent(event: FlowEvent, now: EpochMs): Scope {
  return { event, input: event.data, nodes: {}, vars: {}, run: {}, now }
}
