import type { JsonObject } from '@sluice/sdk'
import type { RecordsReader, WriteContext } from '@sluice/sdk/server'
import { type StepName, type StepState, stepNames } from '../../domain/withdrawal.ts'
import { type Step, steps, type Withdrawal } from '../tables.ts'

export function stepsOf(records: RecordsReader, withdrawal: string): Step[] {
  return records.list(steps, { where: { withdrawal }, orderBy: [['position', 'asc']] })
}

/** Rows of the clock. What the transaction itself did is done; freezing and suppression report next; the rest is still to come. */
export function openSteps(context: WriteContext, withdrawal: Withdrawal): void {
  const proofs: { readonly [Name in StepName]?: JsonObject } = {
    fence: { epoch: withdrawal.epoch, consents: withdrawal.consents.length },
    stop_runs: { ...withdrawal.stopped },
  }
  stepNames.forEach((name, position) => {
    const proof = proofs[name]
    context.records.insert(steps, {
      withdrawal: withdrawal.id,
      name,
      position,
      state: proof === undefined ? (name === 'receipt' ? 'pending' : 'doing') : 'done',
      attempts: name === 'receipt' ? 0 : 1,
      startedAt: name === 'receipt' ? null : name === 'fence' ? withdrawal.receivedAt : context.now,
      doneAt: proof === undefined ? null : context.now,
      proof: proof ?? {},
    })
  })
}

export function finishStep(context: WriteContext, step: Step, state: StepState, doneAt: number, proof: JsonObject): void {
  context.records.update(
    steps,
    { withdrawal: step.withdrawal, name: step.name },
    { state, doneAt, startedAt: step.startedAt ?? context.now, proof: { ...step.proof, ...proof } },
  )
}

export function isOpen(step: Step): boolean {
  return step.state !== 'done' && step.state !== 'not_applicable'
}
