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
export function listenersFor({ byType }: TriggerIndex, type: string): Iterable<Listener> {
  const exact = byType.get(type) ?? []
  const wider = patternsFor(type).flatMap((pattern) => byType.get(pattern) ?? [])
  return wider.length === 0 ? exact : new Set([...exact, ...wider])
}
