import { digestOf } from '@sluice/engine/core'
import { isProblem, type MovePreview } from '@sluice/engine/worker'
import type { WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'

export type BulkAction = 'cancel' | 'retry' | 'move'

export interface BulkOrder {
  readonly action: BulkAction
  readonly runs: readonly string[]
  readonly version?: number
  /** Of a cancel: what the steps of the runs did is undone first. */
  readonly compensate?: boolean
}

export interface BulkItem {
  readonly run: string
  readonly can: boolean
  readonly why: string | null
  /** Binds a move to what was compared. */
  readonly shown: string
}

export interface BulkOutcome {
  readonly run: string
  readonly ok: boolean
  readonly code: string | null
}

/** What would be done; `shown` binds the confirmation to exactly these runs as they are. */
export function bulkShown(
  context: WriteContext,
  { action, runs, version, compensate }: BulkOrder,
): { readonly shown: string; readonly items: readonly BulkItem[] } {
  const items = runs.map((run) => (action === 'move' ? movable(context, run, version ?? 0) : { run, can: true, why: null, shown: '' }))
  return { shown: digestOf([action, version ?? null, items, ...(compensate === true ? ['compensate'] : [])]), items }
}

export function assertBulkShown(context: WriteContext, order: BulkOrder & { readonly shown: string }): ReturnType<typeof bulkShown> {
  const now = bulkShown(context, order)
  if (now.shown !== order.shown) throw refuse('SLU_BULK_CHANGED')
  return now
}

function movable(context: WriteContext, run: string, version: number): BulkItem {
  try {
    const { obstacles, shown } = context.command<MovePreview>('engine.run.preview-move', { run, version })
    return { run, can: obstacles.length === 0, why: obstacles.length === 0 ? null : 'SLU_MOVE_REFUSED', shown }
  } catch (error) {
    if (!isProblem(error)) throw error
    return { run, can: false, why: error.code, shown: '' }
  }
}
