import { SluiceProblem, type WriteContext } from '@sluice/sdk/server'
import { escalationsMs, type StepName, stateOf } from '../../domain/withdrawal.ts'
import { type Step, steps, type Withdrawal, withdrawals } from '../tables.ts'
import { alertRep, deliveredAlert } from './alert.ts'
import { sealReceipt } from './receipt.ts'
import { finishStep, isOpen, stepsOf } from './steps.ts'
import { newStrategy, regenerate } from './strategy.ts'

/** A drawn flow has this long to alert the rep and bring a new strategy; then the built-in way does it. */
const fallbackAfterMs = 30_000

/** The door compares the fence right before it acts, so whatever it can still stop it has stopped by then. */
const recallWithinMs = 1_000

/** Milliseconds after the fence at which open steps are looked at, so that what a flow did is noted when it was done. */
export const looksMs = [1, 250, 1_000, 5_000, 15_000] as const

/**
 * Looks at what is still open and closes it where the proof exists: an alert that reached the rep's inbox, a strategy
 * written after the fence. Runs in the withdrawal itself, on timers, and whenever something reports. Repeating it is harmless.
 */
export function settle(context: WriteContext, id: string): void {
  const withdrawal = context.records.find(withdrawals, { id })
  if (withdrawal === null || withdrawal.completedAt !== null) return
  const before = stepsOf(context.records, id)
  const named = (name: StepName) => before.find((step) => step.name === name)
  const alerted = settleStep(context, withdrawal, named('rep_alert'), deliveredAlert, alertRep)
  const planned = settleStep(context, withdrawal, named('strategy'), newStrategy, regenerate)
  // The door may still be asking again whether it can stop these: the receipt waits for its answer.
  if (withdrawal.escaped.length > 0 && context.now < withdrawal.fencedAt + recallWithinMs) return
  const rows = alerted || planned ? stepsOf(context.records, id) : before
  if (rows.filter((step) => step.name !== 'receipt').every((step) => !isOpen(step))) complete(context, withdrawal, rows)
}

interface Proof {
  readonly at: number
  readonly proof: { readonly [key: string]: string }
}
type Look = (context: WriteContext, withdrawal: Withdrawal) => Proof | null
/** Null: there is nothing to do here, for instance no rep owns this customer. */
type Fallback = (context: WriteContext, withdrawal: Withdrawal) => boolean

/** Says whether the step may look different now. */
function settleStep(context: WriteContext, withdrawal: Withdrawal, step: Step | undefined, look: Look, fallback: Fallback): boolean {
  if (step === undefined || !isOpen(step)) return false
  const seen = look(context, withdrawal)
  if (seen === null && !mustStepIn(context, withdrawal, step)) return false
  const found = seen ?? stepIn(context, withdrawal, step, look, fallback)
  if (found !== null) finishStep(context, step, 'done', found.at, found.proof)
  return true
}

function mustStepIn(context: WriteContext, withdrawal: Withdrawal, step: Step): boolean {
  return step.proof.run === undefined || context.now >= withdrawal.receivedAt + fallbackAfterMs
}

function stepIn(context: WriteContext, withdrawal: Withdrawal, step: Step, look: Look, fallback: Fallback): Proof | null {
  const applies = attempt(context, withdrawal, fallback)
  context.records.update(steps, { withdrawal: withdrawal.id, name: step.name }, { attempts: step.attempts + 1 })
  if (applies === 'failed') return null
  if (!applies) {
    finishStep(context, step, 'not_applicable', context.now, {})
    return null
  }
  const found = look(context, withdrawal)
  return found === null ? null : { ...found, proof: { ...found.proof, by: 'fallback' } }
}

/** A side step that fails must not take the fence down with it: it stays open, is tried again and escalates. */
function attempt(context: WriteContext, withdrawal: Withdrawal, fallback: Fallback): boolean | 'failed' {
  try {
    return fallback(context, withdrawal)
  } catch (error) {
    const code = error instanceof SluiceProblem ? error.code : 'SLU_INTERNAL'
    context.audit('consent.step-failed', { withdrawal: withdrawal.id, code })
    return 'failed'
  }
}

function complete(context: WriteContext, withdrawal: Withdrawal, rows: readonly Step[]): void {
  const { now } = context
  const wasPartial = withdrawal.state === 'partial'
  const completedAt = now
  const state = wasPartial ? 'completed_late' : stateOf([], withdrawal.receivedAt, completedAt)
  const done: Withdrawal = { ...withdrawal, completedAt, state }
  const receipt = sealReceipt(done, rows)
  context.records.update(withdrawals, { id: withdrawal.id }, { completedAt, state, receipt })
  const step = rows.find((it) => it.name === 'receipt')
  if (step !== undefined) finishStep(context, step, 'done', completedAt, {})
  for (const after of [...looksMs, 'late']) context.unschedule(`withdrawal:${withdrawal.id}:look:${after}`)
  for (const after of escalationsMs) context.unschedule(`withdrawal:${withdrawal.id}:${after}`)
  context.audit('consent.withdrawal-completed', { customer: withdrawal.customer, withdrawal: withdrawal.id, state })
  context.notify('withdrawals', { withdrawal: withdrawal.id, customer: withdrawal.customer, state })
}
