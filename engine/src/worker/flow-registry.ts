import type { EpochMs, NodeId } from '../core/ids.ts'
import type { FlowEvent } from '../core/run.ts'
import { buildTriggerIndex, listenersFor, type Matched, matchEvent, type TriggerIndex } from '../match/index.ts'
import { engineLimits } from './limits.ts'
import { type PauseMode, pausesTable } from './operate-tables.ts'
import type { EnginePorts } from './ports.ts'
import { PreparedFlow } from './prepared-flow.ts'
import { problem } from './problem.ts'
import { type Rank, rankOfFlow, ranks } from './rank.ts'

export interface TriggerMatch {
  readonly prepared: PreparedFlow
  readonly trigger: NodeId
  readonly subject: string | null
}

/** What an event starts, and the triggers that could not tell. */
export interface TriggerMatches {
  readonly starts: readonly TriggerMatch[]
  readonly failures: Matched['failures']
}

interface Active {
  readonly byKey: ReadonlyMap<string, PreparedFlow>
  readonly triggers: TriggerIndex
  /** Some flow goes before or after others. */
  readonly ranked: boolean
}

/** Flow versions ready to run, and which of the active ones listen to what. Rebuilt from the store whenever that may have changed. */
export class FlowRegistry {
  readonly #ports: EnginePorts
  readonly #versions = new Map<string, PreparedFlow>()
  #active: Active | null = null
  #paused: ReadonlyMap<string, PauseMode> | null = null

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
    if (flow === null)
      throw problem('SLU_FLOW_UNKNOWN', 404, {
        en: `No version ${version} of flow ${key}`,
        'zh-CN': `流程 ${key} 没有版本 ${version}`,
      })
    return this.#remember(name, new PreparedFlow(flow, this.#ports.nodes))
  }

  /** The version that new runs start on. */
  active(key: string): PreparedFlow {
    const prepared = this.#index().byKey.get(key)
    if (prepared === undefined)
      throw problem('SLU_FLOW_UNKNOWN', 404, {
        en: `No active flow ${key}; publish or activate a version first`,
        'zh-CN': `没有启用的流程 ${key}，请先发布或启用一个版本`,
      })
    return prepared
  }

  /** Triggers of active flows that this event fits. */
  match(event: FlowEvent, now: EpochMs): TriggerMatches {
    const { starts, failures } = matchEvent(this.#index().triggers, event, now)
    if (starts.length === 0) return { starts: [], failures }
    return { starts: starts.map(({ flow, trigger, subject }) => ({ prepared: this.active(flow.key), trigger, subject })), failures }
  }

  anyRanked(): boolean {
    return this.#index().ranked
  }

  rankOfKey(key: string): Rank {
    const prepared = this.#index().byKey.get(key)
    return prepared === undefined ? ranks.normal : rankOfFlow(prepared)
  }

  /** Of the first of the flows that listen to events of this type. */
  rankOfType(type: string): Rank {
    const found = [...listenersFor(this.#index().triggers, type)].map(({ flow }) => this.rankOfKey(flow.key))
    return found.length === 0 ? ranks.normal : found.reduce((first, rank) => (rank < first ? rank : first))
  }

  /** How a flow is paused; null when it runs. */
  pauseOf(key: string): PauseMode | null {
    this.#paused ??= new Map(this.#ports.store.records.list(pausesTable, { limit: 100_000 }).map(({ flow, mode }) => [flow, mode]))
    return this.#paused.size === 0 ? null : (this.#paused.get(key) ?? null)
  }

  /** What is active changed, or may have been rolled back. */
  invalidate(): void {
    this.#active = null
    this.#paused = null
    this.#versions.clear()
  }

  #index(): Active {
    this.#active ??= this.#build()
    return this.#active
  }

  #build(): Active {
    const flows = this.#ports.store.flows.active()
    const prepared = flows.map((flow) => this.#remember(`${flow.key}@${flow.version}`, new PreparedFlow(flow, this.#ports.nodes)))
    const byKey = new Map(prepared.map((one) => [one.flow.key, one]))
    const ranked = prepared.some((one) => rankOfFlow(one) !== ranks.normal)
    return { byKey, triggers: buildTriggerIndex(flows, this.#ports.nodes), ranked }
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
