import { type FlowDefinition, type Problem, readFlow } from '@sluice/flows'
import { Type } from 'typebox'
import { newHookSecret } from '../../auth/secret-text.ts'
import type { RunChoice } from '../../commands/flows.ts'
import { type VersionRow, versions } from '../../commands/tables.ts'
import type { Door } from '../../door.ts'
import { checkFlow, isBlocked } from '../../flows/check-flow.ts'
import { findFlowOf } from '../../flows/find-flow.ts'
import { hookNodes } from '../../flows/hook-nodes.ts'
import { detailsOf, sayProblems } from '../../flows/say-problems.ts'
import { type Refusal, refuse } from '../errors/refusal.ts'
import type { Language } from '../language.ts'
import { instant, limitOf, numberCursorOf, pageQuery } from '../page.ts'
import type { ServerRoute } from '../route.ts'
import { findDraft, nameOf } from './flows.ts'
import { Reason } from './run-operations.ts'
import { assertMaySettle, runChoices, settleRuns } from './settle-runs.ts'

const Choice = Type.Union(runChoices.map((choice) => Type.Literal(choice)))
const Publish = Type.Object(
  {
    note: Type.Optional(Type.String({ maxLength: 2_000 })),
    /** What happens to runs on older versions; without it they finish on theirs. */
    runs: Type.Optional(Choice),
  },
  { additionalProperties: false },
)
const Activate = Type.Object({ reason: Type.Optional(Reason), runs: Type.Optional(Choice) }, { additionalProperties: false })
const Empty = Type.Object({}, { additionalProperties: false })

/** Published versions: made once, never changed, one of them active. */
export function flowVersionRoutes(door: Door): readonly ServerRoute[] {
  const { records } = door.engine.reader
  const checker = { nodeTypes: door.nodeTypes, secrets: door.config.secrets, findFlow: findFlowOf(door), findsAll: true }
  const found = (key: string, text: string): VersionRow => {
    const version = /^\d{1,9}$/.test(text) ? records.find(versions, { key, version: Number(text) }) : null
    if (version === null) throw refuse('SLU_FLOW_VERSION_UNKNOWN')
    return version
  }
  return [
    {
      method: 'POST',
      url: '/api/v1/flows/:key/publish',
      summary: 'Publishes the draft as the next version and activates it; 422 while a problem of severity error stands',
      tag: 'flows',
      body: Publish,
      bodyOptional: true,
      async handle({ params: { key = '' }, body, caller, language }, host) {
        const { note = '', runs = null } = (body ?? {}) as { note?: string; runs?: RunChoice }
        assertMaySettle(runs, caller)
        const draft = findDraft(door, key)
        const read = readFlow(draft.file)
        if (!read.ok) throw blocked(read.problems, language)
        const { problems, compiled } = checkFlow(read.flow, checker)
        if (compiled === null || isBlocked(problems)) throw blocked(problems, language)
        const payload = { key, etag: draft.etag, compiled, note, hooks: freshSecrets(door, read.flow), runs }
        const { version, digest } = await host.command<{ version: number; digest: string }>('flow.publish', payload, caller)
        return {
          status: 201,
          body: {
            version,
            digest,
            problems: sayProblems(problems, language),
            runs: await settleRuns(door, host, { key, version, choice: runs, reason: note, caller }),
          },
          headers: { location: `/api/v1/flows/${key}/versions/${version}` },
        }
      },
    },
    {
      method: 'GET',
      url: '/api/v1/flows/:key/versions',
      summary: 'What was published, newest first',
      tag: 'flows',
      query: Type.Object(pageQuery, { additionalProperties: false }),
      handle({ params: { key = '' }, query }) {
        findDraft(door, key)
        const { limit = 100 } = limitOf(query)
        const before = numberCursorOf(query)
        const where = before === undefined ? { key } : { key, version: { lt: before } }
        const rows = records.list(versions, { where, orderBy: [['version', 'desc']], limit: limit + 1 })
        const live = door.engine.reader.runs.countsByVersion(key)
        const items = rows.slice(0, limit).map((row) => ({ ...view(door, row), runs: live.get(row.version) ?? noRuns }))
        return { body: { items, next: rows.length > limit ? String(items.at(-1)?.version ?? '') : null } }
      },
    },
    {
      method: 'GET',
      url: '/api/v1/flows/:key/versions/:version',
      summary: 'The flow file as it was published',
      tag: 'flows',
      handle({ params: { key = '', version = '' } }) {
        const { file, digest } = found(key, version)
        return { body: file, contentType: 'application/json; charset=utf-8', headers: { etag: `"${digest}"` } }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/flows/:key/versions/:version/activate',
      summary: 'New runs start on this version from now on: rolls back or forward',
      tag: 'flows',
      body: Activate,
      bodyOptional: true,
      async handle({ params: { key = '', version = '' }, body, caller }, host) {
        const { reason = '', runs = null } = (body ?? {}) as { reason?: string; runs?: RunChoice }
        assertMaySettle(runs, caller)
        const row = found(key, version)
        await host.command('flow.activate', { key, version: row.version, reason, runs }, caller)
        const settled = await settleRuns(door, host, { key, version: row.version, choice: runs, reason, caller })
        return { body: { ...view(door, found(key, version)), runs: settled } }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/flows/:key/deactivate',
      summary: 'The flow starts no new runs; living runs go on',
      tag: 'flows',
      body: Empty,
      bodyOptional: true,
      async handle({ params: { key = '' }, caller }, host) {
        findDraft(door, key)
        await host.command('flow.activate', { key, version: null }, caller)
        return { status: 204 }
      },
    },
  ]
}

const noRuns = { running: 0, waiting: 0, incident: 0 } as const

function blocked(problems: readonly Problem[], language: Language): Refusal {
  return refuse('SLU_FLOW_PROBLEMS', { details: detailsOf(problems, language), members: { problems: sayProblems(problems, language) } })
}

/** A secret for every webhook trigger; the command gives it to those that have none yet. */
export function freshSecrets(
  { keyring }: Pick<Door, 'keyring'>,
  flow: FlowDefinition,
): readonly { readonly node: string; readonly sealed: string }[] {
  return hookNodes(flow).map(({ id }) => ({ node: id, sealed: keyring.seal(newHookSecret()) }))
}

function view(door: Door, { version, digest, publishedAt, publishedBy, note, active }: VersionRow) {
  return { version, digest, publishedAt: instant(publishedAt), publishedBy: nameOf(door, publishedBy), note, active }
}
