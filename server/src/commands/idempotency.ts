import type { WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { type IdempotencyRow, idempotency } from './tables.ts'

/** How long an answer is repeated. */
const rememberedMs = 24 * 3_600_000

export interface OnceCommand {
  readonly id: string
  readonly request: string
  /** Which command of the request this is, from 0. */
  readonly index: number
  readonly name: string
  readonly payload: unknown
}

/**
 * Command `idempotency.once`: runs the command and keeps its result in the same transaction. When the request comes again, also
 * after a crash in between, each of its commands gives the result it gave before and writes nothing.
 */
export function runOnce(context: WriteContext, { id, request, index, name, payload }: OnceCommand): unknown {
  const known = context.records.find(idempotency, { id })
  if (known !== null) assertSameRequest(known, request)
  if (known !== null && index < known.results.length) return known.results[index]
  const result = context.command(name, payload) ?? null
  const results = [...(known?.results ?? []), result]
  context.records.upsert(idempotency, { id, request, results, answer: null, at: known?.at ?? context.now })
  return result
}

/** Command `idempotency.answer`: keeps what was sent. */
export function keepAnswer(
  context: WriteContext,
  { id, request, answer }: { readonly id: string; readonly request: string; readonly answer: NonNullable<IdempotencyRow['answer']> },
): void {
  context.records.delete(idempotency, { at: { lt: context.now - rememberedMs } })
  const known = context.records.find(idempotency, { id })
  if (known !== null) assertSameRequest(known, request)
  context.records.upsert(idempotency, { id, request, results: known?.results ?? [], answer, at: known?.at ?? context.now })
}

function assertSameRequest(row: IdempotencyRow, request: string): void {
  if (row.request !== request) throw refuse('SLU_IDEMPOTENCY_KEY_REUSED')
}
