import type { AnyNode, PackDefinition } from '@sluice/sdk'
import { aiPack } from './ai/index.ts'
import { approvalsPack } from './approvals/index.ts'
import { channelsPack } from './channels/index.ts'
import { consentPack } from './consent/index.ts'
import { corePack } from './core/index.ts'
import { crmPack } from './crm/index.ts'
import { demoPack } from './demo/index.ts'
import { maskingPack } from './masking/index.ts'
import { notifyPack } from './notify/index.ts'

export { dataWords } from './crm/index.ts'

/** Every pack of this build, in the order of the palette. Safe in browser and server. */
export const packs: readonly PackDefinition[] = [
  corePack,
  consentPack,
  maskingPack,
  notifyPack,
  approvalsPack,
  aiPack,
  crmPack,
  channelsPack,
  demoPack,
]

/** Every node type by its id. */
export const nodeTypes: ReadonlyMap<string, AnyNode> = new Map(
  packs.flatMap((pack) => pack.nodes.map((node) => [node.type, node] as const)),
)
