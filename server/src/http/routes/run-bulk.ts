import type { RunStatus } from '@sluice/engine/core'
import { Type } from 'typebox'
import type { BulkAction, BulkItem, BulkOutcome } from '../../commands/bulk.ts'
import type { Door } from '../../door.ts'
import { refuse } from '../errors/refusal.ts'
import { httpLimits } from '../limits.ts'
import type { ServerRoute } from '../route.ts'
import { Reason, Shown } from './run-operations.ts'
import { Instant, states } from './runs.ts'

const closed = { additionalProperties: false } as const
const State = Type.Union(states.map((state) => Type.Literal(state)))
const Filter = Type.Object(
  {
    flow: Type.Optional(Type.String({ maxLength: 64 })),
    /** One, or several. */
    state: Type.Optional(Type.Union([State, Type.Array(State, { minItems: 1, maxItems: 6 })])),
    subject: Type.Optional(Type.String({ maxLength: 200 })),
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    blocked: Type.Optional(Type.Literal('consent')),
    runs: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, maxItems: httpLimits.bulkRunsMax })),
  },
  closed,
)
const Bulk = Type.Object(
  {
    action: Type.Union([Type.Literal('cancel'), Type.Literal('retry'), Type.Literal('move')]),
    filter: Filter,
    /** Of a move. */
    version: Type.Optional(Type.Integer({ minimum: 1, maximum: 999_999_999 })),
    /** Of a cancel: what the steps of the runs did is undone first. */
    compensate: Type.Optional(Type.Boolean()),
    confirm: Type.Optional(Type.Boolean()),
    shown: Type.Optional(Shown),
    reason: Type.Optional(Reason),
  },
  closed,
)

interface Asked {
  readonly action: BulkAction
  readonly filter: {
    readonly flow?: string
    readonly state?: RunStatus | readonly RunStatus[]
    readonly subject?: string
    readonly from?: string
    readonly to?: string
    readonly blocked?: 'consent'
    readonly runs?: readonly string[]
  }
  readonly version?: number
  readonly compensate?: boolean
  readonly confirm?: boolean
  readonly shown?: string
  readonly reason?: string
}

/** States an action makes sense for; a filter may narrow them. */
const fitting: { readonly [Action in BulkAction]: readonly RunStatus[] } = {
  cancel: ['running', 'waiting', 'incident'],
  retry: ['incident'],
  move: ['running', 'waiting', 'incident'],
}

/** The same action on every run that fits a filter, at most so many at once: first counted and shown, then done with one result for each. */
export function runBulkRoutes(door: Door): readonly ServerRoute[] {
  return [
    {
      method: 'POST',
      url: '/api/v1/runs/bulk',
      summary: 'Cancels, retries or moves all runs of a filter; first says which and how many, then acts with confirm and shown',
      tag: 'runs',
      body: Bulk,
      async handle({ body, caller }, host) {
        const asked = body as Asked
        const { action, version, compensate = false, confirm = false, reason = '' } = asked
        if (compensate && action !== 'cancel')
          throw refuse('SLU_BODY_INVALID', { details: [{ path: '/compensate', message: 'action: cancel' }] })
        if (action === 'move' && (version === undefined || asked.filter.flow === undefined)) throw refuse('SLU_BULK_FILTER')
        const { runs, more } = matching(door, asked)
        const order = { action, runs, ...(version === undefined ? {} : { version }), ...(compensate ? { compensate } : {}) }
        let shown = confirm ? asked.shown : undefined
        if (shown === undefined) {
          const preview = await host.command<{ shown: string; items: readonly BulkItem[] }>('runs.preview-bulk', order, caller)
          const can = preview.items.filter((item) => item.can).length
          const items = preview.items.map(({ run, can: able, why }) => ({ run, can: able, why }))
          const limit = httpLimits.bulkRunsMax
          if (!confirm) return { body: { confirm: false, action, count: runs.length, can, more, limit, shown: preview.shown, items } }
          shown = preview.shown
        }
        const results = await host.command<readonly BulkOutcome[]>('runs.bulk', { ...order, shown, reason }, caller)
        const done = results.filter(({ ok }) => ok).length
        return { body: { confirm: true, action, count: results.length, done, failed: results.length - done, more, results } }
      },
    },
  ]
}

function matching(door: Door, { action, filter }: Asked): { readonly runs: readonly string[]; readonly more: boolean } {
  const { flow, state, subject, from, to, blocked, runs: named } = filter
  if (Object.keys(filter).length === 0) throw refuse('SLU_BULK_FILTER')
  const status = fitting[action].filter((one) => state === undefined || [state].flat().includes(one))
  if (status.length === 0) return { runs: [], more: false }
  const { items, next } = door.engine.reader.runs.list({
    status,
    limit: httpLimits.bulkRunsMax,
    ...(flow === undefined ? {} : { flow }),
    ...(subject === undefined ? {} : { subject }),
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
    ...(blocked === undefined ? {} : { blocked: true }),
    ...(named === undefined ? {} : { ids: named }),
  })
  return { runs: items.map(({ id }) => id), more: next !== null }
}
