import { setImmediate } from 'node:timers/promises'
import type { JournalEntry } from '@sluice/engine/core'
import { Type } from 'typebox'
import type { Door } from '../../door.ts'
import { activitySums, type StepActivity } from '../../flows/step-activity.ts'
import { activityLimits, type LiveRun } from '../../hosts/sqlite/reader/activity.ts'
import { refuse } from '../errors/refusal.ts'
import { instant } from '../page.ts'
import type { ServerRoute } from '../route.ts'
import { findDraft } from './flows.ts'

const dayMs = 86_400_000
/** Runs that are read before others get their turn. */
const sliceRuns = 25
/** Runs whose places are asked for anew in one request. */
const changedMax = 100
/** Runs that are named behind the figures of one step. */
const hereMax = 50

const State = Type.Union([Type.Literal('running'), Type.Literal('waiting'), Type.Literal('incident')])
const Live = Type.Object({
  view: Type.Literal('live'),
  at: Type.String({ format: 'date-time' }),
  /** True: there are more runs than one answer holds. */
  truncated: Type.Boolean(),
  runs: Type.Array(
    Type.Object({
      run: Type.String(),
      seq: Type.Integer(),
      places: Type.Array(Type.Object({ node: Type.String(), state: State, count: Type.Integer() })),
    }),
  ),
})
const Day = Type.Object({
  view: Type.Literal('day'),
  from: Type.String({ format: 'date-time' }),
  at: Type.String({ format: 'date-time' }),
  runs: Type.Integer(),
  truncated: Type.Boolean(),
  steps: Type.Array(
    Type.Object({
      node: Type.String(),
      passed: Type.Integer(),
      failed: Type.Integer(),
      p95Ms: Type.Union([Type.Integer(), Type.Null()]),
    }),
  ),
  /** With `node`: the runs behind its figures, newest first. */
  here: Type.Optional(Type.Array(Type.Object({ run: Type.String(), passed: Type.Integer(), failed: Type.Integer() }))),
})
const Query = Type.Object(
  {
    view: Type.Union([Type.Literal('live'), Type.Literal('day')]),
    /** With `live`: only these, separated by commas. Those that ended are missing in the answer. */
    runs: Type.Optional(Type.String({ minLength: 1, maxLength: 4_000, pattern: '^[\\w-]{1,64}(,[\\w-]{1,64})*$' })),
    /** With `day`: also which runs passed or failed at this step. */
    node: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false },
)

/** What the canvas draws of all runs: where they stand now, or what went through each step in a day. */
export function flowActivityRoutes(door: Door): readonly ServerRoute[] {
  const { activity } = door.engine.reader

  async function live(flow: string, asked: string | undefined) {
    const at = instant(door.now())
    const { ids, more } = asked === undefined ? activity.liveIds(flow) : { ids: changed(asked), more: false }
    const runs: LiveRun[] = []
    let chars = 0
    for (const [index, id] of ids.entries()) {
      if (chars > activityLimits.stateCharsMax) return { view: 'live', at, truncated: true, runs }
      if (index % sliceRuns === sliceRuns - 1) await setImmediate()
      const found = activity.places(flow, id)
      if (found === null) continue
      runs.push(found.live)
      chars += found.chars
    }
    return { view: 'live', at, truncated: more, runs }
  }

  async function day(flow: string, node: string | undefined) {
    const now = door.now()
    const from = now - dayMs
    const { ids, more } = activity.begunIds(flow, from)
    const sums = activitySums()
    let left: number = activityLimits.entriesMax
    let runs = 0
    const here: { readonly run: string; readonly passed: number; readonly failed: number }[] = []
    for (const id of ids) {
      if (left <= 0) break
      if (runs % sliceRuns === sliceRuns - 1) await setImmediate()
      const entries = activity.entries(id, left)
      sums.add(entries)
      const mine = node === undefined || here.length >= hereMax ? undefined : stepOf(entries, node)
      if (mine !== undefined) here.push({ run: id, passed: mine.passed, failed: mine.failed })
      left -= entries.length
      runs += 1
    }
    const truncated = more || left <= 0
    return { view: 'day', from: instant(from), at: instant(now), runs, truncated, steps: sums.steps(), ...(node !== undefined && { here }) }
  }

  return [
    {
      method: 'GET',
      url: '/api/v1/flows/:key/activity',
      summary: 'Where the live runs of a flow stand, or what went through each step of the runs begun in the last 24 hours',
      tag: 'flows',
      query: Query,
      answers: { 200: { description: 'By `view`', schema: Type.Union([Live, Day]) } },
      async handle({ params: { key = '' }, query }) {
        findDraft(door, key)
        return { body: query.view === 'day' ? await day(key, query.node) : await live(key, query.runs) }
      },
    },
  ]
}

function stepOf(entries: readonly JournalEntry[], node: string): StepActivity | undefined {
  const sums = activitySums()
  sums.add(entries)
  return sums.steps().find((step) => step.node === node)
}

function changed(asked: string): readonly string[] {
  const ids = asked.split(',')
  if (ids.length > changedMax) throw refuse('SLU_QUERY_INVALID', { details: [{ path: '/runs', message: `≤ ${changedMax}` }] })
  return ids
}
