import type { EpochMs, NodeId } from '../core/ids.ts'
import type { FlowEvent } from '../core/run.ts'
import { engineLimits } from './limits.ts'
import type { EnginePorts } from './ports.ts'
import { PreparedFlow } from './prepared-flow.ts'
import { problem } from './problem.ts'

export interface TriggerMatch {
  readonly prepared: PreparedFlow
  readonly trigger: NodeId
  readonly subject: string | null
}

interface Listener {
  readonly prepared: PreparedFlow
  readonly trigger: NodeId
}

/** Flow versions ready to run, and which of the active ones listen to what. Rebuilt from the store whenever that may have changed. */
export class FlowRegistry {
  readonly #ports: EnginePorts
  readonly #versions = new Map<string, PreparedFlow>()
  #active: { readonly byKey: ReadonlyMap<string, PreparedFlow>; readonly byType: ReadonlyMap<string, readonly Listener[]> } | null = null

  constructor(ports: EnginePorts) {
    this.#ports = ports
  }

  /** One version. The least recently used are forgotten first. */
  get(key: string, version: number): PreparedFlow {
    const name = `${key}@${version}`
    const known = this.#versions.get(name)
    if (known !== undefined) {
      if (this.#versions.size > engineLimits.flowsCachedMax / 2) {
        this.#versions.delete(name)
        this.#versions.set(name, known)
      }
      return known
    }
    const flow = this.#ports.store.flows.get(key, version)
    if (flow === null) throw problem('SLU_FLOW_UNKNOWN', 404, `No version ${version} of flow ${key}`)
    return this.#remember(name, new PreparedFlow(flow, this.#ports.nodes))
  }

  /** The version that new runs start on. */
  active(key: string): PreparedFlow {
    const prepared = this.#index().byKey.get(key)
    if (prepared === undefined) throw problem('SLU_FLOW_UNKNOWN', 404, `No active flow ${key}; publish or activate a version first`)
    return prepared
  }

  /** Triggers of active flows that this event fits. */
  match(event: FlowEvent, _now: EpochMs): readonly TriggerMatch[] {
    const matches: TriggerMatch[] = []
    for (const { prepared, trigger } of this.#index().byType.get(event.type) ?? []) {
      const { runtime, compiled } = prepared.node(trigger)
      if (runtime?.trigger?.matches(event, compiled.config) !== true) continue
      const { subject } = runtime.trigger
      matches.push({ prepared, trigger, subject: subject === undefined ? event.subject : subject(event) })
    }
    return matches
  }

  /** What is active changed, or may have been rolled back. */
  invalidate(): void {
    this.#active = null
    this.#versions.clear()
  }

  #index() {
    this.#active ??= this.#build()
    return this.#active
  }

  #build() {
    const byKey = new Map<string, PreparedFlow>()
    const byType = new Map<string, Listener[]>()
    for (const flow of this.#ports.store.flows.active()) {
      const prepared = this.#remember(`${flow.key}@${flow.version}`, new PreparedFlow(flow, this.#ports.nodes))
      byKey.set(flow.key, prepared)
      for (const trigger of flow.triggers) {
        const { runtime, compiled } = prepared.node(trigger)
        for (const type of runtime?.trigger?.eventTypes(compiled.config) ?? []) {
          const listeners = byType.get(type)
          if (listeners === undefined) byType.set(type, [{ prepared, trigger }])
          else listeners.push({ prepared, trigger })
        }
      }
    }
    return { byKey, byType }
  }

  #remember(name: string, prepared: PreparedFlow): PreparedFlow {
    this.#versions.set(name, prepared)
    for (const oldest of this.#versions.keys()) {
      if (this.#versions.size <= engineLimits.flowsCachedMax) break
      this.#versions.delete(oldest)
    }
    return prepared
  }
}
