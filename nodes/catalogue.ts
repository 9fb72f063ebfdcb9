import type { AnyNode, PackDefinition } from '@sluice/sdk'
import { corePack } from './core/index.ts'

/** Every pack of this build, in the order of the palette. Safe in browser and server. */
export const packs: readonly PackDefinition[] = [corePack]

/** Every node type by its id. */
export const nodeTypes: ReadonlyMap<string, AnyNode> = new Map(
  packs.flatMap((pack) => pack.nodes.map((node) => [node.type, node] as const)),
)
