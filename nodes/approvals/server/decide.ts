import type { Json, JsonObject } from '@sluice/sdk'
import type { WriteContext } from '@sluice/sdk/server'
import type { Signature } from '../domain/case.ts'
import { caseIdOf } from '../domain/case-id.ts'
import { type TaskRow, tasks } from '../domain/tables.ts'
import { hasContent } from './authors.ts'
import { note } from './note.ts'
import { issueReceipt } from './receipts.ts'

/** The last word on a case: the run goes on. An approval about money may be held first, so that a veto of the same moment wins. */
export function goOn(context: WriteContext, task: TaskRow, signatures: readonly Signature[]): void {
  if (task.kind === 'veto' && task.action === 'approve' && (task.holdMs ?? 0) > 0) hold(context, task, signatures)
  else leadOn(context, task, signatures)
}

/** Command `tasks.release { task, signatures }`: nobody vetoed while the approval was held. */
export function releaseTask(
  context: WriteContext,
  { task: id, signatures }: { readonly task: string; readonly signatures: readonly Signature[] },
): void {
  const task = context.records.find(tasks, { id })
  if (task === null || task.state !== 'answered' || task.heldUntil == null || context.now < task.heldUntil) return
  const released: TaskRow = { ...task, heldUntil: null }
  context.records.upsert(tasks, released)
  leadOn(context, released, signatures)
}

export function releaseKey(task: Pick<TaskRow, 'id'>): string {
  return `tasks.release:${task.id}`
}

function hold(context: WriteContext, task: TaskRow, signatures: readonly Signature[]): void {
  const heldUntil = context.now + (task.holdMs ?? 0)
  context.records.update(tasks, { id: task.id }, { heldUntil })
  const payload = { task: task.id, signatures: signatures.map((each) => ({ ...each })) }
  context.schedule({ key: releaseKey(task), command: 'tasks.release', dueAt: heldUntil, payload })
  note(context, task, 'held', task.answeredBy)
}

function leadOn(context: WriteContext, task: TaskRow, signatures: readonly Signature[]): void {
  const by = task.answeredBy ?? ''
  const at = new Date(task.answeredAt ?? context.now).toISOString()
  const signed = signatures.length > 1 ? { signatures: signatures.map(signatureOut) } : {}
  const why = {
    ...(task.answeredFor == null ? {} : { for: task.answeredFor }),
    ...(signatures.length > 1 ? { signatures: signatures.length } : {}),
  }
  const id = caseIdOf(task)
  if (task.kind !== 'veto') {
    const output = { task: id, action: task.action, data: task.data, by, at, ...signed }
    context.runs.answerTask(task.run, id, task.action ?? '', output, by, why, filledIn(task, signatures))
    return
  }
  const reason = (task.data as JsonObject | null)?.reason ?? null
  const approved = task.action === 'approve'
  const output = approved
    ? { ...membersOf(task.value), value: task.value, receipt: issueReceipt(context, task, { id: by }), reason, ...signed }
    : { value: task.value, by, at, reason, ...signed }
  context.runs.answerTask(task.run, id, approved ? 'approved' : 'vetoed', output, by, why)
}

/** Whoever wrote something into the form, not whoever only agreed. */
function filledIn({ answeredBy, answeredBehind, data }: TaskRow, signatures: readonly Signature[]): readonly string[] {
  const last = answeredBehind == null ? {} : { behind: answeredBehind }
  const signed: readonly Pick<Signature, 'by' | 'behind' | 'data'>[] =
    answeredBy === null ? signatures : [...signatures, { by: answeredBy, ...last, data }]
  const authors = signed.filter((one) => hasContent(one.data)).flatMap(({ by, behind }) => (behind === undefined ? [by] : [by, behind]))
  return [...new Set(authors)]
}

function signatureOut({ action, by, for: instead, at, data }: Signature): JsonObject {
  return { action, by, ...(instead === null ? {} : { for: instead }), at: new Date(at).toISOString(), data }
}

/** The approved value's own members travel beside it, so that `input.amount` and `input.value.amount` are the same thing. */
export function membersOf(value: Json): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}
