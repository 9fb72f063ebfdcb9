import type { FlowDefinition, JsonObject } from '@sluice/flows'
import { portsOf } from '@sluice/sdk'
import { versions } from '../../commands/tables.ts'
import type { Door } from '../../door.ts'
import type { ServerRoute } from '../route.ts'

/** Live flows that are looked through for what a team builds with, and how long the answer stands. */
const flowsMax = 500
const countedMsMax = 60_000

/** Every node type this server can run, with its config schema: for editors and agents that do not bundle the packs. */
export function nodeTypeRoutes({ packs, engine, now }: Pick<Door, 'packs' | 'engine' | 'now'>): readonly ServerRoute[] {
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
  let counted: { readonly at: number; readonly items: readonly { readonly type: string; readonly flows: number }[] } | null = null
  function count() {
    const flows = new Map<string, number>()
    for (const { file } of engine.reader.records.list(versions, { where: { active: true }, limit: flowsMax })) {
      const { nodes } = JSON.parse(file) as FlowDefinition
      for (const type of new Set(nodes.map((node) => node.type))) flows.set(type, (flows.get(type) ?? 0) + 1)
    }
    return [...flows].map(([type, flows]) => ({ type, flows })).sort((a, b) => b.flows - a.flows || (a.type < b.type ? -1 : 1))
  }
  return [
    {
      method: 'GET',
      url: '/api/v1/node-types/used',
      summary: `In how many live flows each node type stands, the most used first; up to ${flowsMax} flows are looked at`,
      tag: 'flows',
      handle() {
        if (counted === null || now() - counted.at > countedMsMax) counted = { at: now(), items: count() }
        return { body: { items: counted.items, next: null } }
      },
    },
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
