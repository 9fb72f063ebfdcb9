import type { RecordsReader } from '@sluice/engine/worker'
import { type FlowDefinition, type JsonObject, writeFlow } from '@sluice/flows'
import { templates as shipped, templateVersion } from '@sluice/flows/templates'
import { retiredTable, templatesTable } from '../commands/template-tables.ts'

export interface Template {
  readonly key: string
  readonly source: 'shipped' | 'workspace'
  readonly version: number
  readonly flow: FlowDefinition
  readonly note: string
}

/** Versions of templates of this workspace that are looked at. */
const versionsMax = 100_000

/**
 * The newest version of every template: what ships, and what this workspace published, which goes before a shipped one of the same
 * key until it is retired.
 */
export function templatesOf(records: RecordsReader): readonly Template[] {
  const own = new Map<string, Template>()
  for (const row of records.list(templatesTable, { orderBy: [['version', 'asc']], limit: versionsMax })) {
    const { key, version, file, note } = row
    own.set(key, { key, source: 'workspace', version, flow: JSON.parse(file) as FlowDefinition, note })
  }
  for (const { key } of records.list(retiredTable, { limit: versionsMax })) own.delete(key)
  const ours = shipped.map(
    (flow): Template => own.get(flow.key) ?? { key: flow.key, source: 'shipped', version: templateVersion(flow.key), flow, note: '' },
  )
  return [...ours, ...[...own.values()].filter(({ key }) => !shipped.some((flow) => flow.key === key))]
}

type NodeTypes = ReadonlyMap<string, { readonly config?: unknown }>

export interface Need {
  readonly kind: 'model' | 'messages' | 'host' | 'secret' | 'webhook'
  readonly name: string | null
}

/** What a flow reaches outside of Sluice, read off its steps; nothing is run or asked. */
export function needsOf({ nodes }: FlowDefinition, nodeTypes: NodeTypes): readonly Need[] {
  const found = new Map<string, Need>()
  const add = (kind: Need['kind'], name: string | null) => found.set(`${kind} ${name}`, { kind, name })
  for (const { type, config } of nodes) {
    if (type.startsWith('ai.')) add('model', null)
    if (type.startsWith('channels.') || type.startsWith('notify.')) add('messages', null)
    if (type === 'core.webhook') add('webhook', null)
    if (type === 'core.http-request') add('host', hostOf(config))
    for (const secret of secretsOf(config, nodeTypes.get(type)?.config)) add('secret', secret)
  }
  return [...found.values()]
}

function hostOf(config: FlowDefinition['nodes'][number]['config']): string | null {
  const url = (config as JsonObject | undefined)?.url
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).host : null
}

/** Settings whose form chooses a secret hold its name. */
function secretsOf(config: object | undefined, schema: unknown): readonly string[] {
  const { properties = {} } = (schema ?? {}) as { readonly properties?: Readonly<Record<string, { readonly 'x-ui'?: unknown }>> }
  return Object.entries(config ?? {}).flatMap(([name, value]) =>
    properties[name]?.['x-ui'] === 'connection' && typeof value === 'string' ? [value] : [],
  )
}

/** A copy as it is stored and compared. */
export function asCopy(flow: FlowDefinition, key: string, name?: FlowDefinition['name']): string {
  return writeFlow({ ...flow, key, ...(name === undefined ? {} : { name }) })
}
