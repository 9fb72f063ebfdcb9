import type { EngineReply, EngineRequest, FeedItem } from '@sluice/engine/worker'
import type { EngineClientStats, Watched } from './hosts/sqlite/index.ts'
import type { EngineReader } from './hosts/sqlite/reader/index.ts'

/**
 * All the door knows of the engine: ask it, read beside it, hear what it committed. The SQLite host's `openEngine()` gives one.
 * Nothing in http/, ingest/, auth/ or stream/ reaches deeper.
 */
export interface EnginePort {
  /** Answered after the commit that holds the request. */
  execute(request: EngineRequest): Promise<EngineReply>
  /** The door's own read-only view. */
  readonly reader: EngineReader
  /**
   * Everything committed since, in order; gives the way to stop listening. What runs did is copied from thread to thread, which costs each run a
   * quarter more: who listens all the time and wants to hear of topics alone says `'topics'`. It may be told more while others listen.
   */
  onFeed(listener: (items: readonly FeedItem[]) => void, wanted?: Watched): () => void
  /** Figures of the engine's thread, at most a second old. */
  stats(): EngineClientStats
}
