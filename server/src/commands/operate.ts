import { isProblem, type RerunPreview } from '@sluice/engine/worker'
import type { WriteContext } from '@sluice/sdk/server'
import { assertBulkShown, type BulkOrder, type BulkOutcome, bulkShown } from './bulk.ts'

interface Rerun {
  readonly run: string
  readonly node: string
  readonly shown: string
  readonly repeat: readonly string[]
  readonly reason: string
}

/** Command `runs.rerun` → `{ run, cancelled }`: a new run that takes this one up again from a node. */
export function rerunRun(context: WriteContext, { reason, ...order }: Rerun): { readonly run: string; readonly cancelled: boolean } {
  const result = context.command<{ readonly run: string; readonly cancelled: boolean }>('engine.run.rerun', order)
  const { run, node, repeat } = order
  context.audit('run.rerun', { run: result.run, of: run, node }, { repeat, reason, cancelled: result.cancelled })
  return result
}

/** Command `runs.preview-rerun` → `RerunPreview`; writes nothing. */
export function previewRerun(context: WriteContext, payload: { readonly run: string; readonly node: string }): RerunPreview {
  return context.command<RerunPreview>('engine.run.preview-rerun', payload)
}

interface Skip {
  readonly run: string
  readonly token: string
  readonly node: string
  readonly port: string
  readonly data: unknown
  readonly reason: string
}

/** Command `runs.skip`: the step is said to have given this. */
export function skipStep(context: WriteContext, { node, ...skip }: Skip): void {
  context.command('engine.run.skip', skip)
  context.audit('run.step-skipped', { run: skip.run, node }, { port: skip.port, reason: skip.reason })
}

interface Move {
  readonly run: string
  readonly version: number
  readonly shown: string
  readonly reason: string
}

/** Command `runs.move` → `{ from, to }`. */
export function moveRun(context: WriteContext, order: Move): { readonly from: number; readonly to: number } {
  const moved = context.command<{ readonly from: number; readonly to: number }>('engine.run.move', order)
  context.audit('run.moved', { run: order.run, from: String(moved.from), to: String(moved.to) }, { reason: order.reason })
  return moved
}

/** Command `runs.preview-move` → `MovePreview`; writes nothing. */
export function previewMove(context: WriteContext, payload: { readonly run: string; readonly version: number }): unknown {
  return context.command('engine.run.preview-move', payload)
}

/** Command `runs.preview-bulk` → what would be done to which of these runs. */
export function previewBulk(context: WriteContext, order: BulkOrder): ReturnType<typeof bulkShown> {
  return bulkShown(context, order)
}

/** Command `runs.bulk` → one result for each run, in their order. One that cannot be done leaves the others alone. */
export function actInBulk(
  context: WriteContext,
  order: BulkOrder & { readonly shown: string; readonly reason: string },
): readonly BulkOutcome[] {
  const { items } = assertBulkShown(context, order)
  const outcomes = items.map(({ run, can, shown, why }): BulkOutcome => {
    if (!can) return { run, ok: false, code: why ?? 'SLU_MOVE_REFUSED' }
    try {
      actOn(context, order, { run, shown, reason: order.reason, version: order.version ?? 0 })
      return { run, ok: true, code: null }
    } catch (error) {
      if (!isProblem(error)) throw error
      return { run, ok: false, code: error.code }
    }
  })
  const done = outcomes.filter(({ ok }) => ok).length
  context.audit('runs.bulk', { action: order.action }, { runs: outcomes.length, done, reason: order.reason })
  return outcomes
}

function actOn(context: WriteContext, { action, compensate }: BulkOrder, move: Move): void {
  const { run, reason } = move
  if (action === 'cancel') context.command('runs.cancel', { run, reason, ...(compensate === true ? { compensate } : {}) })
  else if (action === 'retry') context.command('runs.retry', { run })
  else context.command('runs.move', move)
}

/** Command `flow.pause`: no further step of it begins. */
export function pauseFlow(
  context: WriteContext,
  order: { readonly flow: string; readonly mode: 'hold' | 'refuse'; readonly reason: string },
): void {
  context.command('engine.flow.pause', order)
  context.audit('flow.paused', { flow: order.flow }, { mode: order.mode, reason: order.reason })
  context.notify('flows', { flow: order.flow, change: 'paused' })
}

/** Command `flow.resume` → `{ resumed, held }`. */
export function resumeFlow(context: WriteContext, order: { readonly flow: string }): { readonly resumed: boolean; readonly held: number } {
  const result = context.command<{ readonly resumed: boolean; readonly held: number }>('engine.flow.resume', order)
  if (result.resumed) context.audit('flow.resumed', { flow: order.flow }, { held: result.held })
  context.notify('flows', { flow: order.flow, change: 'resumed' })
  return result
}

/** Command `letters.redeliver` → `{ runs }`. */
export function redeliverLetter(context: WriteContext, { id }: { readonly id: string }): unknown {
  const result = context.command('engine.letter.redeliver', { id })
  context.audit('event.redelivered', { letter: id })
  context.notify('letters', { letter: id, change: 'redelivered' })
  return result
}

/** Command `letters.dismiss`. */
export function dismissLetter(context: WriteContext, { id, reason }: { readonly id: string; readonly reason: string }): void {
  context.command('engine.letter.dismiss', { id })
  context.audit('event.dismissed', { letter: id }, { reason })
  context.notify('letters', { letter: id, change: 'dismissed' })
}
