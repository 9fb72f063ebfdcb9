import { FlowDefinition, type Problem, readFlow, writeFlow } from '@sluice/flows'
import type { RouteReply } from '@sluice/sdk/server'
import { Type } from 'typebox'
import { systemStart } from '../../auth/caller.ts'
import { flowNames } from '../../commands/flow-name-table.ts'
import { type DraftRow, drafts, tokens, users, versions } from '../../commands/tables.ts'
import type { Door } from '../../door.ts'
import { checkFlow } from '../../flows/check-flow.ts'
import { etagOf, readEtag } from '../../flows/etag.ts'
import { findFlowOf } from '../../flows/find-flow.ts'
import { flowStates, searchFlows, todayOf } from '../../flows/list-flows.ts'
import { readFlowBody } from '../../flows/read-body.ts'
import { sayProblems } from '../../flows/say-problems.ts'
import { Refusal, refuse } from '../errors/refusal.ts'
import { httpLimits } from '../limits.ts'
import { instant, limitOf, pageQuery, textCursorOf } from '../page.ts'
import type { ServerRequest, ServerRoute } from '../route.ts'
import { utf8 } from '../utf8.ts'
import { pauseView } from './flow-pause.ts'

const json = 'application/json; charset=utf-8'
const flowFile = {
  rawContentTypes: ['application/json'],
  rawBody: FlowDefinition,
  bodyBytesMax: httpLimits.flowFileBytesMax,
} as const

const FlowsQuery = Type.Object(
  {
    query: Type.Optional(Type.String({ maxLength: 200 })),
    state: Type.Optional(Type.Union(flowStates.map((state) => Type.Literal(state)))),
    /** Id of a folder, or `none`. */
    folder: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** Id of a person, `me`, or `none`. */
    owner: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    ...pageQuery,
  },
  { additionalProperties: false },
)

const none = 'none'
const FlowPlace = Type.Object(
  {
    folder: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 64 }), Type.Null()])),
    owner: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 100 }), Type.Null()])),
  },
  { additionalProperties: false, minProperties: 1 },
)

