import type { WriteContext } from '@sluice/sdk/server'
import { outcomeOf, type Signature, type Stage, signaturesBefore } from '../domain/case.ts'
import { type CaseRow, cases, type TaskRow, tasks } from '../domain/tables.ts'
import { arm, disarm } from './clocks.ts'
import { goOn } from './decide.ts'
import { hashShown } from './hash.ts'
import { note, tell } from './note.ts'

export function findCase(context: WriteContext, task: TaskRow): CaseRow | null {
  return task.case == null || task.kind === 'question' ? null : context.records.find(cases, { id: task.case })
}

/**
 * Opens a stage: each seat without a signature that still fits gets its row in the inbox. A stage whose signatures all fit what
 * would be shown again asks nobody and the next one opens.
 */
export function openStage(
  context: WriteContext,
  it: CaseRow,
  from: number,
  model: TaskRow,
): { readonly row: CaseRow /** No stage is left. */; readonly isDone: boolean } {
  const passes = model.actions[0] ?? ''
  const stages = [...it.stages]
  for (let at = from; at < stages.length; at++) {
    const earlier = signaturesBefore(stages, at).map(({ action, by, data }) => ({ action, by, data }))
    const shownHash = hashShown(model.shown, earlier)
    const stage = fitting(stages[at] as Stage, shownHash)
    stages[at] = stage
    if (outcomeOf(stage, passes, model.kind === 'veto') === passes) {
      for (const { signature } of stage.seats) if (signature !== null) note(context, model, 'kept', null, { to: `user:${signature.by}` })
      continue
    }
    const seats = stage.seats.map((seat) => {
      if (seat.signature !== null || seat.task !== null) return seat
      return { ...seat, task: openSeat(context, model, it.id, at, seat.who, earlier, shownHash).id }
    })
    stages[at] = { ...stage, seats }
    const row: CaseRow = { ...it, stages, at }
    context.records.upsert(cases, row)
    return { row, isDone: false }
  }
  return { row: { ...it, stages, at: stages.length - 1 }, isDone: true }
}

/** One person signed. Waits for the others of the stage, opens the next one, or leads the run on. */
export function advance(context: WriteContext, it: CaseRow, task: TaskRow, signature: Signature): void {
  const stages = it.stages.map((stage, index) => (index === it.at ? signed(stage, task.id, signature) : stage))
  const signedCase: CaseRow = { ...it, stages }
  const passes = task.actions[0] ?? ''
  const outcome = outcomeOf(stages[it.at] as Stage, passes, task.kind === 'veto')
  note(context, task, 'signed', task.answeredBy)
  if (outcome === null) {
    context.records.upsert(cases, signedCase)
    return
  }
  closeOpen(context, it.id, 'cancelled')
  const next = outcome === passes ? openStage(context, signedCase, it.at + 1, task) : { row: signedCase, isDone: true }
  if (next.isDone) finish(context, next.row, task)
}

/** Closes the case and leads the run on with the answer of this row. */
export function finish(context: WriteContext, it: CaseRow, task: TaskRow): void {
  closeOpen(context, it.id, 'cancelled')
  context.records.upsert(cases, { ...it, state: 'closed' })
  goOn(context, task, signaturesBefore(it.stages, it.at + 1))
}

/** Every row of the case that still asks somebody, questions too. */
export function closeOpen(context: WriteContext, id: string, state: 'cancelled' | 'expired'): void {
  for (const row of [
    ...context.records.list(tasks, { where: { id, state: 'open' } }),
    ...context.records.list(tasks, { where: { case: id, state: 'open' } }),
  ]) {
    context.records.update(tasks, { id: row.id }, { state, answeredAt: context.now })
    disarm(context, row)
    tell(context, { ...row, state })
  }
}

/** A row like another one of its case, unanswered. */
export function seatOf(context: WriteContext, model: TaskRow, more: Partial<TaskRow>): TaskRow {
  return {
    ...model,
    id: context.newId(),
    claimedBy: null,
    state: 'open',
    createdAt: context.now,
    answeredAt: null,
    answeredBy: null,
    answeredBehind: null,
    answeredFor: null,
    action: null,
    data: null,
    heldBy: null,
    heldUntil: null,
    escalatedAt: null,
    reminders: null,
    ...more,
  }
}

function openSeat(
  context: WriteContext,
  model: TaskRow,
  id: string,
  stage: number,
  assignee: string,
  earlier: TaskRow['earlier'],
  shownHash: string,
): TaskRow {
  const row = seatOf(context, model, { case: id, stage, assignee, earlier: earlier?.length === 0 ? null : (earlier ?? null), shownHash })
  context.records.insert(tasks, row)
  arm(context, row)
  tell(context, row)
  return row
}

/** Without the signatures that were given to something else than what would be shown now. */
function fitting(stage: Stage, shownHash: string): Stage {
  if (stage.seats.every(({ signature }) => signature === null || signature.shownHash === shownHash)) return stage
  const seats = stage.seats.map((seat) => (seat.signature?.shownHash === shownHash ? seat : { ...seat, signature: null, task: null }))
  return { ...stage, seats }
}

function signed(stage: Stage, task: string, signature: Signature): Stage {
  return { ...stage, seats: stage.seats.map((seat) => (seat.task === task ? { ...seat, signature } : seat)) }
}
