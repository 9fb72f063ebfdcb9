import type { CompiledFlow } from '../core/compiled.ts'
import type { EpochMs, NodeId } from '../core/ids.ts'
import type { FlowEvent } from '../core/run.ts'
import type { ExpressionError } from '../expression/index.ts'
import { passes } from './filter.ts'
import type { Listener, TriggerIndex } from './trigger-index.ts'
import { patternsFor } from './type-pattern.ts'

export interface EventMatch {
  readonly flow: CompiledFlow
  readonly trigger: NodeId
  /** The person the run is about. */
  readonly subject: string | null
}

/** A trigger that could not decide about this event. It does not start; an operator should know. */
export interface MatchFailure {
  readonly flow: CompiledFlow
  readonly trigger: NodeId
  readonly error: ExpressionError | null
}

export interface Matched {
  readonly starts: readonly EventMatch[]
  readonly failures: readonly MatchFailure[]
}

/** Which triggers start for an event, in the order of the flows. Never throws, whatever the event holds. */
export function matchEvent(index: TriggerIndex, event: FlowEvent, now: EpochMs): Matched {
  const starts: EventMatch[] = []
  const failures: MatchFailure[] = []
  for (const listener of listenersFor(index, event.type)) {
    const { flow, trigger } = listener
    try {
      if (!listener.runtime.matches(event, listener.config)) continue
      const { fits, error } = passes(listener.filter, event, now)
      if (error !== null) failures.push({ flow, trigger, error })
      else if (fits) starts.push({ flow, trigger, subject: subjectOf(listener, event) })
    } catch {
      failures.push({ flow, trigger, error: null })
    }
  }
  return { starts, failures }
}

function subjectOf({ runtime }: Listener, event: FlowEvent): string | null {
  return runtime.subject === undefined ? event.subject : runtime.subject(event)
}

/** A trigger that listens to several fitting types is asked once. */
export function listenersFor({ byType, found }: TriggerIndex, type: string): Iterable<Listener> {
  const known = found.get(type)
  if (known !== undefined) return known
  const exact = byType.get(type) ?? []
  const wider = patternsFor(type).flatMap((pattern) => byType.get(pattern) ?? [])
  const all = wider.length === 0 ? exact : [...new Set([...exact, ...wider])]
  // Types come from outside: whoever makes up new ones for ever must not fill the memory.
  if (found.size >= foundMax) found.clear()
  found.set(type, all)
  return all
}

const foundMax = 1_000
