import { act, failure, type JsonObject, type NodeOutcome, output, type StepContext } from '@sluice/sdk'
import { type CodeFailure, type CodeOrder, fnv1a, type OutsideAct, type OutsideHost } from '@sluice/sdk/server'
import type { CodeConfig } from '../nodes/code.ts'

/** Writes down what is to run, with the time it will see; nothing of a user's code runs in the transaction. */
export function prepareCode({ config, input, now, run, node, token }: StepContext<CodeConfig>): NodeOutcome {
  const context = { now: new Date(now).toISOString(), run: run.id, node, seed: fnv1a(`${run.id}:${token}`) }
  return act({ source: config.source, input, context } satisfies CodeOrder as unknown as JsonObject, null)
}

/** Runs it in the sandbox. */
export async function runCode(order: OutsideAct, host: OutsideHost): Promise<NodeOutcome> {
  const answer = await host.runCode(order.request as unknown as CodeOrder)
  if (answer.ok) return output(answer.output)
  return failure(answer.code, answer.message, !mayPass.has(answer.code))
}

/** What code throws by itself may pass: it sees the time. Whoever draws a retry around it is taken at their word. */
const mayPass: ReadonlySet<CodeFailure> = new Set<CodeFailure>(['SLU_CODE_BUSY', 'SLU_CODE_FAILED'])
