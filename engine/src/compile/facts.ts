import type { JsonObject, Problem, Text } from '@sluice/flows'
import type { Behaviour, Effect } from '../core/compiled.ts'

export interface PortFacts {
  readonly name: string
  readonly label: Text
  /** JSON Schema of what leaves here; absent: anything. */
  readonly schema?: object
}

/**
 * What the compiler has to know of a node type. The sdk's `NodeDefinition` fits this shape; the engine knows no sdk.
 * Functions are the pack's code: they may see half-filled configs and may throw, which becomes a problem, not a crash.
 */
export interface NodeTypeFacts {
  readonly type: string
  readonly label: Text
  /** `decision` nodes are pointless without a wire. */
  readonly silhouette?: string
  /** JSON Schema of the config. */
  readonly config: object
  /** JSON Schema of what comes in; absent: anything; `false`: nothing can come in. */
  readonly input?: object | false
  readonly ports: readonly PortFacts[] | ((config: JsonObject) => readonly PortFacts[])
  readonly effect: Effect
  readonly effectOf?: (config: JsonObject) => Effect
  readonly behaviour?: Behaviour
  readonly labels?: {
    readonly money?: boolean
    readonly origin?: 'person' | 'model' | 'outside'
    readonly use?: (config: JsonObject) => { readonly purpose: string; readonly scene: string } | null
  }
  readonly check?: (config: JsonObject) => readonly Problem[]
  readonly trigger?: { eventTypes(config: JsonObject): readonly string[] }
}

export type NodeTypes = ReadonlyMap<string, NodeTypeFacts>
