import type { JsonObject, Problem, Text } from '@sluice/flows'
import type { Behaviour, Effect } from '../core/compiled.ts'

export interface PortFacts {
  readonly name: string
  readonly label: Text
  /** JSON Schema of what leaves here; absent: anything. */
  readonly schema?: object
}

export type DeclaredOrigin = 'system' | 'person' | 'model' | 'outside'

/** What a step does with data: the pure transfer function of its type (ARCHITECTURE.md §5), read before anything runs. */
export interface LabelFacts {
  /** Stored things it reads or writes: what one step stores, another step of the flow may read. */
  readonly reads?: readonly string[]
  readonly writes?: readonly string[]
  readonly money?: boolean
  /** Fields a money step may not invent. Absent: `receipt` and `amount`. */
  readonly guards?: readonly string[]
  readonly declassifies?: boolean
  /** Names of the fields it hides in what came in; `text`: all that is personal in its own text. */
  readonly masks?: (config: JsonObject) => readonly string[] | 'text'
  readonly origin?: DeclaredOrigin | ((config: JsonObject) => DeclaredOrigin)
  /** Purpose and scene this step asks consent for; null when it asks for none. */
  readonly use?: (config: JsonObject) => { readonly purpose: string; readonly scene: string } | null
  /**
   * What leaves: `input` as it came, one field as `config.<field>`, what is made of one as `mix.<field>`, a mix of the `config`, or
   * something `new`. Absent: a mix of all.
   * Ports named `expired` and `timeout` hand on what came in.
   */
  readonly gives?: string | ((port: string) => string)
  /** Fields whose value decides by which port the step leaves, or which row it takes. */
  readonly decides?: readonly string[]
  /** Who gets what the fields in `sends` hold. */
  readonly reaches?: 'customer' | 'third-party' | 'model'
  readonly sends?: readonly string[]
  /** It splits the line by a question about consent: by `port` goes on what may be used so. */
  readonly gate?: {
    readonly port: string
    readonly use: (config: JsonObject) => { readonly purpose: string; readonly scene: string } | null
  }
  /** It reads and sends only what the grants allow at that moment, whatever comes in. */
  readonly gated?: boolean
  /** How long it may stay before it goes on; null: nobody knows. */
  readonly takes?: (config: JsonObject) => { readonly for: 'time' | 'person'; readonly ms: number | null } | null
  /** What a withdrawal has to bring about in time. */
  readonly protects?: string
  /** A trigger that starts a clock: all that follows has to be done within these milliseconds. */
  readonly deadline?: (config: JsonObject) => number | null
  /** The flow it calls with `input`. */
  readonly calls?: (config: JsonObject) => string | null
  /** It goes on, with what the called flow gives back, only when that has ended. Absent: it does. */
  readonly waits?: (config: JsonObject) => boolean
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
  /** JSON Schema of what leaves by a port, where the settings say it. */
  readonly output?: (config: JsonObject, port: string) => object | undefined
  readonly effect: Effect
  readonly effectOf?: (config: JsonObject) => Effect
  readonly behaviour?: Behaviour
  readonly labels?: LabelFacts
  readonly check?: (config: JsonObject) => readonly Problem[]
  readonly trigger?: { eventTypes(config: JsonObject): readonly string[] }
}

export type NodeTypes = ReadonlyMap<string, NodeTypeFacts>
