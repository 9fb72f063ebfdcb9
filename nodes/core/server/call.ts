import { type Json, type NodeOutcome, output, type StepContext, waitForRun } from '@sluice/sdk'
import type { Static } from 'typebox'
import type { CallConfig } from '../nodes/call.ts'

/** Starts the other flow in this transaction, so that a crash leaves both runs or none. */
export function callFlow(context: StepContext<Static<typeof CallConfig>>): NodeOutcome {
  const { flow, input, wait } = context.config
  const run = context.runs.start(flow, null, (input === undefined ? context.input : input) as Json, context.event, context.run.subject)
  return wait === false ? output({ run, flow }) : waitForRun(run, { flow, run })
}
