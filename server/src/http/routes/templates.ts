import { FlowDefinition, fillTemplate, type JsonObject, lostPlaces, mergeFlows, readFlow, type Side, say, writeFlow } from '@sluice/flows'
import { Type } from 'typebox'
import { type CopyRow, copiesTable } from '../../commands/template-tables.ts'
import type { Door } from '../../door.ts'
import { checkFlow } from '../../flows/check-flow.ts'
import { etagOf } from '../../flows/etag.ts'
import { findFlowOf } from '../../flows/find-flow.ts'
import { baselineLimits, baselineOf } from '../../flows/template-baseline.ts'
import { asCopy, needsOf, type Template, templatesOf } from '../../flows/template-store.ts'
import { refuse } from '../errors/refusal.ts'
import type { Language } from '../language.ts'
import { httpLimits } from '../limits.ts'
import type { ServerRoute } from '../route.ts'
import { findDraft } from './flows.ts'

const closed = { additionalProperties: false } as const
const { name: Name, key: Key, description, parameters } = FlowDefinition.properties
const Publish = Type.Object(
  {
    /** The flow whose draft becomes the template. */
    flow: Key,
    name: Name,
    /** What it proves, in one sentence. */
    description,
    parameters,
    note: Type.Optional(Type.String({ maxLength: 2_000 })),
  },
  closed,
)
const Install = Type.Object({ key: Key, name: Type.Optional(Name), answers: Type.Record(Type.String(), Type.Unknown()) }, closed)
const Upgrade = Type.Object(
  {
    /** Without it, or false: says what would change and does nothing. */
    confirm: Type.Optional(Type.Boolean()),
    /** ETag of the draft that was compared. */
    shown: Type.Optional(Type.String({ maxLength: 100 })),
    choices: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Literal('ours'), Type.Literal('theirs')]))),
  },
  closed,
)

