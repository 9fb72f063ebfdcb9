import type { NodeOutcome, NodeRuntime, PureContext, StepContext } from '@sluice/engine/worker'
import type { JsonObject } from '@sluice/flows'
import type { AnyNode } from './pack.ts'
import { pictureFault } from './picture.ts'
import type { PackServer } from './server/pack-server.ts'

/**
 * Joins a node's browser-safe half with the pack's server half into what the loop runs.
 * Throws when a half is missing or its picture is none: better at the start of the server than at three in the night.
 */
export function toRuntime(node: AnyNode, server: PackServer | null): NodeRuntime {
  const step = server?.steps?.[node.type]
  if (node.behaviour === undefined || node.behaviour === 'action') assertRunnable(node, step !== undefined, server)
  const fault = node.picture === undefined ? null : pictureFault(node.picture)
  if (fault !== null) throw new Error(`${node.type}: ${fault}`)
  return {
    type: node.type,
    effect: node.effect,
    config: node.config as unknown as JsonObject,
    ...(node.effectOf === undefined ? {} : { effectOf: node.effectOf }),
    ...(node.run === undefined ? {} : { pure: node.run as (context: PureContext) => NodeOutcome }),
    ...(node.needsStore === undefined ? {} : { needsStore: node.needsStore }),
    ...(step === undefined ? {} : { step: step as (context: StepContext) => NodeOutcome }),
    ...(node.labels?.use === undefined ? {} : { use: node.labels.use }),
    ...(node.trigger === undefined ? {} : { trigger: node.trigger }),
  }
}

/** Every node of these packs as the loop wants them. */
export function toRuntimes(
  packs: readonly { readonly nodes: readonly AnyNode[]; readonly id: string }[],
  servers: readonly PackServer[],
): Map<string, NodeRuntime> {
  const byId = new Map(servers.map((server) => [server.id, server]))
  return new Map(packs.flatMap((pack) => pack.nodes.map((node) => [node.type, toRuntime(node, byId.get(pack.id) ?? null)] as const)))
}

function assertRunnable(node: AnyNode, hasStep: boolean, server: PackServer | null): void {
  if (node.effect === 'none') {
    if (node.run === undefined) throw new Error(`${node.type}: a node without effect needs run()`)
    return
  }
  if (!hasStep) throw new Error(`${node.type}: effect ${node.effect} needs a step in the pack's server half`)
  if (node.effect !== 'internal' && server?.outside?.[node.type] === undefined) {
    throw new Error(`${node.type}: effect ${node.effect} needs an outside handler in the pack's server half`)
  }
}
