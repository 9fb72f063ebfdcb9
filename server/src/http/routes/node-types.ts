import type { JsonObject } from '@sluice/flows'
import { portsOf } from '@sluice/sdk'
import type { Door } from '../../door.ts'
import type { ServerRoute } from '../route.ts'

/** Every node type this server can run, with its config schema: for editors and agents that do not bundle the packs. */
export function nodeTypeRoutes({ packs }: Pick<Door, 'packs'>): readonly ServerRoute[] {
  const items = packs.flatMap((pack) =>
    pack.nodes.map((node) => ({
      type: node.type,
      version: node.version,
      pack: pack.id,
      label: node.label,
      summary: node.summary,
      keywords: node.keywords ?? [],
      category: node.category,
      silhouette: node.silhouette,
      icon: node.icon,
      picture: node.picture ?? null,
      effect: node.effect,
      behaviour: node.behaviour ?? 'action',
      config: node.config as unknown as JsonObject,
      input: node.input === false ? null : (node.input ?? {}),
      ports: portsOf(node, {}).map(({ name, label, schema }) => ({ name, label, schema: schema ?? {} })),
      portsDependOnConfig: typeof node.ports === 'function',
      sample: node.trigger?.sample ?? null,
    })),
  )
  const events = packs.flatMap((pack) => (pack.events ?? []).map((event) => ({ pack: pack.id, ...event })))
  return [
    {
      method: 'GET',
      url: '/api/v1/node-types',
      summary: 'Every node type with its ports and config schema, and the events the packs emit',
      tag: 'flows',
      pagedBy: 'type',
      handle: () => ({ body: { items, events } }),
    },
  ]
}
