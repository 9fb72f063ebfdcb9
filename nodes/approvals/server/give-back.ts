import type { Person } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import { returned } from '../domain/case.ts'
import { cases, type TaskRow } from '../domain/tables.ts'
import { assertMay, getTask } from './answer.ts'
import { assertFree, getOpen, save } from './hand-over.ts'
import { note } from './note.ts'
import { closeOpen, findCase, openStage } from './stages.ts'

export interface Return {
  readonly task: string
  /** Stage of an earlier signer, counted from 1; the one before unless told. */
  readonly stage?: number
  readonly comment?: string
  readonly by: Person
}

/**
 * Command `tasks.return`: back to an earlier signer, or to whoever had it before, or out of one's own hands. Signatures between
 * keep while what they were given to is what would be shown again.
 */
export function returnTask(context: WriteContext, { task: id, stage, comment = '', by }: Return): TaskRow {
  const task = getOpen(context, id)
  assertMay(context, task, by)
  assertFree(task, by)
  const it = findCase(context, task)
  if (it !== null && it.at > 0) {
    const to = stage === undefined ? it.at - 1 : stage - 1
    if (to < 0 || to >= it.at) throw problem('SLU_TASK_RETURN', 409, `Stages before this one are 1 to ${it.at}`)
    note(context, task, 'returned', by.id, { text: comment, to: it.stages[to]?.seats[0]?.who ?? null })
    closeOpen(context, it.id, 'cancelled')
    const stages = returned(it.stages, to, it.at)
    const row = { ...it, stages, at: to }
    context.records.upsert(cases, row)
    openStage(context, row, to, task)
    return getTask(context, id)
  }
  const heldBy = task.heldBy ?? []
  const before = heldBy.at(-1)
  if (before !== undefined) {
    const back: TaskRow = { ...task, assignee: before, claimedBy: null, heldBy: heldBy.slice(0, -1) }
    return save(context, back, 'returned', by, { text: comment, to: before })
  }
  if (task.claimedBy === by.id) return save(context, { ...task, claimedBy: null }, 'released', by, { text: comment })
  throw problem('SLU_TASK_RETURN', 409, 'Nobody had it before')
}
