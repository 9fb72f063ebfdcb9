import type { JsonObject } from '@sluice/flows'
import { digestOf } from '../core/canonical.ts'
import { type EffectPermit, issuePermit, type PermitEnd } from './permit.ts'
import type { OutboxRow } from './ports.ts'
import { describe, isFatal, isProblem } from './problem.ts'
import type { Work } from './work.ts'
import { writeContext } from './write-context.ts'

export interface Refusal {
  readonly code: string
  readonly reason: string
  readonly why: JsonObject
}

export type Leave = { readonly permit: EffectPermit; readonly refusal: null } | { readonly permit: null; readonly refusal: Refusal }

/**
 * Asks every gate, in order, whether an act may begin; a permit when all agree. What the gates write beside it stays only then.
 * A gate that throws has refused: we fail closed. `earlier` is what became of the permit this order had before, if it had one.
 */
export function askGates(work: Work, row: OutboxRow, earlier: 'none' | 'unsent' | 'unknown'): Leave {
  const { gates, newId } = work.shared.ports
  const permit = issuePermit(newId(), row, work.now)
  if (gates.length === 0 || row.handler.startsWith('$')) return { permit, refusal: null }
  const refusal = refusalOf(work, row, permit, earlier)
  if (refusal === null) return { permit, refusal }
  if (earlier !== 'none') closePermit(work, row, earlier)
  return { permit: null, refusal }
}

/** The order's permit is worth nothing from here on. */
export function closePermit(work: Work, { id, use, handler }: OutboxRow, end: PermitEnd): void {
  if (handler.startsWith('$')) return
  for (const gate of work.shared.ports.gates) gate.closed?.(writeContext(work, work.actor), { id, use }, end)
}

function refusalOf(work: Work, row: OutboxRow, permit: EffectPermit, earlier: 'none' | 'unsent' | 'unknown'): Refusal | null {
  const { gates } = work.shared.ports
  try {
    work.savepoint(() => {
      const { id, run, node, idempotencyKey, use, handler, request } = row
      const policyHash = use === null ? '' : digestOf(gates.map((gate) => [gate.name, gate.policy?.(work.store.records) ?? '']))
      for (const gate of gates) {
        const effect = { id, run, node, idempotencyKey, use, handler, request, permit, earlier, policyHash }
        const answer = gate.check(writeContext(work, work.actor), effect)
        if (!answer.allowed) throw new Refused({ code: answer.code, reason: answer.reason, why: { ...answer.why, gate: gate.name } })
      }
    })
    return null
  } catch (error) {
    if (isFatal(error)) throw error
    if (error instanceof Refused) return error.refusal
    const reason = isProblem(error) ? `${error.code}: ${error.message}` : describe(error)
    return { code: 'SLU_GATE_FAILED', reason: `a gate could not decide, so the act may not begin (${reason})`, why: {} }
  }
}

class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.reason)
    this.refusal = refusal
  }
}
