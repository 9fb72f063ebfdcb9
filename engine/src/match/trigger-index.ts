import type { JsonObject } from '@sluice/flows'
import type { CompiledFlow } from '../core/compiled.ts'
import type { NodeId } from '../core/ids.ts'
import type { FlowEvent } from '../core/run.ts'
import { type Filter, filterOf } from './filter.ts'

/** The part of a node type that this index needs; `NodeRuntime` of the worker has it. */
export interface TriggerRuntime {
  readonly trigger?: {
    eventTypes(config: JsonObject): readonly string[]
    matches(event: FlowEvent, config: JsonObject): boolean
    subject?(event: FlowEvent): string | null
  }
}

export interface Listener {
  readonly flow: CompiledFlow
  readonly trigger: NodeId
  readonly config: JsonObject
  readonly runtime: NonNullable<TriggerRuntime['trigger']>
  readonly filter: Filter
}

/** Which triggers of the active flows listen to which event types. Built when that changes, read for every event. */
export interface TriggerIndex {
  readonly byType: ReadonlyMap<string, readonly Listener[]>
  /** What was found for a type of event, wider patterns included. */
  readonly found: Map<string, readonly Listener[]>
}

export function buildTriggerIndex(flows: Iterable<CompiledFlow>, runtimes: ReadonlyMap<string, TriggerRuntime>): TriggerIndex {
  const byType = new Map<string, Listener[]>()
  for (const flow of flows) {
    for (const trigger of flow.triggers) {
      const listener = listenerOf(flow, trigger, runtimes)
      if (listener === null) continue
      for (const type of typesOf(listener)) {
        const listeners = byType.get(type)
        if (listeners === undefined) byType.set(type, [listener])
        else listeners.push(listener)
      }
    }
  }
  return { byType, found: new Map() }
}

/** Null when the trigger's pack is not loaded: the flow stays, its trigger is deaf. */
function listenerOf(flow: CompiledFlow, trigger: NodeId, runtimes: ReadonlyMap<string, TriggerRuntime>): Listener | null {
  const node = Object.hasOwn(flow.nodes, trigger) ? flow.nodes[trigger] : undefined
  const runtime = node === undefined ? undefined : runtimes.get(node.type)?.trigger
  return node === undefined || runtime === undefined ? null : { flow, trigger, config: node.config, runtime, filter: filterOf(node.config) }
}

/** A pack whose trigger throws on its config listens to nothing, and the other flows are not disturbed. */
function typesOf({ runtime, config }: Listener): ReadonlySet<string> {
  try {
    return new Set(runtime.eventTypes(config))
  } catch {
    return new Set()
  }
}
