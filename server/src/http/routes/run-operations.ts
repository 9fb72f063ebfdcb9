import type { MovePreview, RerunPreview } from '@sluice/engine/worker'
import type { Caller, RouteHost } from '@sluice/sdk/server'
import { type Static, Type } from 'typebox'
import type { Door } from '../../door.ts'
import type { RunView } from '../../hosts/sqlite/index.ts'
import { refuse } from '../errors/refusal.ts'
import { instant } from '../page.ts'
import type { ServerRoute } from '../route.ts'
import { runDetail } from './run-view.ts'

export const Reason = Type.String({ maxLength: 500 })
export const Shown = Type.String({ maxLength: 100 })
const closed = { additionalProperties: false } as const

const Rerun = Type.Object(
  {
    /** False: says what would happen and does nothing. Without it the same, unless there is nothing to ask about. */
    confirm: Type.Optional(Type.Boolean()),
    /** Of the preview that is confirmed; left out, what stands now is. */
    shown: Type.Optional(Shown),
    /** Steps whose effect is to happen again; the others hand on what they gave. */
    repeat: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 1_000, uniqueItems: true })),
    reason: Type.Optional(Reason),
  },
  closed,
)
const Skip = Type.Object(
  {
    node: Type.String({ minLength: 1, maxLength: 64 }),
    /** Which line, when several stand at the step. */
    token: Type.Optional(Type.String({ maxLength: 32 })),
    port: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** What the step is said to have given. */
    data: Type.Unknown(),
    reason: Type.String({ minLength: 1, maxLength: 500 }),
  },
  closed,
)
const Move = Type.Object(
  {
    version: Type.Integer({ minimum: 1, maximum: 999_999_999 }),
    confirm: Type.Optional(Type.Boolean()),
    shown: Type.Optional(Shown),
    reason: Type.Optional(Reason),
  },
  closed,
)

/** What an operator does to one run. Whatever may repeat or change something is shown first and done only when that is confirmed. */
export function runOperationRoutes(door: Door): readonly ServerRoute[] {
  const { runs } = door.engine.reader
  const found = (id: string): RunView => {
    const run = runs.find(id)
    if (run === null) throw refuse('SLU_RUN_UNKNOWN')
    return run
  }
  return [
    {
      method: 'POST',
      url: '/api/v1/runs/:id/rerun-from/:node',
      summary: 'Takes a run up again from a node as a new run; first says which effects would repeat, then acts with confirm and shown',
      tag: 'runs',
      body: Rerun,
      bodyOptional: true,
      async handle({ params: { id = '', node = '' }, body, caller }, host) {
        const { confirm, repeat = [], reason = '', ...asked } = (body ?? {}) as Static<typeof Rerun>
        const { id: run } = found(id)
        let shown = confirm === true ? asked.shown : undefined
        if (shown === undefined) {
          const preview = await rerunPreview(host, run, node, caller)
          if (!(confirm ?? asksNothing(preview))) return { body: preview }
          shown = preview.shown
        }
        const order = { run, node, shown, repeat, reason }
        const made = await host.command<{ run: string; cancelled: boolean }>('runs.rerun', order, caller)
        const location = { location: `/api/v1/runs/${made.run}` }
        return { status: 201, body: { confirm: true, run: made.run, of: run, cancelled: made.cancelled }, headers: location }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/runs/:id/skip',
      summary: 'A stuck step is said to have given this; the run goes on from there',
      tag: 'runs',
      body: Skip,
      async handle({ params: { id = '' }, body, caller }, host) {
        const skip = body as { node: string; token?: string; port?: string; data: unknown; reason: string }
        const { id: run } = found(id)
        const { node, port = 'out', data, reason } = skip
        const tokens = Object.values(runs.state(run)?.tokens ?? {}).filter((token) => token.node === node)
        const token = skip.token ?? tokens[0]?.id
        if (token === undefined || !tokens.some((one) => one.id === token)) throw refuse('SLU_SKIP_STEP')
        await host.command('runs.skip', { run, token, node, port, data, reason }, caller)
        return { body: runDetail(runs, found(id), door.sight(caller)) }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/runs/:id/move',
      summary: 'Moves a run to another version; first says whether it can and what would change, then acts with confirm and shown',
      tag: 'runs',
      body: Move,
      async handle({ params: { id = '' }, body, caller }, host) {
        const { version, confirm = false, reason = '', ...asked } = body as Static<typeof Move>
        const { id: run } = found(id)
        let shown = confirm ? asked.shown : undefined
        if (shown === undefined) {
          const preview = await host.command<MovePreview>('runs.preview-move', { run, version }, caller)
          if (!confirm) return { body: { confirm: false, run, can: preview.obstacles.length === 0, ...preview } }
          shown = preview.shown
        }
        await host.command('runs.move', { run, version, shown, reason }, caller)
        return { body: runDetail(runs, found(id), door.sight(caller)) }
      },
    },
  ]
}

/** No effect to decide about, and no line that would be cancelled: a question would have one answer. */
function asksNothing({ effects, cancels }: { readonly effects: readonly unknown[]; readonly cancels: boolean }): boolean {
  return effects.length === 0 && !cancels
}

async function rerunPreview(host: RouteHost, run: string, node: string, caller: Caller) {
  const { effects, ...preview } = await host.command<RerunPreview>('runs.preview-rerun', { run, node }, caller)
  const view = effects.map(({ outcome, lastAt, ...effect }) => ({
    ...effect,
    lastAt: instant(lastAt),
    /** It need not happen again: what it gave can be handed on. */
    canKeep: outcome !== null,
  }))
  return { confirm: false, run, node, ...preview, effects: view }
}