/** Drafts: what analysts edit. Publishing and versions are in flow-versions.ts. */
export function flowRoutes(door: Door): readonly ServerRoute[] {
  const { records, runs } = door.engine.reader
  const checker = { nodeTypes: door.nodeTypes, secrets: door.config.secrets, findFlow: findFlowOf(door), findsAll: true }

  /** What an edit says it read; of several versions the one that stands, if it is among them. */
  const matched = (headers: ServerRequest['headers'], key: string) => readEtag(headers['if-match'], records.find(drafts, { key })?.etag)

  return [
    {
      method: 'GET',
      url: '/api/v1/flows',
      summary: 'Flows with what is live and how it went since `todayFrom`; by words of the name or key, by state, folder and owner',
      tag: 'flows',
      query: FlowsQuery,
      handle: ({ query, caller }) => ({ body: listFlows(door, query, caller.actor.behind ?? caller.actor.id) }),
    },
    {
      method: 'GET',
      url: '/api/v1/flows/:key',
      summary: 'The draft: exactly the flow file, with its ETag',
      tag: 'flows',
      handle({ params: { key = '' }, headers }) {
        const draft = findDraft(door, key)
        if (readEtag(headers['if-none-match'], draft.etag) === draft.etag) return { status: 304, headers: { etag: quoted(draft) } }
        return { body: draft.file, contentType: json, headers: { etag: quoted(draft) } }
      },
    },
    {
      method: 'PUT',
      url: '/api/v1/flows/:key',
      summary: 'Saves the draft; with If-Match only over the version you read',
      tag: 'flows',
      ...flowFile,
      async handle(request, host) {
        const { params, rawBody, language, headers, caller } = request
        const flow = readFlowBody(rawBody ?? new Uint8Array(), language)
        const key = params.key ?? ''
        if (flow.key !== key) throw refuse('SLU_FLOW_KEY_MISMATCH', { details: [{ path: '/key', message: key }] })
        const file = writeFlow(flow)
        const etag = etagOf(file)
        const problems = checkFlow(flow, checker).problems.filter(({ severity }) => severity === 'error').length
        const save = { key, file, etag, problems, ifMatch: matched(headers, key), onlyNew: headers['if-none-match'] === '*' }
        try {
          const { created } = await host.command<{ created: boolean }>('flow.save', save, caller)
          return { status: created ? 201 : 200, body: file, contentType: json, headers: { etag: `"${etag}"` } }
        } catch (error) {
          throw withBothVersions(error, door, key, { etag, file })
        }
      },
    },
    {
      method: 'DELETE',
      url: '/api/v1/flows/:key',
      summary: 'Removes the draft and starts no more runs; living runs end as they would',
      tag: 'flows',
      async handle({ params: { key = '' }, headers, caller }, host) {
        await host.command('flow.delete', { key, ifMatch: matched(headers, key) }, caller)
        return { status: 204 }
      },
    },
    {
      method: 'PATCH',
      url: '/api/v1/flows/:key',
      summary: 'Where the flow lies in the list and who owns it; the draft stays as it is',
      tag: 'flows',
      body: FlowPlace,
      async handle({ params: { key = '' }, body, caller }, host) {
        findDraft(door, key)
        await host.command('flow.place', { ...(body as object), key }, caller)
        return { body: placeOf(door, key) }
      },
    },
    {
      method: 'GET',
      url: '/api/v1/flows/:key/status',
      summary: 'Active version, whether the draft differs from it, number of versions, living runs',
      tag: 'flows',
      handle({ params: { key = '' } }) {
        const { file, etag, updatedAt, updatedBy } = findDraft(door, key)
        const body = {
          key,
          ...versionsOf(door, key, file),
          etag,
          runs: runs.counts(key),
          ...pauseView(door, key),
          updatedAt: instant(updatedAt),
          updatedBy: nameOf(door, updatedBy),
        }
        return { body }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/flows/:key/validate',
      summary: 'Problems, proofs and wire labels of the draft, or of the flow file in the body; runs nothing',
      tag: 'flows',
      ...flowFile,
      bodyOptional: true,
      remembersAnswers: false,
      handle(request) {
        const { problems, ...rest } = validate(request)
        return { body: { problems: sayProblems(problems, request.language), ...rest } }
      },
    },
  ]

  function validate({ params: { key = '' }, rawBody }: ServerRequest): {
    readonly problems: readonly Problem[]
    readonly proofs: readonly unknown[]
    readonly labels: readonly unknown[]
  } {
    const sent = rawBody === null ? '' : utf8(rawBody)
    // Clients that cannot send an empty body send an empty object: both ask about the draft.
    const text = /^\s*(\{\s*\})?\s*$/.test(sent) ? findDraft(door, key).file : sent
    const read = readFlow(text)
    if (!read.ok) return { problems: read.problems, proofs: [], labels: [] }
    const { problems, proofs, labels } = checkFlow(read.flow, checker)
    return { problems, proofs, labels: labels() }
  }

  /** 412 carries what is stored and what was sent, so that a person can compare. */
  function withBothVersions(error: unknown, of: Door, key: string, sent: { readonly etag: string; readonly file: string }): unknown {
    if ((error as { code?: string }).code !== 'SLU_PRECONDITION_FAILED') return error
    const stored = records.find(drafts, { key })
    const shown = (version: { readonly etag: string; readonly file: string }) => ({
      etag: `"${version.etag}"`,
      flow: JSON.parse(version.file) as unknown,
    })
    const members = {
      versions: { stored: stored === null ? null : { ...shown(stored), updatedBy: nameOf(of, stored.updatedBy) }, sent: shown(sent) },
    }
    return new Refusal('SLU_PRECONDITION_FAILED', { members })
  }
}

export function findDraft(door: Door, key: string): DraftRow {
  const draft = door.engine.reader.records.find(drafts, { key })
  if (draft === null) throw refuse('SLU_FLOW_UNKNOWN')
  return draft
}

function quoted({ etag }: { readonly etag: string }): string {
  return `"${etag}"`
}

/** A person or a token by name; what Sluice did itself, such as loading the demo, bears its own. */
export function nameOf(door: Door, id: string): string {
  const { records } = door.engine.reader
  if (id === systemStart) return 'Sluice'
  return records.find(users, { id })?.name ?? records.find(tokens, { id })?.name ?? id
}

/** `changed`: the draft is not what is live, be it moved steps only; null while nothing is live. */
function versionsOf(
  door: Door,
  key: string,
  file: string,
): { readonly active: number | null; readonly changed: boolean | null; readonly versions: number } {
  const { records } = door.engine.reader
  const [active] = records.list(versions, { where: { key, active: true }, limit: 1 })
  const changed = active === undefined ? null : active.file !== file
  return { active: active?.version ?? null, changed, versions: records.count(versions, { key }) }
}

/** How many runs began in each two hours of the last day. */
const curveMs = 86_400_000
const curveParts = 12

/** The folder by its id; the owner with their name. */
function placeOf(door: Door, key: string) {
  const { folder = null, owner = null } = door.engine.reader.records.find(flowNames, { key }) ?? {}
  return { folder, owner: owner === null ? null : { id: owner, name: nameOf(door, owner) } }
}

function listFlows(door: Door, asked: { readonly [name: string]: string | undefined }, me: string): NonNullable<RouteReply['body']> {
  const { runs } = door.engine.reader
  const { limit = 200 } = limitOf(asked)
  const { cursor } = textCursorOf(asked)
  const { found, next } = searchFlows(door, {
    query: asked.query,
    state: flowStates.find((each) => each === asked.state),
    folder: asked.folder === none ? null : asked.folder,
    owner: asked.owner === none ? null : asked.owner === 'me' ? me : asked.owner,
    limit,
    cursor,
  })
  const now = door.now()
  const today = todayOf(door)
  const items = found.map(({ key, file, problems, updatedAt, updatedBy }) => {
    const { name, description } = JSON.parse(file) as FlowDefinition
    const { started, failed } = runs.since(today, key)
    return {
      key,
      name,
      description: description ?? null,
      ...versionsOf(door, key, file),
      updatedAt: instant(updatedAt),
      updatedBy: nameOf(door, updatedBy),
      ...placeOf(door, key),
      runsToday: started,
      failuresToday: failed,
      lastDay: runs.curve(key, { from: now - curveMs, to: now }, curveParts),
      problems,
      ...pauseView(door, key),
    }
  })
  return { items, next, todayFrom: instant(today) }
}
