import type { FlowDefinition, Text } from '@sluice/flows'
import type { ErrorTable } from './errors.ts'
import type { NodeDefinition } from './node.ts'

/** A capability: its nodes and what it needs. Safe in browser and server. */
export interface PackDefinition {
  readonly id: string
  readonly label: Text
  readonly requires: readonly string[]
  // biome-ignore lint/suspicious/noExplicitAny: a list of nodes with different configs has no common Config.
  readonly nodes: readonly NodeDefinition<any>[]
  /** CloudEvents types this pack emits, for completion and samples. */
  readonly events?: readonly { readonly type: string; readonly label: Text; readonly sample: unknown }[]
  readonly templates?: readonly FlowDefinition[]
  /** Codes this pack answers with, worded in both languages. */
  readonly errors?: ErrorTable
}

/** A type listed twice would stand twice in every palette and the second would silently win: throws `TypeError`. */
export function definePack(definition: PackDefinition): PackDefinition {
  const types = definition.nodes.map((node) => node.type)
  const twice = types.find((type, index) => types.indexOf(type) !== index)
  if (twice !== undefined) throw new TypeError(`The pack “${definition.id}” lists the node type ${twice} twice`)
  return definition
}

/** A node whatever its config. */
// biome-ignore lint/suspicious/noExplicitAny: see PackDefinition.nodes.
export type AnyNode = NodeDefinition<any>
