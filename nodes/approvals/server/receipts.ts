import { canonicalJson, type Json, type JsonObject, type Person } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import { caseIdOf } from '../domain/case-id.ts'
import { type ReceiptRow, receipts, type TaskRow } from '../domain/tables.ts'
import { hashOf } from './hash.ts'

/** Writes the receipt of an approval and gives what travels on the wire. */
export function issueReceipt(context: WriteContext, task: TaskRow, by: Pick<Person, 'id'>): JsonObject {
  const row: ReceiptRow = {
    id: context.newId(),
    task: caseIdOf(task),
    run: task.run,
    value: task.value,
    hash: hashOf(task.value),
    by: by.id,
    at: context.now,
    validUntil: context.now + (task.validForMs ?? 0),
    state: 'valid',
    usedAt: null,
    usedBy: null,
  }
  context.records.insert(receipts, row)
  context.audit('veto.approved', { task: task.id, run: task.run, by: by.id, receipt: row.id }, { hash: row.hash })
  return {
    id: row.id,
    hash: row.hash,
    by: by.id,
    at: new Date(row.at).toISOString(),
    validUntil: new Date(row.validUntil).toISOString(),
    task: task.id,
  }
}

/** A veto after the approval still wins while the approval is unused. False when there is nothing left to stop. */
export function revokeReceipt(context: WriteContext, task: TaskRow, by: Person): boolean {
  const revoked = context.records.update(
    receipts,
    { task: caseIdOf(task), state: 'valid' },
    { state: 'revoked', usedAt: context.now, usedBy: by.id },
  )
  if (revoked > 0) context.audit('veto.revoked', { task: task.id, run: task.run, by: by.id })
  return revoked > 0
}

export interface Spend {
  /** The receipt as it travels, or its id. */
  readonly receipt: Json
  /** What is about to be done; each field must be exactly as approved. Or the whole approved value. */
  readonly value: JsonObject
  /** Run and node that spends it. */
  readonly by: string
}

/**
 * Command `approvals.spend { receipt, value, by }`: what every money sink calls in its own transaction before it moves money.
 * Refuses what was not approved, was changed, used, revoked, or is out of date. Looks only at our own record, never at what the wire says.
 */
export function spendReceipt(context: WriteContext, spend: Spend): ReceiptRow {
  const row = context.records.find(receipts, { id: idOf(spend.receipt) })
  if (row === null) throw problem('SLU_RECEIPT_UNKNOWN', 422, 'No such approval')
  if (row.state !== 'valid') throw problem('SLU_RECEIPT_SPENT', 409, 'This approval was used or revoked')
  if (context.now >= row.validUntil) throw problem('SLU_RECEIPT_EXPIRED', 409, 'This approval is out of date')
  if (hashOf(row.value) !== row.hash || !covers(row.value, spend.value))
    throw problem('SLU_RECEIPT_VALUE', 422, 'Something else was approved')
  const used: ReceiptRow = { ...row, state: 'used', usedAt: context.now, usedBy: spend.by }
  context.records.upsert(receipts, used)
  context.audit('veto.receipt-used', { receipt: row.id, task: row.task, run: row.run }, { hash: row.hash })
  return used
}

function idOf(receipt: Json): string {
  if (typeof receipt === 'string') return receipt
  const id = typeof receipt === 'object' && receipt !== null && !Array.isArray(receipt) ? (receipt as JsonObject).id : undefined
  return typeof id === 'string' ? id : ''
}

/** Every field of what is to be done stands in the approved value, exactly. An approved value may say more, for instance why. */
function covers(approved: Json, value: JsonObject): boolean {
  if (typeof approved !== 'object' || approved === null || Array.isArray(approved)) return false
  const known = approved as JsonObject
  const fields = Object.entries(value)
  return (
    fields.length > 0 &&
    fields.every(([key, wanted]) => Object.hasOwn(known, key) && canonicalJson(known[key] ?? null) === canonicalJson(wanted))
  )
}
