/** A permit at the door: what is wrong with it, if anything, at the very moment something would leave. */
import type { BegunRow, EffectPermit } from '@sluice/engine/worker'
import { problem, type SluiceProblem } from '@sluice/sdk/server'

export const permitLimits = {
  /** An act begins this soon after its permit, or the engine is asked for a new one (domain/CONSENT.md E-2). */
  dispatchMsMax: 5_000,
  /** The longest act, and the wait before it. */
  lifeMsMax: 125_000,
} as const

const wording = {
  SLU_PERMIT_FOREIGN: 'This permit was not given to this order.',
  SLU_PERMIT_CLOSED: 'The permit has ended: its order has its result, or the ledger holds it open no longer.',
  SLU_PERMIT_EXPIRED: `The permit is older than ${permitLimits.lifeMsMax / 1_000} s.`,
  SLU_PERMIT_SCOPE: 'The permit does not cover what this order declared: its handler, person, purpose, scene or kind of effect.',
} as const

export type Objection = keyof typeof wording

/** Waited too long at the door: consent is asked again before anything begins. */
export function isStale(permit: EffectPermit, now: number): boolean {
  return now - permit.issuedAt > permitLimits.dispatchMsMax
}

/** Types keep honest code from getting here with the wrong permit; this keeps the rest. Anything may have been passed. */
export function objection(permit: EffectPermit | null | undefined, order: BegunRow, ended: boolean, now: number): Objection | null {
  if (permit?.id === undefined || permit.id !== order.permit.id || permit.order !== order.id) return 'SLU_PERMIT_FOREIGN'
  if (ended) return 'SLU_PERMIT_CLOSED'
  if (!covers(permit, order)) return 'SLU_PERMIT_SCOPE'
  return now - order.permit.issuedAt > permitLimits.lifeMsMax ? 'SLU_PERMIT_EXPIRED' : null
}

export function permitProblem(code: Objection): SluiceProblem {
  return problem(code, 403, wording[code])
}

function covers(permit: EffectPermit, { use, handler }: BegunRow): boolean {
  if (permit.handler !== handler) return false
  if (permit.touches === 'nobody' || use === null) return permit.touches === 'nobody' && use === null
  const same = permit.use.subject === use.subject && permit.use.purpose === use.purpose && permit.use.scene === use.scene
  return same && permit.use.session === use.session && permit.use.effectKind === use.effectKind && permit.use.channel === use.channel
}
