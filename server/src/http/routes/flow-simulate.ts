import { Readable } from 'node:stream'
import type { CompiledFlow } from '@sluice/engine/core'
import { readFlow } from '@sluice/flows'
import { ownCalendars } from '@sluice/nodes/core/server'
import { calledBy, readSimulation, Simulation, simulationView } from '@sluice/nodes/simulate'
import type { Caller } from '@sluice/sdk/server'
import { Type } from 'typebox'
import type { Door } from '../../door.ts'
import { checkFlow, isBlocked } from '../../flows/check-flow.ts'
import { findFlowOf } from '../../flows/find-flow.ts'
import { detailsOf, sayProblems } from '../../flows/say-problems.ts'
import { type ReplayItem, replayDraft, replayLimits } from '../../simulation/replay-draft.ts'
import type { ReplayOutcome, RunPicture } from '../../simulation/replay-order.ts'
import { refuse } from '../errors/refusal.ts'
import type { Language } from '../language.ts'
import { httpLimits } from '../limits.ts'
import type { ServerRoute } from '../route.ts'
import { findDraft } from './flows.ts'
import { runLens } from './run-lens.ts'

const Replay = Type.Object(
  {
    from: Type.Optional(Type.String({ format: 'date-time' })),
    to: Type.Optional(Type.String({ format: 'date-time' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: replayLimits.eventsMax })),
    /** The flow file to try instead of the saved draft. */
    flow: Type.Optional(Type.Unknown()),
  },
  { additionalProperties: false },
)
const monthMs = 30 * 86_400_000

/** Trying a draft: with events one makes up, and with the real events of a period. No effect leaves, nothing is stored. */
export function flowSimulateRoutes(door: Door): readonly ServerRoute[] {
  const { reader } = door.engine
  return [
    {
      method: 'POST',
      url: '/api/v1/flows/:key/simulate',
      summary: 'Runs the draft with a virtual clock and gives the timeline; no effect leaves',
      tag: 'flows',
      body: Simulation,
      bodyBytesMax: httpLimits.flowFileBytesMax,
      remembersAnswers: false,
      async handle({ params: { key = '' }, body, language }) {
        const asked = body as Simulation
        const flow = draftOf(door, key, asked.flow, language)
        const others = reader.flows
          .active()
          .flatMap((other) => (other.key === key ? [] : (reader.flows.compiled(other.key, other.version) ?? [])))
        const order = readSimulation(asked, flow, calledBy(flow, others), door.now())
        if (typeof order === 'string') throw refuse('SLU_BODY_INVALID', { details: [{ path: order, message: 'P…' }] })
        const answer = await door.simulations.run({ ...order, calendars: ownCalendars(reader.records) })
        if (!('result' in answer)) throw refuse('SLU_SIMULATION_FAILED')
        return { body: simulationView(flow, answer.result) }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/flows/:key/replay',
      summary:
        'Runs the draft over the real events of a period and says what would have been different; one JSON object a line, with progress',
      tag: 'flows',
      body: Replay,
      bodyOptional: true,
      bodyBytesMax: httpLimits.flowFileBytesMax,
      remembersAnswers: false,
      handle({ params: { key = '' }, body, language, caller }) {
        const asked = (body ?? {}) as { from?: string; to?: string; limit?: number; flow?: unknown }
        const flow = draftOf(door, key, asked.flow, language)
        const to = asked.to === undefined ? door.now() : Date.parse(asked.to)
        const from = Math.max(asked.from === undefined ? to - monthMs : Date.parse(asked.from), to - replayLimits.spanMsMax)
        const span = { from, to, limit: asked.limit ?? replayLimits.eventsDefault }
        const items = replayDraft(reader, door.nodeTypes, flow, span, async (draft, events) => {
          const answer = await door.simulations.run({ kind: 'replay', flow: draft, events, calendars: ownCalendars(reader.records) })
          return 'outcomes' in answer ? answer.outcomes : []
        })
        return { body: Readable.from(lines(door, items, caller)), contentType: 'application/x-ndjson; charset=utf-8' }
      },
    },
  ]
}

/** The saved draft or the one in the body, compiled; what blocks publishing blocks this too. */
function draftOf(door: Door, key: string, given: unknown, language: Language): CompiledFlow {
  const text = given === undefined ? findDraft(door, key).file : JSON.stringify(given)
  const read = readFlow(text)
  const checked = read.ok ? checkFlow(read.flow, { nodeTypes: door.nodeTypes, secrets: null, findFlow: findFlowOf(door) }) : null
  const problems = read.ok ? (checked?.problems ?? []) : read.problems
  if (read.ok && read.flow.key !== key) throw refuse('SLU_FLOW_KEY_MISMATCH', { details: [{ path: '/flow/key', message: key }] })
  const compiled = checked?.compiled ?? null
  if (compiled !== null && !isBlocked(problems)) return compiled
  throw refuse('SLU_FLOW_PROBLEMS', { details: detailsOf(problems, language), members: { problems: sayProblems(problems, language) } })
}

async function* lines(door: Door, items: AsyncGenerator<ReplayItem>, caller: Caller): AsyncGenerator<string> {
  try {
    for await (const item of items) {
      const shown = item.kind === 'outcome' ? { ...item, outcome: seen(door, item.outcome, caller) } : item
      yield `${JSON.stringify(shown)}\n`
    }
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown }
    const known = typeof code === 'string' && code.startsWith('SLU_')
    yield `${JSON.stringify({ kind: 'failed', code: known ? code : 'SLU_INTERNAL', message: known ? message : '' })}\n`
  }
}

/** Outputs as this reader may see them; where nobody knows whom an output is about, it is left out. */
function seen(door: Door, outcome: ReplayOutcome, caller: Caller): ReplayOutcome {
  const run = outcome.run === null ? null : door.engine.reader.runs.find(outcome.run)
  const lens =
    run === null ? null : runLens(door.engine.reader.runs, run, door.sight(caller), [outcome.before?.output, outcome.after?.output])
  const masked = (picture: RunPicture | null): RunPicture | null =>
    picture === null ? null : { ...picture, output: lens === null ? null : lens.mask(picture.output) }
  return { ...outcome, before: masked(outcome.before), after: masked(outcome.after) }
}
