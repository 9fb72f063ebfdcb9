import type { JsonObject } from '@sluice/flows'
import type { OutboxRow } from './ports.ts'
import { describe, isFatal, isProblem } from './problem.ts'
import type { Work } from './work.ts'
import { writeContext } from './write-context.ts'

export interface Refusal {
  readonly code: string
  readonly reason: string
  readonly why: JsonObject
}

/**
 * Asks every gate, in order, whether an act may begin; null when all agree. What the gates write (permits) stays only when all
 * agree. A gate that throws has refused: we fail closed.
 */
export function askGates(work: Work, row: OutboxRow): Refusal | null {
  const { gates } = work.shared.ports
  if (gates.length === 0 || row.handler.startsWith('$')) return null
  const refusal = refusalOf(work, row)
  if (refusal !== null) for (const gate of gates) gate.refused?.(writeContext(work, work.actor), { id: row.id, use: row.use })
  return refusal
}

function refusalOf(work: Work, row: OutboxRow): Refusal | null {
  const { gates } = work.shared.ports
  try {
    work.savepoint(() => {
      const { id, run, node, idempotencyKey, use, handler } = row
      for (const gate of gates) {
        const answer = gate.check(writeContext(work, work.actor), { id, run, node, idempotencyKey, use, handler })
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
