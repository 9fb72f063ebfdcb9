import type { Json, JsonObject, Problem, Text } from '@sluice/flows'
import type { Behaviour, Effect } from '../core/compiled.ts'

export interface PortFacts {
  readonly name: string
  readonly label: Text
  /** JSON Schema of what leaves here. */
  readonly schema?: object
}

/** What the compiler has to know of a node type. Every `defineNode` of the SDK is one. */
export interface NodeTypeFacts {
  readonly type: string
  readonly label: Text
  readonly behaviour?: Behaviour
  readonly effect: Effect
  readonly effectOf?: (config: JsonObject) => Effect
  /** JSON Schema of the config. */
  readonly config: object
  /** JSON Schema of what may come in; `false`: nothing can. */
  readonly input?: object | false
  readonly ports: readonly PortFacts[] | ((config: JsonObject) => readonly PortFacts[])
  readonly labels?: {
    readonly money?: boolean
    readonly origin?: 'person' | 'model' | 'outside'
    readonly use?: (config: JsonObject) => { readonly purpose: string; readonly scene: string } | null
  }
  readonly check?: (config: JsonObject) => readonly Problem[]
}

export type NodeTypes = ReadonlyMap<string, NodeTypeFacts>

/** The step whose receipt opens money sinks. */
export const vetoType = 'approvals.veto'

export function portsOf(facts: NodeTypeFacts, config: JsonObject): readonly PortFacts[] {
  return typeof facts.ports === 'function' ? facts.ports(config) : facts.ports
}

export function behaviourOf(facts: NodeTypeFacts | undefined): Behaviour {
  return facts?.behaviour ?? 'action'
}

export function configOf(node: { readonly config?: { readonly [key: string]: unknown } }): { readonly [key: string]: Json } {
  return (node.config ?? {}) as { readonly [key: string]: Json }
}
