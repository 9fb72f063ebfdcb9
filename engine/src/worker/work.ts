import type { Command } from '../core/command.ts'
import type { NodeId, RunId, TimerId, TokenId } from '../core/ids.ts'
import type { Actor } from './context.ts'
import { engineLimits } from './limits.ts'
import type { LiveRun } from './live-run.ts'
import type { BegunRow, FeedItem, Forgotten, TimerRow } from './ports.ts'
import { problem } from './problem.ts'
import type { Shared } from './shared.ts'

/** What follows from a request inside the same transaction, in the order in which it was asked for. */
export type FollowUp = { readonly depth: number } & (
  | { readonly kind: 'ask'; readonly run: RunId; readonly command: Command }
  | { readonly kind: 'node'; readonly run: RunId; readonly token: TokenId; readonly node: NodeId; readonly attempt: number }
  /** `behind`: how deep a run would stand that this sets off. */
  | { readonly kind: 'command'; readonly name: string; readonly payload: unknown; readonly behind: number }
)

/**
 * One request at work: what it holds in memory beside the store's transaction. It vanishes when the request is refused; what a
 * step did inside it vanishes when the step throws, by the undo log.
 */
export class Work {
  readonly shared: Shared
  readonly actor: Actor
  readonly now: number
  readonly runs = new Map<RunId, LiveRun>()
  readonly begun = new Map<string, BegunRow>()
  /** Rows an earlier request of this batch began and this one took back before they left. */
  readonly unsent = new Set<string>()
  readonly topics: FeedItem[] = []
  readonly timers = new Map<string, { readonly run: RunId | ''; readonly id: TimerId; readonly row: TimerRow | null }>()
  readonly followUps: FollowUp[] = []
  /** Whose ended runs vanish when this request is done. */
  readonly forgotten: Forgotten[] = []
  /** The run whose step is on the stack; what is asked of it waits until the step is recorded. */
  executing: RunId | null = null
  /** When no step is on the stack: how deep a run would stand that is set off now. */
  behind = 0
  depth = 0
  commandDepth = 0
  steps = 0
  started = 0
  inFlightChange = 0
  flowsChanged = false
  #undo: (() => void)[] | null = null

  constructor(shared: Shared, actor: Actor, now: number) {
    this.shared = shared
    this.actor = actor
    this.now = now
  }

  get store(): Shared['ports']['store'] {
    return this.shared.ports.store
  }

  /** Part of the request that may fail alone: a throw takes back what it wrote and what it left in memory. */
  savepoint<Result>(work: () => Result): Result {
    const outer = this.#undo
    const undo: (() => void)[] = []
    this.#undo = undo
    try {
      return this.store.savepoint(work)
    } catch (error) {
      for (let step = undo.pop(); step !== undefined; step = undo.pop()) step()
      throw error
    } finally {
      this.#undo = outer
      if (outer !== null) outer.push(...undo)
    }
  }

  /** Remembers how to take a change of memory back; costs nothing outside a savepoint. */
  get undoable(): boolean {
    return this.#undo !== null
  }

  undo(step: () => void): void {
    this.#undo?.push(step)
  }

  set<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
    if (this.undoable) restoreLater(this, map, key)
    map.set(key, value)
  }

  remove<Key, Value>(map: Map<Key, Value>, key: Key): void {
    if (this.undoable) restoreLater(this, map, key)
    map.delete(key)
  }

  push<Item>(list: Item[], item: Item): void {
    if (this.undoable) {
      const { length } = list
      this.undo(() => {
        list.length = length
      })
    }
    list.push(item)
  }

  follow(next: FollowUp): void {
    this.push(this.followUps, next)
  }

  /** The depth of what is about to follow, when that still is within bounds. */
  deeper(runs: number): number {
    if (this.depth >= engineLimits.cascadeDepthMax)
      throw problem('SLU_CASCADE_LIMIT', 409, {
        en: `runs started one another ${this.depth} deep (limit ${engineLimits.cascadeDepthMax}); break the ring of flows`,
        'zh-CN': `运行相互触发已达 ${this.depth} 层（上限 ${engineLimits.cascadeDepthMax}），请打破流程之间的循环`,
      })
    if (this.started + runs > engineLimits.cascadeRunsMax) {
      const seen = this.started + runs
      throw problem('SLU_CASCADE_LIMIT', 409, {
        en: `one request would start ${seen} runs (limit ${engineLimits.cascadeRunsMax}); narrow the triggers`,
        'zh-CN': `一次请求会启动 ${seen} 个运行（上限 ${engineLimits.cascadeRunsMax}），请收窄触发条件`,
      })
    }
    if (this.undoable) {
      const before = this.started
      this.undo(() => {
        this.started = before
      })
    }
    this.started += runs
    return this.depth + 1
  }

  setTimer(row: TimerRow): void {
    this.set(this.timers, `${row.run} ${row.id}`, { run: row.run, id: row.id, row })
  }

  /** A run's timer that was armed in this same request never reaches the store. */
  clearTimer(run: RunId | '', id: TimerId): void {
    const key = `${run} ${id}`
    if (run !== '' && this.timers.get(key)?.row != null) this.remove(this.timers, key)
    else this.set(this.timers, key, { run, id, row: null })
  }

  countInFlight(change: number): void {
    if (this.undoable) this.undo(() => this.countInFlight(-change))
    this.inFlightChange += change
  }
}

function restoreLater<Key, Value>(work: Work, map: Map<Key, Value>, key: Key): void {
  const had = map.has(key)
  const before = map.get(key)
  work.undo(() => {
    if (had) map.set(key, before as Value)
    else map.delete(key)
  })
}
