import { checkSchema, type FlowDefinition, type Json, type JsonObject, type Schema, say } from '@sluice/flows'
import { Type } from 'typebox'
import { type VersionRow, versions } from '../../commands/tables.ts'
import type { Door } from '../../door.ts'
import { refuse } from '../errors/refusal.ts'
import type { Language } from '../language.ts'
import { httpLimits } from '../limits.ts'
import type { ServerRoute } from '../route.ts'
import { waitForRun } from '../wait-for-run.ts'
import { findDraft } from './flows.ts'
import { runDetail } from './run-view.ts'

const Start = Type.Object(
  {
    input: Type.Optional(Type.Unknown()),
    trigger: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    wait: Type.Optional(Type.Integer({ minimum: 0, maximum: httpLimits.waitMsMax })),
  },
  { additionalProperties: false },
)

/** Starting a flow by hand. */
export function flowRunRoutes(door: Door): readonly ServerRoute[] {
  const { records, runs } = door.engine.reader
  return [
    {
      method: 'POST',
      url: '/api/v1/flows/:key/runs',
      summary: 'Starts the active version; with wait (ms) also tells how the run stands then: 200 when it ended in time, else 202',
      tag: 'flows',
      body: Start,
      bodyOptional: true,
      async handle({ params: { key = '' }, body, caller, language }, host) {
        const { input = null, trigger, wait = 0 } = (body ?? {}) as { input?: Json; trigger?: string; wait?: number }
        const [active] = records.list(versions, { where: { key, active: true }, limit: 1 })
        if (active === undefined) {
          findDraft(door, key)
          throw refuse('SLU_FLOW_NOT_ACTIVE')
        }
        assertInput(active, trigger, input, language)
        const payload = { flow: key, input, ...(trigger === undefined ? {} : { trigger }) }
        const { run } = await host.command<{ run: string }>('runs.start', payload, caller)
        const location = { location: `/api/v1/runs/${run}` }
        if (wait === 0) return { status: 202, body: { run }, headers: location }
        const ended = await waitForRun(door, run, wait)
        const view = ended ?? runs.find(run)
        const detail = view === null ? {} : runDetail(runs, view, door.sight(caller))
        return { status: ended === null ? 202 : 200, body: { run, ...detail }, headers: location }
      },
    },
  ]
}

/** The manual trigger says in JSON Schema what it asks for. */
function assertInput({ file }: VersionRow, trigger: string | undefined, input: Json, language: Language): void {
  const { nodes } = JSON.parse(file) as FlowDefinition
  const node = nodes.find(({ id, type }) => (trigger === undefined ? type === 'core.manual' : id === trigger))
  const schema = node?.type === 'core.manual' ? node.config?.input : undefined
  if (typeof schema !== 'object' || schema === null) return
  const problems = checkSchema(schema as unknown as Schema, input as JsonObject)
  if (problems.length === 0) return
  const details = problems.map(({ path, message }) => ({ path: `/input${path}`, message: say(message, language) }))
  throw refuse('SLU_RUN_INPUT_INVALID', { details })
}
