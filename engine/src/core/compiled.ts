import type { Json, Retry } from '@sluice/flows'
import type { NodeId, Port } from './ids.ts'

/**
 * How the core treats a node. Everything that is no control construct is an `action`. A `region` is a group of the flow file
 * that does something: it stands among the nodes under the group's id, because wires lead to and from it.
 */
export type Behaviour = 'trigger' | 'action' | 'join' | 'race' | 'each' | 'region' | 'unlock' | 'milestone'

export type Effect = 'none' | 'internal' | 'idempotent' | 'unsafe'

export interface CompiledEdge {
  /** Index in the flow file's `edges`; the canvas lights this wire up. */
  readonly edge: number
  readonly node: NodeId
  readonly port: Port
  /** It leads back into a loop, to one of the steps where its rounds are counted. */
  readonly back?: true
}

export interface CompiledJoin {
  readonly mode: 'all' | 'first' | 'n'
  readonly n: number
  readonly cancelRest: boolean
  /** Null: waits as long as something can still come. */
  readonly timeoutMs: number | null
  /** The node whose fork this join closes; null when none dominates it, then each arrival passes. */
  readonly fork: NodeId | null
}

export interface CompiledRegion {
  /** Every step inside, those of regions within it too. */
  readonly nodes: readonly NodeId[]
  /** A line that leaves cancels what still runs inside. */
  readonly cancel: boolean
  readonly timeoutMs: number | null
  /** The for-each that runs the region once per item. */
  readonly each: NodeId | null
  /** When it ends as a whole, what its steps did is undone before the line goes on. */
  readonly undo?: true
}

export interface CompiledNode {
  readonly id: NodeId
  readonly type: string
  readonly behaviour: Behaviour
  readonly effect: Effect
  /** Raw config of the flow file; the host resolves its expressions when the node runs. */
  readonly config: { readonly [key: string]: Json }
  /** Wires by output port. A port without wires ends the line. */
  readonly out: Readonly<Record<Port, readonly CompiledEdge[]>>
  readonly join: CompiledJoin | null
  readonly retry: Required<Retry> | null
  readonly timeoutMs: number | null
  /** Joins that a token standing here can still reach. */
  readonly reachesJoins: readonly NodeId[]
  /** How often a line may come back here in a run, or in an item of a for-each; absent where no loop is counted. */
  readonly loopLimit?: number
  /** Groups only. */
  readonly region?: CompiledRegion
  /** For-each only: the step of its region where each item begins. */
  readonly entry?: NodeId
}

/** A flow ready to run: plain data, named by the hash of its content. */
export interface CompiledFlow {
  readonly key: string
  readonly version: number
  /** `sha256:…` over the canonical flow file. */
  readonly digest: string
  readonly nodes: Readonly<Record<NodeId, CompiledNode>>
  readonly triggers: readonly NodeId[]
  readonly onError: 'incident' | 'fail'
  readonly timeoutMs: number | null
  readonly settings: {
    readonly dedupe: string | null
    /** Absent: normal. A flow that a withdrawal starts goes before all others. */
    readonly priority?: 'withdrawal' | 'high' | 'low'
    readonly concurrency?: { readonly key: string | null; readonly limit: number; readonly whenFull: 'queue' | 'drop' | 'replace' }
    readonly rate?: { readonly key: string | null; readonly limit: number; readonly perMs: number; readonly whenFull: 'queue' | 'drop' }
    readonly debounce?: { readonly key: string | null; readonly ms: number }
  }
}