/** Templates: what ships and what this workspace published; copies remember where they came from and can follow. */
export function templateRoutes(door: Door): readonly ServerRoute[] {
  const { records } = door.engine.reader
  const found = (key: string): Template => {
    const template = templatesOf(records).find((each) => each.key === key)
    if (template === undefined) throw refuse('SLU_TEMPLATE_UNKNOWN')
    return template
  }
  const saving = (key: string, file: string, ifMatch: string | null) => {
    const { problems } = checkFlow(JSON.parse(file) as FlowDefinition, {
      nodeTypes: door.nodeTypes,
      secrets: door.config.secrets,
      findFlow: findFlowOf(door),
    })
    return { key, file, etag: etagOf(file), problems: problems.filter(({ severity }) => severity === 'error').length, ifMatch }
  }
  return [
    {
      method: 'GET',
      url: '/api/v1/templates',
      summary: 'Templates with what they ask for and what they need',
      pagedBy: 'key',
      tag: 'templates',
      handle: () => ({ body: { items: templatesOf(records).map((template) => view(door, template)) } }),
    },
    {
      method: 'GET',
      url: '/api/v1/template-baselines',
      summary: `What this workspace measured in the last ${baselineLimits.days} days of what each template would answer`,
      pagedBy: 'key',
      tag: 'templates',
      handle: () => ({
        body: {
          days: baselineLimits.days,
          items: templatesOf(records).map(({ key, flow }) => ({ key, ...baselineOf(door, flow) })),
        },
      }),
    },
    {
      method: 'PUT',
      url: '/api/v1/templates/:key',
      summary: 'Publishes a draft as the next version of a template of this workspace',
      tag: 'templates',
      body: Publish,
      bodyBytesMax: httpLimits.flowFileBytesMax,
      async handle({ params: { key = '' }, body, caller }, host) {
        const asked = body as { flow: string; note?: string } & Pick<FlowDefinition, 'name' | 'description' | 'parameters'>
        const { flow: source, note = '', ...words } = asked
        const read = readFlow(writeFlow({ ...(JSON.parse(findDraft(door, source).file) as FlowDefinition), ...words, key }))
        if (!read.ok) throw refuse('SLU_BODY_INVALID', { details: [{ path: '/parameters', message: '' }] })
        const lost = lostPlaces(read.flow)
        if (lost.length > 0) throw refuse('SLU_TEMPLATE_PLACES', { details: lost.map((path) => ({ path: '/parameters', message: path })) })
        const before = templatesOf(records).find((each) => each.key === key)
        const payload = { key, file: writeFlow(read.flow), note, after: before?.version ?? 0 }
        const { version } = await host.command<{ version: number }>('template.publish', payload, caller)
        return { status: 201, body: { key, version } }
      },
    },
    {
      method: 'DELETE',
      url: '/api/v1/templates/:key',
      summary: 'Retires a template of this workspace: nobody installs it any more, its copies stay as they are',
      tag: 'templates',
      async handle({ params: { key = '' }, caller }, host) {
        if (found(key).source === 'shipped') throw refuse('SLU_TEMPLATE_BUILT_IN')
        await host.command('template.retire', { key }, caller)
        return { status: 204 }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/templates/:key/install',
      summary: 'Makes a draft of a template with these answers',
      tag: 'templates',
      body: Install,
      async handle({ params: { key = '' }, body, caller, language }, host) {
        const asked = body as { key: string; name?: FlowDefinition['name']; answers: JsonObject }
        const template = found(key)
        const { flow, values } = filled(template, asked.answers, language)
        const base = asCopy(flow, asked.key)
        const file = asCopy(flow, asked.key, asked.name)
        const copy: CopyRow = { flow: asked.key, template: key, version: template.version, base, answers: values }
        await host.command('template.install', { save: saving(asked.key, file, null), copy }, caller)
        const headers = { location: `/api/v1/flows/${asked.key}` }
        return { status: 201, body: { flow: asked.key, template: key, version: template.version }, headers }
      },
    },
    {
      method: 'GET',
      url: '/api/v1/flows/:key/template',
      summary: 'Which template a flow is a copy of, and whether there is a newer version',
      tag: 'templates',
      handle({ params: { key = '' } }) {
        findDraft(door, key)
        const copy = records.find(copiesTable, { flow: key })
        if (copy === null) return { body: { template: null } }
        const newest = templatesOf(records).find((each) => each.key === copy.template)
        return { body: { template: copy.template, version: copy.version, newest: newest?.version ?? null, note: newest?.note ?? '' } }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/flows/:key/template/upgrade',
      summary: 'Brings the newest version of its template into a copy; first says what would change, then acts with confirm and shown',
      tag: 'templates',
      body: Upgrade,
      bodyOptional: true,
      async handle({ params: { key = '' }, body, caller, language }, host) {
        const {
          confirm = false,
          shown,
          choices = {},
        } = (body ?? {}) as { confirm?: boolean; shown?: string; choices?: { [path: string]: Side } }
        const draft = findDraft(door, key)
        const copy = records.find(copiesTable, { flow: key })
        if (copy === null) throw refuse('SLU_TEMPLATE_NOT_A_COPY')
        const template = found(copy.template)
        const { flow: theirs, values } = filled(template, answersFor(template, copy.answers), language)
        const ours = JSON.parse(draft.file) as FlowDefinition
        const merged = mergeFlows(JSON.parse(copy.base) as FlowDefinition, theirs, ours, choices)
        const file = writeFlow(merged.flow)
        const about = { template: copy.template, from: copy.version, to: template.version, note: template.note, shown: draft.etag }
        if (!confirm || shown === undefined)
          return { body: { confirm: false, ...about, conflicts: merged.conflicts, open: merged.open, ours, flow: merged.flow } }
        if (merged.open.length > 0)
          throw refuse('SLU_TEMPLATE_CONFLICTS', { details: merged.open.map((path) => ({ path: '/choices', message: path })) })
        const base = asCopy(theirs, key)
        const next: CopyRow = { flow: key, template: copy.template, version: template.version, base, answers: values }
        await host.command('template.upgrade', { save: saving(key, file, shown), copy: next }, caller)
        return { body: { confirm: true, ...about } }
      },
    },
  ]
}

function filled(template: Template, answers: JsonObject, language: Language) {
  const result = fillTemplate(template.flow, answers)
  if (result.ok) return result
  const details = result.problems.map(({ path, message }) => ({ path: `/answers${path}`, message: say(message, language) }))
  throw refuse('SLU_TEMPLATE_ANSWERS', { details })
}

/** Answers of an earlier version to questions that are still asked. */
function answersFor({ flow }: Template, answers: { readonly [name: string]: unknown }): JsonObject {
  const asked = (flow.parameters?.properties ?? {}) as object
  return Object.fromEntries(Object.entries(answers).filter(([name]) => Object.hasOwn(asked, name))) as JsonObject
}

function view({ engine, nodeTypes }: Door, { key, source, version, flow, note }: Template) {
  return {
    key,
    source,
    version,
    note,
    needs: needsOf(flow, nodeTypes),
    copies: engine.reader.records.count(copiesTable, { template: key }),
    flow,
  }
}
