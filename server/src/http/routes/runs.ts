import type { RunStatus } from '@sluice/engine/core'
import { forksTable } from '@sluice/engine/worker'
import { withdrawals } from '@sluice/nodes/consent/server'
import { journalItem } from '@sluice/nodes/simulate'
import { type Caller, problem } from '@sluice/sdk/server'
import { type Static, Type } from 'typebox'
import { versions } from '../../commands/tables.ts'
import type { Door } from '../../door.ts'
import type { RunFilter, RunView } from '../../hosts/sqlite/index.ts'
import { refuse } from '../errors/refusal.ts'
import { idCursorOf, instant, limitOf, numberCursorOf, pageQuery } from '../page.ts'
import type { ServerRoute } from '../route.ts'
import { listLens, mayLookAt, runLens, seenItem, seenRun } from './run-lens.ts'
import { runDetail, runLine, withIncident } from './run-view.ts'

export const states = ['running', 'waiting', 'succeeded', 'failed', 'cancelled', 'incident'] as const
export const Instant = Type.String({ format: 'date-time' })
const RunQuery = Type.Object(
  {
    flow: Type.Optional(Type.String({ maxLength: 64 })),
    state: Type.Optional(Type.String({ pattern: `^(${states.join('|')})(,(${states.join('|')}))*$` })),
    subject: Type.Optional(Type.String({ maxLength: 200 })),
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    blocked: Type.Optional(Type.Literal('consent')),
    /** Id of a withdrawal: the runs that it ended, or with `ended` those of them whose timers or tasks ended with them. */
    withdrawal: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    ended: Type.Optional(Type.Union([Type.Literal('timers'), Type.Literal('tasks')])),
    ...pageQuery,
  },
  { additionalProperties: false },
)
const HistogramQuery = Type.Object(
  { ...RunQuery.properties, slots: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) },
  { additionalProperties: false },
)
/** A longer look back is cut: the figures of years belong on a dashboard. */
const histogramMsMax = 400 * 86_400_000
const Cancel = Type.Object(
  { reason: Type.Optional(Type.String({ maxLength: 500 })), compensate: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)
const Retry = Type.Object({}, { additionalProperties: false })

/** What ran, what it did, and acting on it. */
export function runRoutes(door: Door): readonly ServerRoute[] {
  const { runs } = door.engine.reader
  const found = (id: string): RunView => {
    const run = runs.find(id)
    if (run === null) throw refuse('SLU_RUN_UNKNOWN')
    return run
  }
  /** Of runs about others a rep does not even hear that they exist. */
  const shown = (id: string, caller: Caller): RunView => {
    const run = found(id)
    if (!mayLookAt(door, run, caller)) throw refuse('SLU_RUN_UNKNOWN')
    return run
  }
  const wanted = (query: { readonly [name: string]: string | undefined }, caller: Caller): RunFilter => {
    const subjects = caller.may('runs.read') ? null : door.sight(caller).known()
    return { ...filterOf(query), ...stoppedBy(query), ...(subjects === null ? {} : { subjects }) }
  }
  const stoppedBy = ({ withdrawal, ended }: { readonly [name: string]: string | undefined }): Pick<RunFilter, 'ids'> => {
    if (withdrawal === undefined) return {}
    const stopped = door.engine.reader.records.find(withdrawals, { id: withdrawal })?.stoppedRuns ?? []
    return { ids: stopped.filter((run) => (ended !== 'timers' && ended !== 'tasks') || run[ended] > 0).map(({ run }) => run) }
  }
  return [
    {
      method: 'GET',
      url: '/api/v1/runs',
      summary: 'Runs, newest first; by flow, state, subject and time. A rep sees those about their own customers',
      tag: 'runs',
      query: RunQuery,
      handle({ query, caller }) {
        const { items: found, next } = runs.list(wanted(query, caller))
        const items = found.map((run) => withIncident(runs, run))
        // Of a run's data a list shows the error alone.
        const lens = listLens(runs, items, door.sight(caller))
        return { body: { items: items.map((run) => runLine(runs, run.error === null ? run : seenRun(run, lens))), next } }
      },
    },
    {
      method: 'GET',
      url: '/api/v1/runs/histogram',
      summary: 'How many runs of a filter began when, and how they went',
      tag: 'runs',
      query: HistogramQuery,
      handle({ query, caller }) {
        const { slots = '48', limit: _limit, cursor: _cursor, ...rest } = query
        const to = query.to === undefined ? door.now() : Date.parse(query.to)
        const from = Math.max(query.from === undefined ? to - 30 * 86_400_000 : Date.parse(query.from), to - histogramMsMax)
        const { limit: _none, ...filter } = wanted(rest, caller)
        const items = from >= to ? [] : runs.histogram({ ...filter, from, to }, Number(slots))
        return {
          body: {
            from: instant(from),
            to: instant(to),
            items: items.map((slot) => ({ ...slot, from: instant(slot.from), to: instant(slot.to) })),
          },
        }
      },
    },
    {
      method: 'GET',
      url: '/api/v1/runs/:id',
      summary: 'One run: its state, what it waits for, how it ended',
      tag: 'runs',
      handle: ({ params: { id = '' }, caller }) => ({
        body: { ...runDetail(runs, shown(id, caller), door.sight(caller)), ...forksOf(door, id) },
      }),
    },
    {
      method: 'GET',
      url: '/api/v1/runs/:id/flow',
      summary: 'The flow file of the version a run is on, for those who may look at the run and not at flows',
      tag: 'runs',
      handle({ params: { id = '' }, caller }) {
        const { flow, version } = shown(id, caller)
        const row = door.engine.reader.records.find(versions, { key: flow, version })
        if (row === null) throw refuse('SLU_FLOW_VERSION_UNKNOWN')
        return { body: row.file, contentType: 'application/json; charset=utf-8' }
      },
    },
    {
      method: 'GET',
      url: '/api/v1/runs/:id/journal',
      summary: 'What happened, entry by entry',
      tag: 'runs',
      query: Type.Object(pageQuery, { additionalProperties: false }),
      handle({ params: { id = '' }, query, caller }) {
        const run = shown(id, caller)
        const { items, next } = runs.journal(run.id, numberCursorOf(query) ?? 0, limitOf(query).limit ?? 500)
        const lens = runLens(runs, run, door.sight(caller), [items])
        return { body: { items: items.map((item) => journalItem(seenItem(item, lens))), next: next === null ? null : String(next) } }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/runs/:id/cancel',
      summary: 'Stops a run; nothing of it happens any more. With compensate, what its steps did is undone first',
      tag: 'runs',
      body: Cancel,
      bodyOptional: true,
      async handle({ params: { id = '' }, body, caller }, host) {
        const order = { ...((body ?? {}) as Static<typeof Cancel>), run: found(id).id }
        const { cancelled } = await host.command<{ readonly cancelled: boolean }>('runs.cancel', order, caller)
        if (!cancelled && found(id).status !== 'cancelled') throw problem('SLU_RUN_ENDED', 409, 'The run has ended')
        return { body: runDetail(runs, found(id), door.sight(caller)) }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/runs/:id/retry',
      summary: 'Puts the incidents of a run back to work',
      tag: 'runs',
      body: Retry,
      bodyOptional: true,
      async handle({ params: { id = '' }, caller }, host) {
        await host.command('runs.retry', { run: found(id).id }, caller)
        return { body: runDetail(runs, found(id), door.sight(caller)) }
      },
    },
  ]
}

function filterOf(query: { readonly [name: string]: string | undefined }): RunFilter {
  const { flow, state, subject, from, to, blocked } = query
  return {
    ...(flow === undefined ? {} : { flow }),
    ...(state === undefined ? {} : { status: state.split(',') as RunStatus[] }),
    ...(subject === undefined ? {} : { subject }),
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
    ...(blocked === undefined ? {} : { blocked: true }),
    ...limitOf(query),
    ...idCursorOf(query),
  }
}

/** The run this one takes up again, and those that take this one up again. */
function forksOf(door: Door, id: string) {
  const { records } = door.engine.reader
  const from = records.find(forksTable, { run: id })
  const again = records.list(forksTable, { where: { of: id }, orderBy: [['run', 'asc']], limit: 100 })
  return { rerunOf: from === null ? null : { run: from.of, node: from.node }, reruns: again.map(({ run, node }) => ({ run, node })) }
}
